// 500 profiles of 500 orgs in one run of `doctor --all`, 100 ms before each answer: as a ratio to the work divided by the
// number of runs side by side. The memory is compared with a run over a tenth of the profiles.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startSlowRelay } from './slow-relay.mjs';
import { BIN, ENV, makeFolder, run, startSimulator } from './spawning.mjs';

const LATENCY_MS = 100;
/** Published configuration, token, event stream: each needs something out of the one before it. */
const CHAIN = 3;
const CONCURRENCY = 8;
const BAR = 1.3;

export async function measure({ node, quick }) {
  const profiles = quick ? 50 : 500;
  const simulator = await startSimulator('--any-org');
  const relay = await startSlowRelay(simulator.urls.miaw, LATENCY_MS);
  try {
    const few = await examine(node, relay.url, profiles / 10);
    const all = await examine(node, relay.url, profiles);
    const idealSeconds = (profiles * CHAIN * LATENCY_MS) / 1000 / CONCURRENCY;
    return [
      {
        name: `doctor --all, ${profiles} profiles, ${CONCURRENCY} at once`,
        value: all.seconds / idealSeconds,
        bar: BAR,
        remark: `${all.seconds.toFixed(1)} s for ${idealSeconds.toFixed(1)} s of work`,
      },
      { name: 'its peak memory', value: all.peakMb, unit: ' MB', remark: `${few.peakMb.toFixed(0)} MB over a tenth` },
    ].filter(({ value }) => !Number.isNaN(value));
  } finally {
    relay.stop();
    simulator.stop();
  }
}

async function examine(node, url, count) {
  const { path: folder, remove } = makeFolder();
  try {
    const entries = Array.from({ length: count }, (_, index) => [
      `org-${String(index).padStart(4, '0')}`,
      { channel: 'miaw', orgId: `00D8Z${String(index).padStart(7, '0')}kQ7`, baseUrl: url, developerName: 'Acme_Bot' },
    ]);
    writeFileSync(join(folder, 'sf-handoff.json'), JSON.stringify({ profiles: Object.fromEntries(entries) }));
    const env = { ...ENV, SF_HANDOFF_CONFIG_DIR: folder };
    const args = [BIN, 'doctor', '--all', '--json', '--concurrency', String(CONCURRENCY)];
    const result = await run(node, args, { stdout: 'pipe', cwd: folder, env });
    const { runs } = JSON.parse(result.out);
    if (result.code !== 0 || runs.length !== count) throw new Error(`${runs.length} runs, exit ${result.code}`);
    return result;
  } finally {
    remove();
  }
}
