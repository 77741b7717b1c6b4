// How long commands take to start, as ratios to `node -e 0` in the same run. NODE_EXTRA_CA_CERTS is left out of the
// children's environment: Node 20 reads that file at every start, which would make every ratio look better than it is.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../bin/sf-handoff.js', import.meta.url));
const ROUNDS = Number(process.env.ROUNDS ?? 31);
const WARM_UPS = 3;
const VALUES = ['--org-id', '00D8Z000001kQ7P', '--base-url', 'acme.my.salesforce.com', '--developer-name', 'Acme_Bot'];

const COMMANDS = [
  { name: 'node -e 0', args: ['-e', '0'], bar: undefined },
  { name: '--version', args: [BIN, '--version'], bar: 1.15 },
  { name: '--help', args: [BIN, '--help'], bar: 1.4 },
  { name: 'doctor --help', args: [BIN, 'doctor', '--help'], bar: 1.4 },
  { name: 'validate', args: [BIN, 'validate', ...VALUES], bar: 1.5 },
  { name: 'doctor --level offline', args: [BIN, 'doctor', '--level', 'offline', ...VALUES], bar: 1.5 },
];

const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;

function time(args) {
  const start = process.hrtime.bigint();
  spawnSync(process.execPath, args, { stdio: 'ignore', env });
  return Number(process.hrtime.bigint() - start) / 1e6;
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const samples = new Map(COMMANDS.map(({ name }) => [name, []]));
for (let round = -WARM_UPS; round < ROUNDS; round++) {
  for (const { name, args } of COMMANDS) {
    const ms = time(args);
    if (round >= 0) samples.get(name).push(ms);
  }
}
const bare = median(samples.get('node -e 0'));
console.log(`Node ${process.versions.node}, medians of ${ROUNDS} interleaved runs\n`);
for (const { name, bar } of COMMANDS) {
  const ratio = median(samples.get(name)) / bare;
  const verdict = bar === undefined ? '' : `bar ${bar.toFixed(2)}  ${ratio <= bar ? 'met' : 'NOT MET'}`;
  console.log(
    `${name.padEnd(24)}${median(samples.get(name)).toFixed(1).padStart(7)} ms  ${ratio.toFixed(2)}  ${verdict}`,
  );
}
