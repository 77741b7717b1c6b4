/**
 * How much longer than its longest chain of dependent requests a doctor run takes, with a fixed latency on each answer.
 * Run it with: npm run build && node bench/doctor-latency.mjs
 */
import { spawn } from 'node:child_process';
import { createServer, request } from 'node:http';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../bin/sf-handoff.js', import.meta.url));
const LATENCY_MS = 100;
const RUNS = 7;
const MOST = 1.15;

/** Each of these needs something out of the one before it. */
const CHAINS = {
  miaw: ['published configuration', 'token', 'event stream'],
  'live-chat': ['availability', 'session', 'end of the session'],
};

const simulator = spawn(process.execPath, [BIN, 'simulate', '--json', '--pace', '0'], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const [line] = await firstOf(createInterface({ input: simulator.stdout }), 'line');
const { port } = new URL(urlIn(JSON.parse(line)));
const asked = [];
const relay = createServer((incoming, outgoing) => {
  asked.push(`${incoming.method} ${incoming.url.replace(/[?].*/, '')}`);
  setTimeout(() => pass(incoming, outgoing), LATENCY_MS);
});
await new Promise((resolve) => relay.listen(0, '127.0.0.1', resolve));

let worst = 0;
try {
  for (const [channel, chain] of Object.entries(CHAINS)) {
    const times = [];
    for (let run = 0; run < RUNS; run += 1) {
      asked.length = 0;
      times.push(await examine(channel));
    }
    const median = times.sort((a, b) => a - b)[Math.floor(RUNS / 2)];
    const ratio = median / (chain.length * LATENCY_MS);
    worst = Math.max(worst, ratio);
    console.log(`${channel}: ${asked.length} requests, chain ${chain.join(' → ')}`);
    console.log(
      `  ${chain.length} × ${LATENCY_MS} ms; median of ${RUNS} runs ${median} ms (${times.join(', ')}); ratio ${ratio.toFixed(2)}`,
    );
  }
} finally {
  relay.closeAllConnections();
  relay.close();
  simulator.kill();
}
console.log(worst <= MOST ? `within ${MOST}` : `over ${MOST}`);
process.exitCode = worst <= MOST ? 0 : 1;

function pass(incoming, outgoing) {
  const { method, url, headers } = incoming;
  const onward = request({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode, answer.headers);
    answer.pipe(outgoing);
  });
  onward.on('error', () => outgoing.destroy());
  outgoing.on('close', () => onward.destroy());
  incoming.pipe(onward);
}

async function examine(channel) {
  const url = `http://127.0.0.1:${relay.address().port}`;
  const values =
    channel === 'miaw'
      ? ['--org-id', '00D8Z000001kQ7P', '--base-url', url, '--developer-name', 'Acme_Bot']
      : [
          '--org-id',
          '00D8Z000001kQ7P',
          '--live-agent-url',
          `${url}/chat`,
          '--deployment-id',
          '5728Z000000Xv2K',
          '--button-id',
          '5738Z000000Rt9M',
        ];
  const child = spawn(process.execPath, [BIN, 'doctor', '--json', '--no-input', ...values], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  const [code] = await firstOf(child, 'close');
  if (code !== 0) throw new Error(`doctor said no: ${out}`);
  return JSON.parse(out).durationMs;
}

function firstOf(emitter, event) {
  return new Promise((resolve) => emitter.once(event, (...args) => resolve(args)));
}

function urlIn(value) {
  if (typeof value === 'string') return /^https?:\/\//.test(value) ? value : undefined;
  return typeof value === 'object' && value ? Object.values(value).map(urlIn).find(Boolean) : undefined;
}
