import { existsSync, readdirSync } from 'node:fs';
import module from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { BIN, runCli, runShell, withFolder } from '../support/run-cli.ts';

const COMMANDS = ['init', 'validate', 'doctor', 'test-chat', 'simulate', 'profile', 'guide', 'metadata', 'completion'];

describe('the command line', () => {
  it.each([
    ['--version', '--json'],
    ['doctor', '--json', '-V'],
  ])('%s %s prints it as a document', (...args) =>
    withFolder(async (folder) => {
      const result = await runCli(args, folder);
      expect([result.code, result.json()]).toEqual([0, { schemaVersion: 1, version: packageJson.version }]);
    }),
  );

  it.each([['--version'], ['-V'], ['doctor', '--version']])('%s %s prints the version', (...args) =>
    withFolder(async (folder) => {
      const result = await runCli(args, folder);
      expect([result.code, result.stdout, result.stderr]).toEqual([0, `${packageJson.version}\n`, '']);
    }),
  );

  it('shows the help on stdout without arguments', () =>
    withFolder(async (folder) => {
      const result = await runCli([], folder);
      expect(result.code).toBe(0);
      expect(result.stdout).toMatchSnapshot();
      expect(result.stderr).toBe('');
    }));

  it.each([...COMMANDS.map((command) => [command]), ['metadata', 'script'], ['profile', 'export'], ['profile', 'set']])(
    'describes %s %s',
    (...args) =>
      withFolder(async (folder) => {
        const result = await runCli([...args, '--help'], folder);
        expect(result.code).toBe(0);
        expect(result.stdout).toMatchSnapshot();
      }),
  );

  it('suggests the near option for an unknown one', () =>
    withFolder(async (folder) => {
      const result = await runCli(['doctor', '--tiemout', '3s'], folder);
      expect(result.code).toBe(2);
      expect(result.stdout).toBe('');
      expect(result.stderr).toContain('--timeout');
      expect(result.stderr).toContain('UNKNOWN_OPTION');
    }));

  it('suggests the near command for an unknown one', () =>
    withFolder(async (folder) => {
      const result = await runCli(['docter'], folder);
      expect(result.code).toBe(2);
      expect(result.stderr).toContain('doctor');
    }));

  it('prints a usage error as the one document with --json', () =>
    withFolder(async (folder) => {
      const result = await runCli(['test-chat', '--json', '--nonsense'], folder);
      expect(result.code).toBe(2);
      expect(result.json()).toMatchObject({
        schemaVersion: 1,
        error: { code: 'UNKNOWN_OPTION', hint: expect.any(String) },
      });
      expect(result.stderr).toBe('');
    }));

  it.each(['10', '1.5h', '250ms'])('takes %s for a duration', (duration) =>
    withFolder(async (folder) => {
      const result = await runCli(
        ['doctor', '--level', 'offline', '--org-id', '00D8Z000001kQ7P', '--timeout', duration],
        folder,
      );
      expect(result.code).toBe(1);
    }),
  );

  it('refuses what is no duration, without a stack', () =>
    withFolder(async (folder) => {
      const result = await runCli(['doctor', '--timeout', 'soon'], folder);
      expect(result.code).toBe(2);
      expect(result.stderr).not.toMatch(/\n\s+at /);
      expect(result.stderr).toContain('10s');
    }));

  it('says which expectation is meant', () =>
    withFolder(async (folder) => {
      const result = await runCli(['test-chat', '--simulate', '--expect', 'joind'], folder);
      expect(result.code).toBe(2);
      expect(result.stderr).toContain('joined');
    }));

  it('names an unreadable file', () =>
    withFolder(async (folder) => {
      const result = await runCli(['validate', '--from', 'not-there.html', '--json'], folder);
      expect(result.code).toBe(2);
      expect(result.json()).toMatchObject({ error: { code: 'FILE_UNREADABLE' } });
    }));

  it('has no colour in a pipe, and has it when forced', () =>
    withFolder(async (folder) => {
      const args = ['validate', '--org-id', '00D8Z000001kQ7P'];
      expect((await runCli(args, folder)).stdout).not.toContain('\u001b');
      expect((await runCli(args, folder, { env: { FORCE_COLOR: '1' } })).stdout).toContain('\u001b[');
      expect((await runCli([...args, '--no-color'], folder, { env: { FORCE_COLOR: '1' } })).stdout).not.toContain(
        '\u001b',
      );
    }));

  it.each([
    [['profile'], 'UNKNOWN_COMMAND', 'sf-handoff profile --help'],
    [['metadata'], 'UNKNOWN_COMMAND', 'sf-handoff metadata --help'],
    [['test-chat', '--simulate', '--message', ' '], 'INVALID_ARGUMENT', '--message "Hello"'],
    [['doctor', '--format', 'xml'], 'INVALID_ARGUMENT', 'sf-handoff doctor --help'],
    [['doctor', '--simulate', '--only', 'values', '--skip', 'values'], 'INVALID_ARGUMENT', 'doctor --list'],
    [['doctor', '--all', '--simulate'], 'INVALID_ARGUMENT', 'leave one of them away'],
    [['doctor', '--json', '--format', 'junit', '--simulate'], 'INVALID_ARGUMENT', 'leave one of them away'],
    [['validate', '--from', '-'], 'MISSING_VALUE', 'what Salesforce Setup shows'],
    [['validate', '--org-id', 'x', '--base-url-domain', 'user@example.com/x'], 'INVALID_ARGUMENT', 'bare domain'],
    [['test-chat', '--simulate', '--transcript', 'no/such/folder/x.txt'], 'FILE_UNWRITABLE', 'rights of the folder'],
  ])('refuses %j before doing anything', (args, code, hint) =>
    withFolder(async (folder) => {
      const result = await runCli(args, folder);
      expect(result.code).toBe(2);
      expect(result.stdout + result.stderr).toContain(code);
      expect(result.stdout + result.stderr).toContain(hint);
    }),
  );

  it('does not complete an unusable paste from a stored profile', () =>
    withFolder(async (folder) => {
      const values = [
        '--org-id',
        '00D8Z000001kQ7P',
        '--base-url',
        'acme.my.salesforce.com',
        '--developer-name',
        'Acme',
      ];
      await runCli(['init', '--no-input', '--no-check', '--name', 'acme', ...values], folder);
      const result = await runCli(['validate', '--from', '-', '--json'], folder, { stdin: 'hello world' });
      expect(result.code).toBe(1);
      expect(result.json()).toMatchObject({ ok: false, unused: [{ line: 1, text: 'hello world' }] });
    }));

  it('tells an error in text where json is a word like any other', () =>
    withFolder(async (folder) => {
      const result = await runCli(['json'], folder);
      expect([result.code, result.stdout]).toEqual([2, '']);
      expect(result.stderr).toContain('UNKNOWN_COMMAND');
    }));

  it('describes a command also as help <command>', () =>
    withFolder(async (folder) => {
      const [help, flag] = [await runCli(['help', 'doctor'], folder), await runCli(['doctor', '--help'], folder)];
      expect([help.code, help.stdout]).toEqual([0, flag.stdout]);
    }));

  it.runIf(existsSync('/dev/full')).each([
    ['guide miaw', 'FILE_UNWRITABLE'],
    ['--version', '✖ The version could not be written: ENOSPC'],
  ])('%s says so where the output cannot be written', (args, words) =>
    withFolder(async (folder) => {
      const result = await runShell(`"${process.execPath}" "${BIN}" ${args} > /dev/full`, folder);
      expect(result.code).toBe(2);
      expect(result.stderr).toContain(words);
      expect(result.stderr).not.toContain('    at ');
    }),
  );

  it.runIf('enableCompileCache' in module)('keeps compiled code where nobody else can write', () =>
    withFolder(async (folder) => {
      await runCli(['validate'], folder, { env: { XDG_CACHE_HOME: '', TMPDIR: join(folder, 'shared') } });
      expect(readdirSync(join(folder, '.cache/sf-handoff'))).toHaveLength(1);
      expect(existsSync(join(folder, 'shared'))).toBe(false);
    }),
  );
});
