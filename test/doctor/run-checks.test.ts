import { describe, expect, test } from 'vitest';
import type { Check, CheckOutcome, CheckResult } from '../../src/core/check.ts';
import { systemClock } from '../../src/core/clock.ts';
import { HandoffError } from '../../src/core/errors.ts';
import { type RunOptions, runChecks } from '../../src/doctor/run-checks.ts';
import { manualClock } from '../support/manual-clock.ts';

interface Synthetic {
  readonly needs?: readonly string[];
  readonly level?: Check<unknown>['level'];
  readonly run?: Check<unknown>['run'];
}

const PASS: CheckOutcome = { status: 'pass' };
const FAIL: CheckOutcome = { status: 'fail', cause: 'BROKEN', message: 'It is broken' };

function check(id: string, { needs = [], level = 'service', run = async () => PASS }: Synthetic = {}): Check<unknown> {
  return { id, title: id.toUpperCase(), hint: `mend ${id}`, level, channels: ['miaw'], needs, run };
}

function throwing(id: string, thrown: unknown): Check<unknown> {
  return check(id, { run: () => Promise.reject(thrown) });
}

function hanging(_probe: unknown, signal: AbortSignal): Promise<CheckOutcome> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
}

/** A check that passes and writes its id down. */
function noting(id: string, ran: string[], needs: readonly string[] = []): Check<unknown> {
  const run = async () => {
    ran.push(id);
    return PASS;
  };
  return check(id, { needs, run });
}

async function run(checks: readonly Check<unknown>[], options: Partial<RunOptions> = {}): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  const all = { clock: systemClock, signal: new AbortController().signal, timeoutMs: 5000, ...options };
  for await (const result of runChecks(checks, {}, all)) results.push(result);
  return results;
}

const statuses = (results: readonly CheckResult[]) => Object.fromEntries(results.map((r) => [r.id, r.status]));

test('what a stranger says is cut to a length that can be read', async () => {
  const talks = async (): Promise<CheckOutcome> => ({ ...FAIL, message: 'x'.repeat(200_000), hint: 'y'.repeat(2000) });
  const [result] = await run([check('a', { run: talks })]);
  expect(result).toMatchObject({ message: `${'x'.repeat(1000)}…`, hint: `${'y'.repeat(1000)}…` });
});

describe('order', () => {
  test('results come in declared order, however long each takes', async () => {
    let finishFirst = () => {};
    const first = new Promise<CheckOutcome>((resolve) => {
      finishFirst = () => resolve(PASS);
    });
    const last = async () => {
      finishFirst();
      return PASS;
    };
    const results = await run([check('a.slow', { run: () => first }), check('a.quick', { run: last })]);
    expect(results.map((result) => result.id)).toEqual(['a.slow', 'a.quick']);
  });

  test('checks that need nothing run side by side', async () => {
    const started: string[] = [];
    let release = () => {};
    const both = new Promise<void>((resolve) => {
      release = resolve;
    });
    const together = (id: string) =>
      check(id, {
        run: async () => {
          if (started.push(id) === 2) release();
          await both;
          return PASS;
        },
      });
    expect(statuses(await run([together('a.one'), together('a.two')]))).toEqual({ 'a.one': 'pass', 'a.two': 'pass' });
  });

  test('a check waits for what it needs', async () => {
    const order: string[] = [];
    await run([noting('a.base', order), noting('a.top', order, ['a.base'])]);
    expect(order).toEqual(['a.base', 'a.top']);
  });

  test('a result carries title, default hint and duration', async () => {
    const clock = manualClock();
    const timed = check('a.timed', {
      run: async () => {
        clock.advance(40);
        return PASS;
      },
    });
    expect(await run([timed], { clock })).toEqual([
      { id: 'a.timed', title: 'A.TIMED', hint: 'mend a.timed', status: 'pass', durationMs: 40 },
    ]);
  });
});

describe('needs', () => {
  test('what stands on a failed check is skipped with its name', async () => {
    const results = await run([check('a.base', { run: async () => FAIL }), check('a.top', { needs: ['a.base'] })]);
    expect(results[1]).toMatchObject({ status: 'skip', reason: 'not asked, because a.base failed' });
  });

  test('a chain of skips names the check at its root', async () => {
    const results = await run([
      check('a.root', { run: async () => FAIL }),
      check('a.middle', { needs: ['a.root'] }),
      check('a.top', { needs: ['a.middle'] }),
    ]);
    expect(results[2]).toMatchObject({ status: 'skip', reason: 'not asked, because a.root failed' });
  });

  test('what stands on a crashed check is skipped', async () => {
    const results = await run([throwing('a.base', new TypeError('oops')), check('a.top', { needs: ['a.base'] })]);
    expect(statuses(results)).toEqual({ 'a.base': 'crash', 'a.top': 'skip' });
  });

  test.each<CheckOutcome>([
    { status: 'warn', cause: 'ODD', message: 'odd' },
    { status: 'skip', reason: 'does not apply here' },
  ])('a need that ends as $status is met', async (outcome) => {
    const results = await run([check('a.base', { run: async () => outcome }), check('a.top', { needs: ['a.base'] })]);
    expect(results[1]?.status).toBe('pass');
  });

  test('a need that is not among the checks counts as met', async () => {
    expect(statuses(await run([check('a.top', { needs: ['b.absent'] })]))).toEqual({ 'a.top': 'pass' });
  });

  test('a check that is skipped for its need is never run', async () => {
    const ran: string[] = [];
    await run([check('a.base', { run: async () => FAIL }), noting('a.top', ran, ['a.base'])]);
    expect(ran).toEqual([]);
  });

  test('only asked-for results are told, the others still run', async () => {
    const ran: string[] = [];
    const results = await run([noting('a.base', ran), check('a.top', { needs: ['a.base'] })], {
      reported: new Set(['a.top']),
    });
    expect([ran, results.map((result) => result.id)]).toEqual([['a.base'], ['a.top']]);
  });
});

