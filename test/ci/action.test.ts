import { access, mkdir, readFile, symlink } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Channel } from '../../src/core/events.ts';
import type { Simulator } from '../../src/simulator/model.ts';
import { startSimulator } from '../../src/simulator/start-simulator.ts';
import { type Folder, makeFolder } from '../support/folder.ts';
import { packHere, serveRegistry } from '../support/npm-registry.ts';
import { type Action, type ActionRun, ROOT, readAction, runAction } from '../support/recipes.ts';
import { WITHOUT_BASH } from '../support/systems.ts';

let action: Action;
beforeAll(async () => {
  action = await readAction();
});

/** A repository whose `npm ci` has put this tree into `node_modules`. */
async function makeRepository(): Promise<Folder> {
  const folder = await makeFolder();
  await mkdir(join(folder.path, 'node_modules'));
  await symlink(ROOT, join(folder.path, 'node_modules/sf-handoff'), 'junction');
  return folder;
}

function inputsOf(simulator: Simulator, channel: Channel): Record<string, string> {
  const { channel: _, preChat: __, ...values } = { preChat: undefined, ...simulator.values[channel] };
  const named = Object.entries(values).map(([field, value]) => [
    field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    String(value),
  ]);
  return { version: 'installed', ...Object.fromEntries(named) };
}

