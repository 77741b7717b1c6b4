import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSimulator } from '../../src/simulator/start-simulator.ts';
import { type Folder, makeFolder } from '../support/folder.ts';
import { packHere, serveRegistry } from '../support/npm-registry.ts';
import { codeBlocks, ROOT, runBash, shellEnv } from '../support/recipes.ts';
import { WITHOUT_BASH } from '../support/systems.ts';

const PAGE = 'docs/ci.md';

let shelf: Folder;
let registry: Awaited<ReturnType<typeof serveRegistry>>;
beforeAll(async () => {
  shelf = await makeFolder();
  registry = await serveRegistry(packHere(shelf.path));
});
afterAll(async () => {
  await registry[Symbol.asyncDispose]();
  await shelf[Symbol.asyncDispose]();
});

/** The commands of a recipe, and the files that it hands on. */
interface Recipe {
  readonly commands: readonly string[];
  readonly junit: string | undefined;
  readonly kept: string | undefined;
}

async function gitlab(): Promise<Recipe> {
  const [, text = ''] = await codeBlocks(PAGE, 'yaml');
  const [, script = ''] = /^ {2}script:\n((?: {4}- .*\n)+)/m.exec(text) ?? [];
  return {
    commands: [...script.matchAll(/^ {4}- (.*)$/gm)].map(([, command = '']) => command),
    junit: /^ {6}junit: (\S+)$/m.exec(text)?.[1],
    kept: /^ {4}paths:\n {6}- (\S+)$/m.exec(text)?.[1],
  };
}

async function jenkins(): Promise<Recipe> {
  const [text = ''] = await codeBlocks(PAGE, 'groovy');
  return {
    commands: [...text.matchAll(/^ +sh '(.*)'$/gm)].map(([, command = '']) => command),
    junit: /^ +junit '(\S+)'$/m.exec(text)?.[1],
    kept: /^ +archiveArtifacts artifacts: '(\S+)'$/m.exec(text)?.[1],
  };
}

function run(command: string, folder: Folder) {
  return runBash(command, folder.path, { ...shellEnv(shelf.path), npm_config_registry: registry.url });
}

describe.skipIf(WITHOUT_BASH).each([
  ['GitLab', gitlab],
  ['Jenkins', jenkins],
])('the recipe for %s', (_name, read) => {
  it('leaves a JUnit report and a JSON document where it says, and ends with the answer', async () => {
    const { commands, junit = '', kept = '' } = await read();
    await using folder = await makeFolder();
    await using simulator = await startSimulator({ faults: ['unpublished'] });
    await folder.write('sf-handoff.json', { profiles: { acme: simulator.values.miaw } });
    expect(commands).toHaveLength(1);
    const ran = await run(commands[0] ?? '', folder);
    expect([ran.code, ran.stdout]).toEqual([1, expect.stringContaining('DEPLOYMENT_NOT_PUBLISHED')]);
    expect(await readFile(join(folder.path, junit), 'utf8')).toContain('type="DEPLOYMENT_NOT_PUBLISHED"');
    expect(JSON.parse(await readFile(join(folder.path, kept), 'utf8'))).toMatchObject({ ok: false });
  });
});

describe.skipIf(WITHOUT_BASH)('the test chat of the page', () => {
  it('passes on the simulator', async () => {
    const [command = ''] = await codeBlocks(PAGE, 'sh');
    await using folder = await makeFolder();
    await using simulator = await startSimulator({ pace: 0 });
    await folder.write('sf-handoff.json', { profiles: { acme: simulator.values.miaw } });
    const ran = await run(command, folder);
    const last = JSON.parse(ran.stdout.trimEnd().split('\n').at(-1) ?? '');
    expect([ran.code, last.type, last.outcome]).toEqual([0, 'summary', 'passed']);
  });
});

describe('the commands to copy', () => {
  it('of the page read the same in sh, PowerShell and cmd', async () => {
    const commands = [...(await gitlab()).commands, ...(await jenkins()).commands, ...(await codeBlocks(PAGE, 'sh'))];
    for (const command of commands) expect(command).not.toMatch(/['$`%;|<>&]|\\$/m);
  });

  it('of README read the same in sh and PowerShell, or have another form beside them', async () => {
    const readme = await readFile(join(ROOT, 'README.md'), 'utf8');
    const lines = (await codeBlocks('README.md', 'sh')).join('').trimEnd().split('\n');
    const special = lines.filter((line) => /['$`;|<>&]|\\$/.test(line));
    expect(special).toEqual(['npm ci && npm run demo', 'npm ci && npm run check']);
    for (const line of special) expect(readme).toContain(`\`cmd /c "${line}"\``);
    if (lines.some((line) => line.startsWith('curl '))) expect(readme).toContain('`curl.exe`');
  });
});