describe('failures', () => {
  test('an error of the world becomes a finding with its code, hint and step', async () => {
    const error = new HandoffError('NAME_NOT_FOUND', { message: 'acme does not resolve' });
    const [result] = await run([throwing('a.dns', error)]);
    expect(result).toMatchObject({
      status: 'fail',
      cause: 'NAME_NOT_FOUND',
      message: 'acme does not resolve',
      hint: error.hint,
      step: 'miaw.2',
    });
  });

  test('details of an error become data', async () => {
    const [result] = await run([throwing('a.http', new HandoffError('SERVICE_ERROR', { details: { status: 503 } }))]);
    expect(result).toMatchObject({ data: { status: 503 } });
  });

  test('a failing check does not disturb the others', async () => {
    const results = await run([throwing('a.bad', new HandoffError('TIMED_OUT')), check('a.good')]);
    expect(statuses(results)).toEqual({ 'a.bad': 'fail', 'a.good': 'pass' });
  });

  test('any other throw is a crash that keeps what was thrown', async () => {
    const thrown = new TypeError('cannot read that');
    const [result] = await run([throwing('a.bug', thrown)]);
    expect(result?.status === 'crash' && result.error.cause).toBe(thrown);
  });

  test('a check that throws before its first await crashes too', async () => {
    const rash = check('a.rash', {
      run: () => {
        throw new Error('at once');
      },
    });
    expect(statuses(await run([rash]))).toEqual({ 'a.rash': 'crash' });
  });

  test('our own mistake under a code of its own is a crash', async () => {
    expect(statuses(await run([throwing('a.ours', new HandoffError('INTERNAL'))]))).toEqual({ 'a.ours': 'crash' });
  });
});

describe('limits', () => {
  test('a check that never ends is cut off after its time', async () => {
    const clock = manualClock();
    const running = run([check('a.stuck', { run: hanging })], { clock, timeoutMs: 1000 });
    await clock.waitUntilSleeping();
    clock.advance(1500);
    expect((await running)[0]).toMatchObject({ status: 'fail', cause: 'TIMED_OUT', message: 'No answer within 1 s' });
  });

  test('a check that ignores its signal is cut off all the same', async () => {
    const clock = manualClock();
    const running = run([check('a.deaf', { run: () => new Promise(() => {}) })], { clock, timeoutMs: 1000 });
    await clock.waitUntilSleeping();
    clock.advance(1500);
    expect((await running)[0]?.status).toBe('fail');
  });

  test('checks of level chat have the longer limit', async () => {
    const clock = manualClock();
    const patient = check('chat.agent', { level: 'chat', run: hanging });
    const running = run([patient], { clock, timeoutMs: 1000, chatTimeoutMs: 60_000 });
    await clock.waitUntilSleeping(60_250);
    clock.advance(61_000);
    expect((await running)[0]).toMatchObject({ message: 'No answer within 60 s' });
  });

  test('no timer outlives the run', async () => {
    const clock = manualClock();
    await run([check('a.one'), check('a.two')], { clock });
    expect(clock.sleeping).toBe(0);
  });
});

describe('an abort', () => {
  test('stops the run with its reason', async () => {
    const controller = new AbortController();
    const running = run([check('a.stuck', { run: hanging })], { signal: controller.signal });
    controller.abort(new HandoffError('INTERRUPTED'));
    await expect(running).rejects.toMatchObject({ code: 'INTERRUPTED' });
  });

  test('reaches every running check', async () => {
    const controller = new AbortController();
    const events: string[] = [];
    const watching = (probe: unknown, signal: AbortSignal) => {
      signal.addEventListener('abort', () => events.push('stopped'));
      if (events.push('started') === 2) controller.abort(new HandoffError('INTERRUPTED'));
      return hanging(probe, signal);
    };
    const checks = [check('a.one', { run: watching }), check('a.two', { run: watching })];
    await run(checks, { signal: controller.signal }).catch(() => undefined);
    expect(events).toEqual(['started', 'started', 'stopped', 'stopped']);
  });

  test('that came before the run lets nothing start', async () => {
    const ran: string[] = [];
    await run([noting('a.eager', ran)], { signal: AbortSignal.abort(new HandoffError('INTERRUPTED')) }).catch(
      () => undefined,
    );
    expect(ran).toEqual([]);
  });

  test('is sent to what still runs when the reader leaves early', async () => {
    let stopped = false;
    const stuck = async (probe: unknown, signal: AbortSignal) =>
      hanging(probe, signal).finally(() => {
        stopped = true;
      });
    const options = { clock: systemClock, signal: new AbortController().signal, timeoutMs: 5000 };
    for await (const _ of runChecks([check('a.quick'), check('a.stuck', { run: stuck })], {}, options)) break;
    expect(stopped).toBe(true);
  });
});
