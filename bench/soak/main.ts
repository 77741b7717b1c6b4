/**
 * Holds chats over both protocols, several at once, through a network and services that fail at random: first an hour of them
 * compressed by the clock, then ten minutes of real time. Ends with what both sides say about every text and every event.
 * npm run soak -- --seed 7 --hours 1 --minutes 10
 */
import { parseArgs } from 'node:util';
import { systemClock, systemRandom } from '../../src/core/clock.ts';
import { report } from './report.ts';
import { type SoakPlan, soak, warmUp } from './soak.ts';
import { createTally, type Tally } from './tally.ts';

const PROGRESS_MS = 10_000;
const MINUTE_MS = 60_000;
const MOST_SHOWN = 40;

interface Part extends Pick<SoakPlan, 'time' | 'lengthMs'> {
  readonly title: string;
  readonly flag: string;
}

function options(): { seed: number; parts: readonly Part[] } {
  const { values } = parseArgs({
    options: { seed: { type: 'string' }, hours: { type: 'string' }, minutes: { type: 'string' } },
  });
  const isWhole = values.hours === undefined && values.minutes === undefined;
  const hours = amount('--hours', values.hours ?? (isWhole ? '1' : '0'));
  const minutes = amount('--minutes', values.minutes ?? (isWhole ? '10' : '0'));
  const parts: readonly Part[] = [
    { title: `${hours} h, compressed`, time: 'compressed', lengthMs: hours * 60 * MINUTE_MS, flag: `--hours ${hours}` },
    { title: `${minutes} min of real time`, time: 'real', lengthMs: minutes * MINUTE_MS, flag: `--minutes ${minutes}` },
  ];
  const seed = amount('--seed', values.seed ?? String(Math.floor(systemRandom.next() * 1_000_000)));
  return { seed, parts: parts.filter(({ lengthMs }) => lengthMs > 0) };
}

function amount(flag: string, text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && Number.isFinite(value)) return value;
  console.error(`${flag} takes a number, not ${text}`);
  process.exit(2);
}

/** Who reads along may leave; the run goes on without telling anybody. */
let isHeard = true;
process.stdout.on('error', () => {
  isHeard = false;
});
function print(text: string): void {
  if (isHeard) console.log(text);
}

const hurry = new AbortController();
process.once('SIGINT', () => {
  print('Closing the chats that are open; once more ends it at once.');
  hurry.abort(new Error('interrupted'));
});

function tellProgress(tally: Tally, startedAt: number): void {
  const { of, violations } = tally;
  const seconds = Math.round((systemClock.now() - startedAt) / 1000);
  const faults = of('faults of the network') + of('faults of the service');
  const heapMb = Math.round(process.memoryUsage().heapUsed / 2 ** 20);
  print(
    `${String(seconds).padStart(5)} s  ${of('chats')} chats, ${of('chats open')} open  ${of('texts: sent')} texts  ` +
      `${of('events: message')} messages  ${faults} faults  ${violations.length} violations  heap ${heapMb} MB`,
  );
}

async function run(seed: number, { title, flag, ...plan }: Part): Promise<boolean> {
  print(`\n${title}, seed ${seed}`);
  const tally = createTally();
  const startedAt = systemClock.now();
  const progress = setInterval(() => tellProgress(tally, startedAt), PROGRESS_MS);
  const result = await soak({ ...plan, seed, hurry: hurry.signal, tally }).finally(() => clearInterval(progress));
  print(report(result));
  const { violations } = tally;
  if (violations.length === 0) print(hurry.signal.aborted ? 'ok as far as it went' : 'ok');
  for (const violation of violations.slice(0, MOST_SHOWN)) print(`✖ ${violation}`);
  if (violations.length > 0) print(`${violations.length} violations; again: npm run soak -- --seed ${seed} ${flag}`);
  return violations.length === 0;
}

const { seed, parts } = options();
print('Warming up …');
await warmUp(hurry.signal);
let isWell = true;
for (const part of parts) if (!hurry.signal.aborted) isWell = (await run(seed, part)) && isWell;
if (hurry.signal.aborted && isWell) process.exitCode = 130;
else process.exitCode = isWell ? 0 : 1;
