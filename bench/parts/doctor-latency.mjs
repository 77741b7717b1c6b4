// How much longer than its longest chain of dependent requests a doctor run takes, with a fixed latency before each answer.
import { startSlowRelay } from './slow-relay.mjs';
import { BIN, median, run, startSimulator, VALUES } from './spawning.mjs';

/** Each of these needs something out of the one before it. */
const CHAINS = {
  miaw: ['published configuration', 'token', 'event stream'],
  'live-chat': ['availability', 'session', 'end of the session'],
};
const BAR = 1.15;

export async function measure({ node, quick }) {
  const simulator = await startSimulator();
  const rows = [];
  try {
    for (const latencyMs of quick ? [100] : [20, 100, 300]) {
      const relay = await startSlowRelay(simulator.urls.miaw, latencyMs);
      try {
        for (const [channel, chain] of Object.entries(CHAINS))
          rows.push(await examine(node, { channel, chain, latencyMs, url: relay.url, rounds: quick ? 3 : 11 }));
      } finally {
        relay.stop();
      }
    }
  } finally {
    simulator.stop();
  }
  return rows;
}

async function examine(node, { channel, chain, latencyMs, url, rounds }) {
  const times = [];
  for (let round = 0; round < rounds; round++) {
    const args = [BIN, 'doctor', '--json', '--no-input', ...valuesOf(channel, url)];
    const { code, out } = await run(node, args, { stdout: 'pipe' });
    if (code !== 0) throw new Error(`doctor said no: ${out}`);
    times.push(JSON.parse(out).durationMs);
  }
  const chainMs = chain.length * latencyMs;
  return {
    name: `doctor, ${channel}, ${latencyMs} ms an answer`,
    value: median(times) / chainMs,
    bar: BAR,
    remark: `${median(times)} ms for ${chain.join(' → ')}, ${chainMs} ms`,
  };
}

function valuesOf(channel, url) {
  if (channel === 'miaw') return [...VALUES, '--base-url', url];
  const ids = ['--org-id', '00D8Z000001kQ7P', '--deployment-id', '5728Z000000Xv2K', '--button-id', '5738Z000000Rt9M'];
  return [...ids, '--live-agent-url', `${url}/chat`];
}