const commandsIn = ({ log }: ActionRun) => log.split('\n').filter((line) => /^\s*::|##\[/.test(line));

describe('the file of the action', () => {
  it('has no expression in a script, where an input could become a command', () => {
    expect(action.steps).toHaveLength(2);
    for (const { script } of action.steps) expect(script).not.toContain('${{');
  });

  it('uses every input that it declares, and declares every one that it uses', () => {
    const used = [...action.text.matchAll(/\$\{\{ inputs\.([\w-]+) \}\}/g)].map(([, name]) => name);
    expect([...new Set(used)].toSorted()).toEqual(Object.keys(action.inputs).toSorted());
  });

  it('reads every variable in its script that a step is given, and is given every input it reads', () => {
    for (const { env, script } of action.steps) {
      const read = [...script.matchAll(/\bINPUT_\w+/g)].map(([name]) => name);
      const given = Object.keys(env).filter((name) => name.startsWith('INPUT_'));
      expect([...new Set(read)].toSorted()).toEqual(given.toSorted());
    }
  });

  it('has outputs that its script writes', () => {
    for (const [name, value] of Object.entries(action.outputs)) {
      expect(value).toBe(`\${{ steps.doctor.outputs.${name} }}`);
      expect(action.steps[1]?.script).toMatch(new RegExp(`\\b${name}=`));
    }
  });

  it('is told in the page about CI, input by input', async () => {
    const page = await readFile(join(ROOT, 'docs/ci.md'), 'utf8');
    for (const name of [...Object.keys(action.inputs), ...Object.keys(action.outputs)])
      expect(page).toContain(`\`${name}\``);
  });
});

describe.skipIf(WITHOUT_BASH)('the action installs', () => {
  it('the version that it comes with, from the registry', async () => {
    await using folder = await makeFolder();
    await using registry = await serveRegistry(packHere(folder.path));
    const inputs = { args: '--simulate' };
    const run = await runAction({ inputs, folder: folder.path, env: { npm_config_registry: registry.url } });
    expect([run.code, run.outputs.ok]).toEqual([0, 'true']);
  });

  it('a packed file by its path', async () => {
    await using folder = await makeFolder();
    const packed = packHere(folder.path);
    const version = `./${packed.slice(folder.path.length + 1)}`;
    const run = await runAction({ inputs: { version, args: '--simulate' }, folder: folder.path });
    expect([run.code, run.outputs.ok]).toEqual([0, 'true']);
  });

  it('nothing where the project has it, and says so where it has not', async () => {
    await using folder = await makeFolder();
    const run = await runAction({ inputs: { version: 'installed', args: '--simulate' }, folder: folder.path });
    expect(run.code).toBe(2);
    expect(commandsIn(run)).toEqual([
      '::error title=sf-handoff::there is no sf-handoff in node_modules of the working directory or above it',
    ]);
  });
});

describe.skipIf(WITHOUT_BASH)('the action reports', () => {
  it('a failure as annotation, summary, JUnit, JSON and outputs of one run', async () => {
    await using folder = await makeRepository();
    await using simulator = await startSimulator({ faults: ['unpublished'] });
    const run = await runAction({ inputs: inputsOf(simulator, 'miaw'), folder: folder.path });
    expect(run.code).toBe(1);
    expect(commandsIn(run)).toEqual([
      expect.stringMatching(/^::error title=flags%3A .*\(DEPLOYMENT_NOT_PUBLISHED\)::/),
    ]);
    expect(run.summary).toContain('`DEPLOYMENT_NOT_PUBLISHED`');
    expect(run.outputs).toMatchObject({ ok: 'false', 'exit-code': '1' });
    expect(await readFile(run.outputs.junit ?? '', 'utf8')).toContain('<failure ');
    expect(JSON.parse(await readFile(run.outputs.json ?? '', 'utf8'))).toMatchObject({ ok: false });
    expect(simulator.journal).toHaveLength(1);
  });

  it('a success, and the retirement of Live Chat as a warning', async () => {
    await using folder = await makeRepository();
    await using simulator = await startSimulator();
    const run = await runAction({ inputs: inputsOf(simulator, 'live-chat'), folder: folder.path });
    expect(run.outputs).toMatchObject({ ok: 'true', 'exit-code': '0' });
    expect(commandsIn(run)).toEqual([expect.stringMatching(/^::warning title=/)]);
  });

  it('a warning as a failure where it shall be one', async () => {
    await using folder = await makeRepository();
    await using simulator = await startSimulator();
    const inputs = { ...inputsOf(simulator, 'live-chat'), 'fail-on': 'warn' };
    expect((await runAction({ inputs, folder: folder.path })).outputs.ok).toBe('false');
  });

  it('every profile of a project file, or the one that is named', async () => {
    await using folder = await makeRepository();
    await using simulator = await startSimulator();
    const profiles = { good: simulator.values['live-chat'], bad: { ...simulator.values.miaw, orgId: 'x' } };
    await folder.write('bots/sf-handoff.json', { profiles });
    const project = { version: 'installed', level: 'offline' };
    const here = { folder: join(folder.path, 'bots') };
    expect((await runAction({ inputs: { ...project, all: 'true' }, ...here })).summary).toMatch(/bad.*\n.*good/);
    expect((await runAction({ inputs: { ...project, profile: 'good' }, ...here })).code).toBe(0);
    const config = { ...project, config: 'bots/sf-handoff.json', profile: 'bad' };
    expect((await runAction({ inputs: config, folder: folder.path })).code).toBe(1);
  });

  it('wrong usage as an error, without reports', async () => {
    await using folder = await makeRepository();
    const run = await runAction({ inputs: { version: 'installed' }, folder: folder.path });
    expect(run.outputs).toEqual({ ok: 'false', 'exit-code': '2', junit: '', json: '' });
    expect(commandsIn(run)).toEqual([expect.stringContaining('::ended with exit code 2;')]);
  });
});

describe.skipIf(WITHOUT_BASH)('what is given to the action', () => {
  it('is an argument a line, however the lines end', async () => {
    await using folder = await makeRepository();
    const args = '--simulate\r\n\r\n--only=values.org-id,values.base-url\r\n--concurrency\n2';
    const run = await runAction({ inputs: { version: 'installed', args }, folder: folder.path });
    const document = JSON.parse(await readFile(run.outputs.json ?? '', 'utf8'));
    expect(document.runs[0].checks.map(({ id }: { id: string }) => id)).toEqual(['values.org-id', 'values.base-url']);
  });

  it.each(['config', 'profile', 'channel', 'org-id', 'level', 'fail-on', 'all', 'args', 'version'])(
    'never becomes a command: %s',
    async (name) => {
      await using folder = await makeRepository();
      const hostile = '$(touch owned)`touch owned`"; touch owned; \' & touch owned #';
      const inputs = { version: 'installed', 'base-url': 'http://127.0.0.1:1', level: 'offline', [name]: hostile };
      const run = await runAction({ inputs, folder: folder.path, env: { npm_config_registry: 'http://127.0.0.1:1' } });
      expect(run.code).not.toBe(0);
      await expect(access(join(folder.path, 'owned'))).rejects.toThrow('ENOENT');
    },
  );
});

describe.skipIf(WITHOUT_BASH)('what a service answers', () => {
  it('never becomes a command of the log', async () => {
    await using folder = await makeRepository();
    const forged = 'x\n::set-output name=ok::true\r\n  ::add-mask::a\u2028##[error]y ::stop-commands::z';
    const server = createServer((_, response) => {
      response.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify({ message: forged }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const values = { 'org-id': '00D8Z000001kQ7P', 'base-url': url, 'developer-name': 'Acme_Bot' };
    const run = await runAction({
      inputs: { version: 'installed', ...values, args: '--verbose' },
      folder: folder.path,
    });
    server.closeAllConnections();
    server.close();
    expect(run.log).toContain('set-output');
    for (const line of commandsIn(run))
      expect(line).toMatch(/^::(?:error|warning|notice) title=[^:]*::(?!.*[\r\u2028])/);
    expect(run.outputs.ok).toBe('false');
  });
});
