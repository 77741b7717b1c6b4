// The input line of a test chat under a burst of ten thousand messages; terminal-burst.ts says how.
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { ENV } from './spawning.mjs';

const SOURCE = fileURLToPath(new URL('terminal-burst.ts', import.meta.url));

export async function measure({ node }) {
  const folder = await mkdtemp(join(tmpdir(), 'sf-handoff-bench-'));
  try {
    const file = join(folder, 'terminal-burst.mjs');
    const bundle = await rolldown({ input: SOURCE, platform: 'node', logLevel: 'silent' });
    await bundle.write({ file, format: 'esm', codeSplitting: false });
    const { events, tookMs, slowestEchoMs } = JSON.parse(execFileSync(node, [file], { encoding: 'utf8', env: ENV }));
    return [
      { name: `${events.toLocaleString('en')} messages above the input line`, value: tookMs, unit: ' ms' },
      { name: 'the slowest echo of a key meanwhile', value: slowestEchoMs, unit: ' ms', bar: 100 },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
