import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { DoctorRun } from '../../src/commands/doctor-output.ts';
import { examineAndWait } from '../../src/commands/doctor-wait.ts';
import { watch } from '../../src/commands/doctor-watch.ts';
import type { Target } from '../../src/commands/target.ts';
import { type Context, createContext } from '../../src/context.ts';
import type { CheckResult } from '../../src/core/check.ts';
import { systemRandom } from '../../src/core/clock.ts';
import { HandoffError } from '../../src/core/errors.ts';
import { createSecrets } from '../../src/core/redact.ts';
import { runDocument } from '../../src/doctor/result.ts';
import { createIo } from '../../src/ui/io.ts';
import { type ManualClock, manualClock } from '../support/manual-clock.ts';

const ABOUT = { id: 'service.deployment', title: 'Deployment', durationMs: 1, hint: 'publish it' };
const WELL: CheckResult = { ...ABOUT, status: 'pass', detail: 'published' };
const UNPUBLISHED: CheckResult = {
  ...ABOUT,
  status: 'fail',
  cause: 'DEPLOYMENT_NOT_PUBLISHED',
  message: 'not published',
};

function runOf(result: CheckResult): DoctorRun {
  const document = runDocument({ profile: 'acme', channel: 'miaw', checks: [result] }, 'fail');
  return { ...document, durationMs: 1, results: [result] };
}

async function stage() {
  const clock: ManualClock = manualClock();
  const control = new AbortController();
  const written = { out: '', err: '' };
  const stream = (name: 'out' | 'err') => ({
    write: (text: string, done?: () => void) => {
      written[name] += text;
      done?.();
      return true;
    },
  });
  const streams = { stdin: new PassThrough(), stdout: stream('out'), stderr: stream('err') };
  const secrets = createSecrets();
  const context: Context = createContext({
    io: await createIo({ streams, env: { LANG: 'C.UTF-8' }, secrets, platform: 'linux' }),
    env: {},
    cwd: '/',
    clock,
    random: systemRandom,
    secrets,
    signal: control.signal,
    interrupt: () => control.abort(new HandoffError('INTERRUPTED')),
    version: '1.2.3',
    platform: 'linux',
    nodeMajor: 22,
    openChats: new Set(),
  });
  return { clock, context, written };
}

function waiting(context: Context, results: readonly CheckResult[], delayMs = 0) {
  let asked = 0;
  const examiner = {
    exchanges: new Map(),
    delayMs: () => delayMs,
    examine: async () => {
      asked += 1;
      return runOf(results[Math.min(asked, results.length) - 1] ?? WELL);
    },
  };
  const progress = { update: () => undefined, stop: () => undefined };
  const target = { name: 'acme' } as Target;
  return {
    start: () => examineAndWait(target, { examiner, options: { wait: 12_000 }, context, progress }),
    asked: () => asked,
  };
}

describe('--wait', () => {
  it('asks again every five seconds until it is well', async () => {
    const { clock, context } = await stage();
    const { start, asked } = waiting(context, [UNPUBLISHED, UNPUBLISHED, WELL]);
    const found = start();
    for (let round = 0; round < 2; round++) {
      await clock.waitUntilSleeping(5000);
      clock.advance(5000);
    }
    expect([(await found).ok, asked()]).toEqual([true, 3]);
  });

  it('gives up when the time is over', async () => {
    const { clock, context } = await stage();
    const { start, asked } = waiting(context, [UNPUBLISHED]);
    const found = start();
    for (let round = 0; round < 2; round++) {
      await clock.waitUntilSleeping(5000);
      clock.advance(5000);
    }
    expect([(await found).ok, asked()]).toEqual([false, 3]);
  });

  it('waits longer where the token limit of the org demands it', async () => {
    const { clock, context } = await stage();
    const { start } = waiting(context, [UNPUBLISHED, WELL], 11_000);
    const found = start();
    await clock.waitUntilSleeping(11_000);
    clock.advance(11_000);
    expect((await found).ok).toBe(true);
  });

  it('tells once what it waits for', async () => {
    const { clock, context, written } = await stage();
    const found = waiting(context, [UNPUBLISHED, UNPUBLISHED, WELL]).start();
    for (let round = 0; round < 2; round++) {
      await clock.waitUntilSleeping(5000);
      clock.advance(5000);
    }
    await found;
    await context.io.flush();
    expect(written.err).toBe('not yet: Deployment (DEPLOYMENT_NOT_PUBLISHED); asking again for at most 12 s\n');
  });
});

describe('--watch', () => {
  async function watched(results: readonly CheckResult[]): Promise<{ out: string; code: number }> {
    const { clock, context, written } = await stage();
    let rounds = 0;
    const round = async () => [runOf(results[rounds++] ?? WELL)];
    const report = async () => context.io.print([['the report']]);
    const code = watch({ options: {}, context, round, report });
    for (let passed = 1; passed < results.length; passed++) {
      await clock.waitUntilSleeping(30_000);
      clock.advance(30_000);
    }
    await clock.waitUntilSleeping(30_000);
    context.interrupt();
    const ended = await code;
    await context.io.flush();
    return { code: ended, out: written.out };
  }

  it('tells nothing after the report while nothing changes', async () => {
    expect((await watched([WELL, WELL, { ...WELL, detail: 'published again' }])).out).toBe('the report\n');
  });

  it('tells what broke, and what came right', async () => {
    expect((await watched([WELL, UNPUBLISHED, UNPUBLISHED, WELL])).out).toMatchInlineSnapshot(`
      "the report
      09:00:30  ✖ Deployment fails  DEPLOYMENT_NOT_PUBLISHED
                  not published
                  → publish it
      09:01:30  ✔ Deployment passes again
                  published
      "
    `);
  });

  it('ends by Ctrl-C with its exit code', async () => {
    expect((await watched([WELL])).code).toBe(130);
  });
});
