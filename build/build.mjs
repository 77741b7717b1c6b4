// Builds dist/ and says so in one line; the command of rolldown itself lists every file.
import { rolldown } from 'rolldown';
import { loadConfig } from 'rolldown/config';

const { output, ...input } = await loadConfig('rolldown.config.ts');
const bundle = await rolldown(input);
const { output: files } = await bundle.write(output);
await bundle.close();
const bytes = files.reduce((sum, file) => sum + (file.type === 'chunk' ? Buffer.byteLength(file.code) : 0), 0);
console.log(
  `dist/: ${files.filter(({ type }) => type === 'chunk').length} files, ${Math.round(bytes / 1000)} KB of code`,
);
