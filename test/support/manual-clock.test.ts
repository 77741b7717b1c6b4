import { expect, test } from 'vitest';
import { manualClock } from './manual-clock.ts';

test('a sleeper wakes when the time has come and not before', async () => {
  const clock = manualClock();
  let awake = false;
  const sleep = clock.sleep(100).then(() => {
    awake = true;
  });
  clock.advance(99);
  await Promise.resolve();
  expect(awake).toBe(false);
  clock.advance(1);
  await sleep;
  expect(awake).toBe(true);
});

test('sleepers wake in the order in which they are due', async () => {
  const clock = manualClock();
  const order: string[] = [];
  const late = clock.sleep(20).then(() => order.push('late'));
  const early = clock.sleep(10).then(() => order.push('early'));
  clock.advance(30);
  await Promise.all([late, early]);
  expect(order).toEqual(['early', 'late']);
});

test('an abort wakes the sleeper with its reason', async () => {
  const clock = manualClock();
  const stop = new AbortController();
  const sleep = clock.sleep(10, stop.signal);
  stop.abort(new Error('enough'));
  await expect(sleep).rejects.toThrow('enough');
});

test('an aborted sleeper no longer counts', async () => {
  const clock = manualClock();
  const stop = new AbortController();
  const sleep = clock.sleep(10, stop.signal).catch(() => undefined);
  stop.abort();
  await sleep;
  expect(clock.sleeping).toBe(0);
});

test('one can wait for a sleep of a certain length', async () => {
  const clock = manualClock();
  const seen = clock.waitUntilSleeping(50).then(() => clock.sleeping);
  void clock.sleep(10);
  void clock.sleep(50);
  expect(await seen).toBe(2);
});
