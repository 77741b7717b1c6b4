import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backoffMs } from '../../src/transport/backoff.ts';

const drawing = (value: number) => ({ next: () => value, uuid: () => '' });
const ALMOST_ONE = 1 - 2 ** -32;

test('the delay grows by half with each attempt', () => {
  expect([0, 1, 2, 3].map((attempt) => backoffMs(attempt, drawing(0.5)))).toEqual([500, 750, 1125, 1687]);
});

test('full jitter reaches down to no delay at all', () => {
  expect(backoffMs(5, drawing(0))).toBe(0);
});

test('no delay is above the cap, however many attempts there were', () => {
  expect(backoffMs(10_000, drawing(ALMOST_ONE))).toBeLessThanOrEqual(30_000);
});

test('base, factor and cap can be chosen', () => {
  const options = { baseMs: 10, factor: 10, capMs: 500 };
  expect([0, 1, 2].map((attempt) => backoffMs(attempt, drawing(0.5), options))).toEqual([5, 50, 250]);
});

test('an attempt below zero counts as the first', () => {
  expect(backoffMs(-3, drawing(0.5))).toBe(backoffMs(0, drawing(0.5)));
});

test('every delay is a whole number between nothing and the cap', () => {
  fc.assert(
    fc.property(fc.nat(200), fc.double({ min: 0, max: ALMOST_ONE, noNaN: true }), (attempt, drawn) => {
      const delayMs = backoffMs(attempt, drawing(drawn));
      return Number.isInteger(delayMs) && delayMs >= 0 && delayMs <= 30_000;
    }),
  );
});
