import { join } from 'node:path';
import { defineConfig, type Plugin } from 'rolldown';

/**
 * Parts of our packages that we never use and that weigh much: the schema validator that conf loads at its top, and the
 * editor prompt's file encodings.
 */
const UNUSED: Readonly<Record<string, string>> = {
  'ajv/dist/2020.js': 'export class Ajv2020 {}',
  'ajv-formats': 'export default {}',
  '@inquirer/external-editor': 'export const editAsync = undefined',
};

const withoutUnused: Plugin = {
  name: 'without-unused',
  resolveId: (id) => (Object.hasOwn(UNUSED, id) ? { id: `\0${id}` } : undefined),
  load: (id) => UNUSED[id.slice(1)],
};

/** Commander loads `node:child_process` at its top for commands that are files of their own, of which we have none: 0.6 ms of every start. */
const withoutSpawning: Plugin = {
  name: 'without-spawning',
  resolveId: (id, importer) =>
    id === 'node:child_process' && /[\\/]commander[\\/]/.test(importer ?? '') ? { id: NO_SPAWNING } : undefined,
  load: (id) => (id === NO_SPAWNING ? 'export {}' : undefined),
};

const NO_SPAWNING = '\0no-spawning';

/** `src/ui/width.ts` asks fast-string-width only about text that needs it, so what wraps lines is to ask there too. */
const quickWidth: Plugin = {
  name: 'quick-width',
  resolveId: (id, importer) =>
    id === 'fast-string-width' && importer?.includes('fast-wrap-ansi') ? { id: QUICK_WIDTH } : undefined,
  load: (id) =>
    id === QUICK_WIDTH
      ? `export { columnsOf as default } from ${JSON.stringify(join(import.meta.dirname, 'src/ui/width.ts'))}`
      : undefined,
};

const QUICK_WIDTH = '\0quick-width';

export default defineConfig({
  input: { main: 'src/main.ts' },
  platform: 'node',
  transform: { target: 'node20.19' },
  resolve: { alias: { 'string-width': 'fast-string-width' } },
  plugins: [withoutUnused, withoutSpawning, quickWidth],
  output: {
    dir: 'dist',
    format: 'cjs',
    entryFileNames: '[name].cjs',
    chunkFileNames: '[name]-[hash].cjs',
    minify: true,
    sourcemap: 'hidden',
    cleanDir: true,
    // What one command loads in few files: 0.2 to 0.5 ms each to find and read. `validate` took 17, and takes 4.
    codeSplitting: {
      groups: [
        { name: 'start', test: /src[\\/](main|program|report-error)\.ts$/, priority: 2 },
        { name: 'values', test: /src[\\/]commands[\\/](validate|target)\.ts$/, priority: 1 },
        { name: 'doctor', test: /src[\\/]commands[\\/]doctor\.ts$/, priority: 1 },
        { name: 'checks', test: /src[\\/]doctor[\\/](checks[\\/]index|probe)\.ts$/ },
      ],
    },
  },
});
