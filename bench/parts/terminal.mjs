// The input line of a test chat under a burst of ten thousand messages; terminal-burst.ts says how.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { makeFolder, run } from './spawning.mjs';

const SOURCE = fileURLToPath(new URL('terminal-burst.ts', import.meta.url));

export async function measure({ node }) {
  const { path: folder, remove } = makeFolder();
  try {
    const file = join(folder, 'terminal-burst.mjs');
    const bundle = await rolldown({ input: SOURCE, platform: 'node', logLevel: 'silent' });
    await bundle.write({ file, format: 'esm', codeSplitting: false });
    const { out } = await run(node, [file], { stdout: 'pipe' });
    const { events, tookMs, slowestEchoMs } = JSON.parse(out);
    return [
      { name: `${events.toLocaleString('en')} messages above the input line`, value: tookMs, unit: ' ms' },
      { name: 'the slowest echo of a key meanwhile', value: slowestEchoMs, unit: ' ms', bar: 100 },
    ];
  } finally {
    remove();
  }
}
