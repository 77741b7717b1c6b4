import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pty from '@lydell/node-pty';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/command-specs.ts';
import { suggest } from '../../src/commands/completion-words.ts';
import { BIN, cliEnv, runCli, withFolder } from '../support/run-cli.ts';
import { WITHOUT_BASH } from '../support/systems.ts';

const TAB = '\t';

async function withProfiles<T>(work: (folder: string) => Promise<T>): Promise<T> {
  return withFolder(async (folder) => {
    const values = ['--org-id', '00D8Z000001kQ7P', '--base-url', 'acme.my.salesforce.com', '--developer-name', 'Acme'];
    const project = { channel: 'miaw', orgId: '00D8Z000001kQ7P', baseUrl: 'https://a.b', developerName: 'Acme' };
    await runCli(['init', '--no-input', '--no-check', '--name', 'acme', ...values], folder);
    await runCli(['init', '--no-input', '--no-check', '--name', 'beta', ...values], folder);
    await writeFile(join(folder, 'sf-handoff.json'), JSON.stringify({ profiles: { 'acme-shared': project } }));
    return work(folder);
  });
}

async function complete(folder: string, ...words: string[]) {
  const { stdout, stderr, code } = await runCli(['complete', '--', ...words], folder);
  const lines = stdout.trimEnd().split('\n');
  return { words: lines.slice(0, -1).map((line) => line.split('\t')[0]), last: lines.at(-1), stderr, code };
}

describe('sf-handoff complete', () => {
  it.each<[string[], string[]]>([
    [['pro'], ['profile']],
    [
      ['profile', 're'],
      ['remove', 'rename'],
    ],
    [['doctor', '--lev'], ['--level']],
    [
      ['doctor', '--level', ''],
      ['offline', 'service', 'chat'],
    ],
    [['doctor', '--level=ch'], ['--level=chat']],
    [
      ['doctor', '--profile', 'a'],
      ['acme', 'acme-shared'],
    ],
    [['doctor', '--profile=b'], ['--profile=beta']],
    [['profile', 'show', 'b'], ['beta']],
    [['profile', 'rename', 'beta', ''], []],
    [['profile', 'set', 'acme', 'base'], ['base-url']],
    [['init', '--name', ''], []],
    [
      ['doctor', '--only', 'network.t'],
      ['network.tcp', 'network.tls'],
    ],
    [['doctor', '--only', 'network.dns,values.org'], ['network.dns,values.org-id']],
    [['doctor', '--skip', 'values.org'], ['values.org-id']],
    [['simulate', '--scenario', 'bot'], ['bot-first']],
    [['guide', 'miaw.c'], ['miaw.capabilities']],
    [['metadata', ''], ['script']],
    [
      ['completion', ''],
      ['bash', 'zsh', 'fish'],
    ],
    [['doctor', '--json', '--profile', 'be'], ['beta']],
    [['nonsense', ''], COMMANDS.map(({ name }) => name)],
    [['validate', '--no-c'], ['--no-color']],
  ])('after %j offers %j', (typed, offered) =>
    withProfiles(async (folder) => {
      expect(await complete(folder, ...typed)).toEqual({ words: offered, last: ':4', stderr: '', code: 0 });
    }),
  );

  it.each([
    ['validate', '--from', 'sn'],
    ['validate', '--from=sn'],
    ['doctor', '--config', ''],
    ['doctor', '--ca-file', ''],
    ['doctor', '--output', ''],
    ['test-chat', '--pre-chat-file', ''],
    ['test-chat', '--transcript', ''],
  ])('leaves file names to the shell after %s %s %s', (...typed) =>
    withFolder(async (folder) => {
      expect(await complete(folder, ...typed)).toMatchObject({ words: [], last: ':0' });
    }),
  );

  it('keeps silent where the profiles cannot be read', () =>
    withFolder(async (folder) => {
      await mkdir(join(folder, 'config'));
      await writeFile(join(folder, 'config', 'profiles.json'), '{');
      expect(await complete(folder, 'doctor', '--profile', '')).toEqual({ words: [], last: ':4', stderr: '', code: 0 });
    }));

  it('knows every command and every option of the command line', async () => {
    const none = async () => [];
    const words = async (...typed: string[]) => (await suggest(typed, none)).suggestions.map(({ value }) => value);
    expect(await words('')).toEqual(COMMANDS.map(({ name }) => name));
    for (const { name, groups = [] } of COMMANDS) {
      const flags = groups.flatMap(({ options }) => options.map((option) => /--[\w-]+/.exec(option.flags)?.[0]));
      expect(await words(name, '--')).toEqual(expect.arrayContaining(flags));
    }
  });
});

