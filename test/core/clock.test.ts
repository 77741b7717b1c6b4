import { describe, expect, test } from 'vitest';
import { raceAbort, systemClock, systemRandom, withDeadline } from '../../src/core/clock.ts';
import { manualClock } from '../support/manual-clock.ts';

const never = () => new Promise<never>(() => undefined);
const late = () => new Error('too late');

describe('the system clock', () => {
  test('a sleep ends by itself', async () => {
    await expect(systemClock.sleep(1)).resolves.toBeUndefined();
  });

  test('an abort ends a sleep with its reason', async () => {
    const stop = new AbortController();
    const sleep = systemClock.sleep(60_000, stop.signal);
    stop.abort(new Error('enough'));
    await expect(sleep).rejects.toThrow('enough');
  });

  test('a sleep does not begin after an abort', async () => {
    await expect(systemClock.sleep(60_000, AbortSignal.abort(new Error('before')))).rejects.toThrow('before');
  });

  test('its time goes on', async () => {
    const before = systemClock.now();
    await systemClock.sleep(5);
    expect(systemClock.now()).toBeGreaterThan(before);
  });
});

describe('the system randomness', () => {
  test('a number lies in [0, 1)', () => {
    const numbers = Array.from({ length: 200 }, () => systemRandom.next());
    expect(numbers.filter((number) => !(number >= 0 && number < 1))).toEqual([]);
  });

  test('numbers differ', () => {
    expect(new Set(Array.from({ length: 20 }, () => systemRandom.next())).size).toBeGreaterThan(15);
  });

  test('a uuid is lower-case and of version 4', () => {
    expect(systemRandom.uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});

describe('withDeadline', () => {
  test('work in time gives its result', async () => {
    await expect(withDeadline(manualClock(), 100, late, async () => 'done')).resolves.toBe('done');
  });

  test('no timer outlives the work', async () => {
    const clock = manualClock();
    await withDeadline(clock, 100, late, async () => 'done');
    expect(clock.sleeping).toBe(0);
  });

  test('late work is given up with the reason', async () => {
    const clock = manualClock();
    const result = withDeadline(clock, 100, late, never);
    clock.advance(100);
    await expect(result).rejects.toThrow('too late');
  });

  test('late work hears of it through its signal', async () => {
    const clock = manualClock();
    let heard: unknown;
    const result = withDeadline(clock, 100, late, (signal) => {
      signal.addEventListener('abort', () => {
        heard = signal.reason;
      });
      return never();
    });
    clock.advance(100);
    await result.catch(() => undefined);
    expect(heard).toEqual(new Error('too late'));
  });

  test('the reason is not made up before it is needed', async () => {
    let made = 0;
    const reason = () => {
      made += 1;
      return late();
    };
    await withDeadline(manualClock(), 100, reason, async () => 'done');
    expect(made).toBe(0);
  });

  test('an abort from outside counts as well', async () => {
    const outer = new AbortController();
    const result = withDeadline(manualClock(), 100, late, never, outer.signal);
    outer.abort(new Error('stop'));
    await expect(result).rejects.toThrow('stop');
  });

  test('after an abort from outside nothing sleeps on', async () => {
    const clock = manualClock();
    const outer = new AbortController();
    const result = withDeadline(clock, 100, late, never, outer.signal);
    outer.abort(new Error('stop'));
    await result.catch(() => undefined);
    expect(clock.sleeping).toBe(0);
  });

  test('the failure of the work is the failure', async () => {
    const work = async () => Promise.reject(new Error('broken'));
    await expect(withDeadline(manualClock(), 100, late, work)).rejects.toThrow('broken');
  });

  test('work that throws at once leaves no timer', async () => {
    const clock = manualClock();
    const work = () => {
      throw new Error('at once');
    };
    await expect(withDeadline(clock, 100, late, work)).rejects.toThrow('at once');
    expect(clock.sleeping).toBe(0);
  });
});

describe('raceAbort', () => {
  test('the promise may win', async () => {
    await expect(raceAbort(Promise.resolve(7), new AbortController().signal)).resolves.toBe(7);
  });

  test('the signal may win', async () => {
    const stop = new AbortController();
    const race = raceAbort(never(), stop.signal);
    stop.abort(new Error('stop'));
    await expect(race).rejects.toThrow('stop');
  });

  test('a signal that is aborted already wins over a result', async () => {
    await expect(raceAbort(Promise.resolve(7), AbortSignal.abort(new Error('before')))).rejects.toThrow('before');
  });

  test('a failure after the abort stays unheard', async () => {
    const stop = new AbortController();
    let fail: (error: Error) => void = () => undefined;
    const failing = new Promise<never>((_, reject) => {
      fail = reject;
    });
    const race = raceAbort(failing, stop.signal);
    stop.abort(new Error('stop'));
    fail(new Error('later'));
    await expect(race).rejects.toThrow('stop');
  });
});
