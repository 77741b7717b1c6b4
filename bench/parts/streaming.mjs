// From the service's socket to finished lines, as a ratio to curl reading the same stream to nothing; and the memory it takes.

import { fileURLToPath } from 'node:url';
import { BIN, ENV, median, run, startBeside, VALUES } from './spawning.mjs';

const SERVICE = fileURLToPath(new URL('pouring-service.mjs', import.meta.url));
const MOST_MB = 125;

export async function measure({ node, quick }) {
  const cases = quick
    ? [{ events: 20_000, writes: 'one', bars: [], rounds: 3 }]
    : [
        { events: 200_000, writes: 'one', bars: [2.5, 2.8], rounds: 5 },
        { events: 1_000_000, writes: 'batch', bars: [9, 16], rounds: 3 },
      ];
  const rows = [];
  for (const each of cases) rows.push(...(await compare(node, each)));
  return rows;
}

async function compare(node, { events, writes, bars, rounds }) {
  const service = await startBeside(process.execPath, [SERVICE, String(events), writes, 'message']);
  const taken = { curl: [], json: [], text: [], jsonMb: [], textMb: [] };
  try {
    for (let round = 0; round < rounds; round++) {
      taken.curl.push((await run('curl', ['-sN', `${service.line}/pour`])).seconds);
      const json = await chat(node, service.line, ['--json'], {});
      const text = await chat(node, service.line, [], { FORCE_COLOR: '1' });
      taken.json.push(json.seconds);
      taken.text.push(text.seconds);
      taken.jsonMb.push(json.peakMb);
      taken.textMb.push(text.peakMb);
    }
  } finally {
    service.stop();
  }
  const what = `${events.toLocaleString('en')} events, ${writes === 'one' ? 'one write each' : '64 KB writes'}`;
  const curl = median(taken.curl);
  return [
    { name: `${what}: curl`, value: curl, unit: ' s' },
    { name: `${what}: JSON lines`, value: median(taken.json) / curl, bar: bars[0] },
    { name: `${what}: coloured lines`, value: median(taken.text) / curl, bar: bars[1] },
    ...memory(`${what}: peak memory, JSON`, taken.jsonMb),
    ...memory(`${what}: peak memory, coloured`, taken.textMb),
  ];
}

function memory(name, samples) {
  const value = median(samples);
  return Number.isNaN(value) ? [] : [{ name, value, unit: ' MB', bar: MOST_MB }];
}

async function chat(node, url, flags, env) {
  const args = [BIN, 'test-chat', ...flags, '--expect', 'ended', '--within', '10m', ...VALUES, '--base-url', url];
  const result = await run(node, args, { env: { ...ENV, ...env } });
  if (result.code !== 0) throw new Error(`the chat ended with ${result.code}`);
  return result;
}
