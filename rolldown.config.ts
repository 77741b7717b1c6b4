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

export default defineConfig({
  input: { main: 'src/main.ts' },
  platform: 'node',
  transform: { target: 'node20.19' },
  resolve: { alias: { 'string-width': 'fast-string-width' } },
  plugins: [withoutUnused],
  output: {
    dir: 'dist',
    format: 'cjs',
    entryFileNames: '[name].cjs',
    chunkFileNames: '[name]-[hash].cjs',
    minify: true,
    sourcemap: true,
    cleanDir: true,
  },
});
