// Builds dist/ and says so in one line; the command of rolldown itself lists every file.
import { rolldown } from 'rolldown';
import { loadConfig } from 'rolldown/config';

const { output, ...input } = await loadConfig('rolldown.config.ts');
const bundle = await rolldown(input);
const { output: files } = await bundle.write(output);
await bundle.close();
const chunks = files.filter(({ type }) => type === 'chunk');
const bytes = chunks.reduce((sum, { code }) => sum + Buffer.byteLength(code), 0);
process.stdout.write(`dist/: ${chunks.length} files, ${Math.round(bytes / 1000)} KB of code\n`);
