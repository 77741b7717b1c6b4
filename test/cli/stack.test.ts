import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { nameSourceLines } from '../../src/core/source-lines.ts';
import { type Folder, makeFolder } from '../support/folder.ts';
import { runCli } from '../support/run-cli.ts';

const ROOT = resolve(import.meta.dirname, '../..');
/** Only once, so that what is open can be closed. */
const BREAK = `const { flatMap } = Array.prototype;
Array.prototype.flatMap = () => { Array.prototype.flatMap = flatMap; throw new RangeError('broken on purpose'); };`;
const VALUES = [
  '--org-id',
  '00D8Z000001kQ7PUAU',
  '--base-url',
  'acme.my.salesforce.com',
  '--developer-name',
  'Acme_Bot',
];

/** An environment in which the program has a fault. */
async function breaking(folder: Folder, code = BREAK): Promise<Record<string, string>> {
  const file = await folder.write('break.cjs', code);
  return { NODE_OPTIONS: `--require "${file.replaceAll('\\', '/')}"` };
}

describe('the stack of a fault of our own', () => {
  it.each([
    ['validate', ['validate', ...VALUES]],
    ['doctor', ['doctor', '--simulate']],
    ['test-chat', ['test-chat', '--simulate', '--message', 'x', '--expect', 'joined']],
  ])('names our source lines in %s', async (_name, args) => {
    await using folder = await makeFolder();
    const env = await breaking(folder);
    const { code, stderr } = await runCli([...args, '--verbose'], folder.path, { env });
    expect(code).toBe(70);
    const [, file = '', line] = /break\.cjs[^\n]*\n[^\n]*?(src\/[\w/-]+\.ts):(\d+):\d+/.exec(stderr) ?? [];
    expect(readFileSync(join(ROOT, file), 'utf8').split('\n')[Number(line) - 1]).toContain('flatMap(');
    expect(stderr).toMatch(/ {2}at .*\(?src\/main\.ts:\d+:\d+\)?/);
  });

  it('names them where the fault comes up during a chat', async () => {
    await using folder = await makeFolder();
    const env = await breaking(folder, 'setTimeout(() => { throw new RangeError("broken on purpose"); }, 1500);');
    const args = ['test-chat', '--simulate', '--message', 'x', '--expect', 'typing', '--within', '20s', '--verbose'];
    const { code, stderr } = await runCli(args, folder.path, { env });
    expect(code).toBe(70);
    expect(stderr).toMatch(
      /HandoffError: sf-handoff made a mistake: broken on purpose\s+at .*src\/commands\/test-chat\.ts:\d+/,
    );
  });

  it('is left alone without --verbose, and in JSON', async () => {
    await using folder = await makeFolder();
    const env = await breaking(folder);
    const [plain, json] = await Promise.all([
      runCli(['validate', ...VALUES], folder.path, { env }),
      runCli(['validate', ...VALUES, '--json', '--verbose'], folder.path, { env }),
    ]);
    expect([plain.code, plain.stderr.includes('.ts:')]).toEqual([70, false]);
    expect(json.json()).toMatchObject({ error: { code: 'INTERNAL' } });
  });

  it('stays as it is where the maps are missing or say nothing of a file', async () => {
    await using folder = await makeFolder();
    const error = new Error('here');
    error.stack = `Error: here\n    at run (${join(folder.path, 'start-x.cjs')}:1:20)`;
    const before = error.stack;
    await nameSourceLines(error, folder.path);
    await nameSourceLines(error, join(ROOT, 'dist'));
    expect(error.stack).toBe(before);
  });
});

describe('the maps in the package', () => {
  const maps: Record<string, { sources: string[]; names: string[]; mappings: string }> = JSON.parse(
    brotliDecompressSync(readFileSync(join(ROOT, 'dist/source-lines.br'))).toString(),
  );

  it('are there for every built file with code of ours, and tell nothing but where a line comes from', () => {
    const built = readdirSync(join(ROOT, 'dist'));
    expect(Object.keys(maps).filter((file) => !built.includes(file))).toEqual([]);
    expect(Object.keys(maps).length).toBeGreaterThan(40);
    for (const map of Object.values(maps)) {
      expect(Object.keys(map).toSorted()).toEqual(['mappings', 'names', 'sources', 'version']);
      expect(map.names).toEqual([]);
      expect(map.sources.filter((source) => !source.startsWith('src/') || !existsSync(join(ROOT, source)))).toEqual([]);
    }
  });
});
