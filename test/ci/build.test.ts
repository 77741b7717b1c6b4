import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { type OutputOptions, type Plugin, rolldown } from 'rolldown';
import { describe, expect, it } from 'vitest';
import { withoutUnusedRows } from '../../build/left-out.ts';
import { shortExports } from '../../build/short-exports.ts';
import { type Folder, makeFolder } from '../support/folder.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/** Builds the files into a folder, as if they stood beside the sources; the first one is where it begins. */
async function build(files: Record<string, string>, plugins: Plugin[], folder: Folder, output: OutputOptions = {}) {
  const paths = new Map(Object.entries(files).map(([name, code]) => [join(ROOT, name), code]));
  const virtual: Plugin = {
    name: 'virtual',
    resolveId: (id) => (paths.has(join(ROOT, id)) ? join(ROOT, id) : undefined),
    load: (id) => paths.get(id),
  };
  const input = Object.keys(files).slice(0, 1);
  const bundle = await rolldown({ input, platform: 'node', logLevel: 'silent', plugins: [virtual, ...plugins] });
  const made = await bundle.write({ dir: folder.path, format: 'cjs', entryFileNames: '[name].cjs', ...output });
  const load = createRequire(import.meta.url);
  return {
    code: made.output.map((file) => ('code' in file ? file.code : '')).join('\n'),
    load: () => load(join(folder.path, 'entry.cjs')),
  };
}

describe('the tables of which the build keeps some rows', () => {
  it('have what is used', async () => {
    await using folder = await makeFolder();
    const { code } = await build(
      { 'entry.js': "export { input } from '@inquirer/prompts';" },
      [withoutUnusedRows],
      folder,
    );
    expect([code.includes('tick:'), code.includes('lozenge')]).toEqual([true, false]);
  });

  it('stop the build where more of them is needed', async () => {
    await using folder = await makeFolder();
    const files = { 'entry.js': "export { checkbox } from '@inquirer/prompts';" };
    await expect(build(files, [withoutUnusedRows], folder)).rejects.toThrow('circleDouble, which is left out');
  });

  it('know the two spinners that we draw, and refuse another', async () => {
    await using folder = await makeFolder();
    const files = { 'entry.js': "import ora from 'ora'; export const spin = (spinner) => ora({ spinner }).spinner;" };
    const { spin } = (await build(files, [withoutUnusedRows], folder)).load();
    expect([spin('dots').interval, spin('line').interval]).toEqual([80, 130]);
    expect(() => spin('moon')).toThrow('moon');
  });
});

describe('the short exports', () => {
  const files = {
    'entry.js':
      "import { a, b, raise } from './shared.js'; export { a, b, raise }; export const lazy = () => import('./lazy.js');",
    'shared.js': 'export let a = 1; export const b = 2; export const raise = () => { a += 1; };',
    'lazy.js': "import { a, b } from './shared.js'; export const sum = () => a + b;",
  };
  const split: OutputOptions = { codeSplitting: { groups: [{ name: 'shared', test: /shared\.js$/ }] } };

  it('have a getter for what gets another value, and for nothing else', async () => {
    await using folder = await makeFolder();
    const { code, load } = await build(files, [shortExports], folder, split);
    expect(code).toMatch(/Object\.assign\(exports, \{\s*"b": b,\s*"raise": raise\s*\}\)/);
    const { raise, lazy } = load();
    const { sum } = await lazy();
    expect([sum(), raise(), sum()]).toEqual([3, undefined, 4]);
  });

  it('stop the build where exports are no longer written as they know them', async () => {
    await using folder = await makeFolder();
    const other: Plugin = {
      name: 'other',
      renderChunk: (code) => code.replace('enumerable: true,', 'enumerable: !0,'),
    };
    await expect(build(files, [other, shortExports], folder, split)).rejects.toThrow('not written as they used to be');
  });
});
