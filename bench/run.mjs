// Prints every measured figure beside its bar, for each Node version asked for, and fails where one is not met.
//   npm run bench                          all of it on the Node that runs it
//   npm run bench -- --only start-up       one part (start-up, streaming, long-poll, doctor-latency, doctor-all, terminal)
//   npm run bench -- --nodes 20,22         on these major versions, installed once into .nodes/ from the npm registry
//   npm run bench -- --quick               fewer rounds and events, for a first look
//   npm run bench -- --peers               what a user would start instead, installed into a folder that is removed again
import { parseArgs } from 'node:util';
import { nodeBinaries } from '../.ci/nodes.mjs';

const PARTS = ['start-up', 'streaming', 'long-poll', 'doctor-latency', 'doctor-all', 'terminal'];

const { values: flags } = parseArgs({
  options: {
    only: { type: 'string' },
    nodes: { type: 'string' },
    quick: { type: 'boolean', default: false },
    peers: { type: 'boolean', default: false },
  },
});
// By this way out folders and processes of the parts are taken along.
for (const [name, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
])
  process.once(name, () => process.exit(code));

const parts = flags.only ? flags.only.split(',') : PARTS;
const unknown = parts.find((part) => !PARTS.includes(part));
if (unknown) {
  console.error(`there is no part “${unknown}”; there are ${PARTS.join(', ')}`);
  process.exit(2);
}

const missed = [];
for (const { version, path } of nodeBinaries(flags.nodes?.split(','))) {
  console.log(`\nNode ${version}`);
  for (const part of parts) {
    const { measure } = await import(`./parts/${part}.mjs`);
    for (const row of await measure({ node: path, version, quick: flags.quick })) tell(row, version);
  }
}
if (flags.peers) for (const row of await (await import('./parts/peers.mjs')).measure()) tell(row);
if (missed.length > 0) {
  console.log(`\nnot met:\n${missed.map((line) => `  ${line}`).join('\n')}`);
  process.exitCode = 1;
}

/** A row is a name, a value with its unit, the bar it must not pass (none for what is only told), and a remark. */
function tell({ name, value, unit = '', bar, remark = '' }, version = '') {
  const met = bar === undefined || value <= bar;
  const figure = `${value.toFixed(value < 20 ? 2 : 0)}${unit}`;
  const verdict = bar === undefined ? '' : `bar ${bar}${unit}  ${met ? 'met' : 'NOT MET'}`;
  console.log(`  ${name.padEnd(44)} ${figure.padStart(9)}  ${verdict.padEnd(22)} ${remark}`.trimEnd());
  if (!met) missed.push(`Node ${version}: ${name} ${figure}, bar ${bar}${unit}`);
}
