// What the parts of the bench share: starting commands, timing them in turn, and a simulator or service beside them.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export const BIN = fileURLToPath(new URL('../../bin/sf-handoff.js', import.meta.url));
export const VALUES = ['--org-id', '00D8Z000001kQ7P', '--developer-name', 'Acme_Bot'];

/** Without the file of more certificates: Node 20 reads it at every start, which makes every ratio to a bare start look better than it is. */
const { NODE_EXTRA_CA_CERTS: _, ...bareEnv } = process.env;
export const ENV = bareEnv;

export const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

/** Until a signal is heard that came meanwhile. */
const HEARING_MS = 10;

/** Milliseconds of each command, started in turn within every round, so that a busy moment falls on all of them. */
export async function timeInTurn(commands, rounds, warmUps = 3) {
  const samples = commands.map(() => []);
  for (let round = -warmUps; round < rounds; round++) {
    for (const [index, [program, ...args]] of commands.entries()) {
      const start = process.hrtime.bigint();
      const { status, error } = spawnSync(program, args, { stdio: 'ignore', env: ENV });
      const ms = Number(process.hrtime.bigint() - start) / 1e6;
      // Nothing is heard while a command runs: it may have been Ctrl-C that ended it.
      if (status !== 0) await setTimeout(HEARING_MS);
      if (error || status !== 0) throw error ?? new Error(`${args.join(' ')} ended with ${status}`);
      if (round >= 0) samples[index].push(ms);
    }
  }
  return samples.map(median);
}

/** Runs a command to its end: seconds, exit code, and where the system tells it the peak of its memory in MB. */
export async function run(program, args, { stdout = 'ignore', env = ENV, ...options } = {}) {
  const start = process.hrtime.bigint();
  const child = spawn(program, args, { stdio: ['ignore', stdout, 'inherit'], env, ...options });
  let peakMb = Number.NaN;
  const timer = setInterval(() => {
    peakMb = peakOf(child.pid) ?? peakMb;
  }, 25);
  const chunks = [];
  child.stdout?.on('data', (chunk) => chunks.push(chunk));
  const [code] = await once(child, 'close');
  clearInterval(timer);
  return {
    seconds: Number(process.hrtime.bigint() - start) / 1e9,
    code,
    peakMb,
    out: Buffer.concat(chunks).toString(),
  };
}

/** Linux alone tells it of another process, and only while it runs. */
function peakOf(pid) {
  try {
    const kb = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kb === undefined ? undefined : Number(kb) / 1024;
  } catch {
    return undefined;
  }
}

/** A process that prints one line when it is ready; `stop` ends it. */
export async function startBeside(program, args) {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'], env: ENV });
  const stop = onceAndAtTheEnd(() => child.kill());
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  return { line, stop };
}

/** An empty folder; `remove` takes it away. */
export function makeFolder() {
  const path = mkdtempSync(join(tmpdir(), 'sf-handoff-bench-'));
  return { path, remove: onceAndAtTheEnd(() => rmSync(path, { recursive: true, force: true })) };
}

/** Also where Ctrl-C ends the bench, which runs no `finally`. */
function onceAndAtTheEnd(tidy) {
  process.once('exit', tidy);
  return () => {
    process.off('exit', tidy);
    tidy();
  };
}

/** The built-in simulator in a process of its own; `urls` by channel. */
export async function startSimulator(...flags) {
  const { line, stop } = await startBeside(process.execPath, [BIN, 'simulate', '--json', '--pace', '0', ...flags]);
  return { urls: JSON.parse(line).urls, stop };
}