/** What a real bash makes of a line when Tab is pressed behind it. */
async function bashCompletes(folder: string, line: string): Promise<string[]> {
  const { stdout: script } = await runCli(['completion', 'bash'], folder);
  const program = `${script}
COMP_LINE="$1" COMP_POINT=\${#1}
_sf_handoff sf-handoff
printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { spawnSync } = await import('node:child_process');
  const result = spawnSync('bash', ['--norc', '--noprofile', '-uc', program, 'bash', line], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...cliEnv(folder), PATH: `${join(folder, 'bin')}:${process.env.PATH}` },
  });
  expect(result.stderr).toBe('');
  return result.stdout.split('\n').filter(Boolean);
}

async function withCommand(folder: string): Promise<void> {
  await mkdir(join(folder, 'bin'));
  const command = join(folder, 'bin', 'sf-handoff');
  await writeFile(command, `#!/bin/sh\nexec "${process.execPath}" "${BIN}" "$@"\n`);
  await chmod(command, 0o755);
}

describe.skipIf(WITHOUT_BASH)('completion in bash', () => {
  it.each<[string, string[]]>([
    ['sf-handoff doc', ['doctor']],
    ['sf-handoff doctor --profile ac', ['acme', 'acme-shared']],
    ['sf-handoff doctor --profile=b', ['beta']],
    ['sf-handoff doctor --only values.org', ['values.org-id']],
    ['sf-handoff validate --from sni', ['snippet one.html']],
    ['sf-handoff validate --from=sni', ['snippet one.html']],
    ['sf-handoff profile show ', ['acme-shared', 'acme', 'beta']],
    ['sf-handoff doctor --message "$(touch touched)" --lev', ['--level']],
  ])('completes %s', (line, offered) =>
    withProfiles(async (folder) => {
      await withCommand(folder);
      await writeFile(join(folder, 'snippet one.html'), '');
      expect((await bashCompletes(folder, line)).sort()).toEqual([...offered].sort());
      const { readdir } = await import('node:fs/promises');
      expect(await readdir(folder)).not.toContain('touched');
    }),
  );

  it('completes when Tab is pressed, loaded twice and without the package bash-completion', () =>
    withProfiles(async (folder) => {
      await withCommand(folder);
      const env = { ...cliEnv(folder, { TERM: 'xterm', PS1: '$ ' }), PATH: `${folder}/bin:${process.env.PATH}` };
      const shell = pty.spawn('bash', ['--norc', '--noprofile'], { cols: 100, rows: 20, cwd: folder, env });
      let seen = '';
      shell.onData((data) => {
        seen += data;
      });
      const type = async (keys: string, until: RegExp) => {
        shell.write(keys);
        await expect.poll(() => seen, { timeout: 10_000 }).toMatch(until);
      };
      await type(
        'source <(sf-handoff completion bash); source <(sf-handoff completion bash); echo rea""dy\r',
        /ready\r/,
      );
      await type(`sf-handoff doc${TAB}`, /sf-handoff doctor /);
      await type(`--profile=b${TAB}`, /--profile=beta /);
      await type(`--only service.dep${TAB}`, /--only service\.deployment /);
      shell.write('\u0003');
      shell.kill('SIGKILL');
      expect(seen).not.toMatch(/readonly|command not found/);
    }));
});

describe('completion scripts', () => {
  it.each(['bash', 'zsh', 'fish'])('for %s is printed alone, and as one document with --json', (shell) =>
    withFolder(async (folder) => {
      const plain = await runCli(['completion', shell], folder);
      expect([plain.code, plain.stderr]).toEqual([0, '']);
      expect(plain.stdout).toContain(`${shell} completion for sf-handoff`);
      expect((await runCli(['completion', shell, '--json'], folder)).json()).toMatchObject({
        schemaVersion: 1,
        shell,
        script: plain.stdout,
      });
    }),
  );

  it('name the shells there are', () =>
    withFolder(async (folder) => {
      const result = await runCli(['completion', 'tcsh'], folder);
      expect(result.code).toBe(2);
      expect(result.stderr).toContain('bash, zsh, fish');
    }));
});
