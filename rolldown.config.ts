import { join } from 'node:path';
import { defineConfig, type Plugin } from 'rolldown';
import { withoutSpawning, withoutUnusedRows } from './build/left-out.ts';
import { packedTexts } from './build/packed-texts.ts';
import { shortExports } from './build/short-exports.ts';
import { sourceLines } from './build/source-lines.ts';

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
  // An import that splits nothing off, a map that is wrong: among a hundred lines of files nobody reads of it.
  onwarn: ({ message }) => {
    throw new Error(message);
  },
  plugins: [packedTexts, withoutUnusedRows, withoutSpawning, quickWidth, shortExports, sourceLines],
  output: {
    dir: 'dist',
    format: 'cjs',
    entryFileNames: '[name].cjs',
    // Without a hash: the names stand in some 250 imports, and in the stacks that are reported.
    chunkFileNames: '[name].cjs',
    minify: true,
    comments: false,
    sourcemap: 'hidden',
    cleanDir: true,
    // What one command loads in few files: 0.2 to 0.5 ms each to find and read. `validate` took 17, and takes 4.
    codeSplitting: {
      groups: [
        { name: 'start', test: /src[\\/](main|program|report-error)\.ts$|usingCtx/, priority: 2 },
        { name: 'values', test: /src[\\/]commands[\\/](validate|target|options|leftover)\.ts$/, priority: 1 },
        { name: 'doctor', test: /src[\\/]commands[\\/]doctor\.ts$/, priority: 1 },
        { name: 'checks', test: /src[\\/]doctor[\\/](checks[\\/]index|probe)\.ts$/ },
      ],
    },
  },
});
