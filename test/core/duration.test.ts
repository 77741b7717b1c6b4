import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatDuration, parseDuration } from '../../src/core/duration.ts';

describe('parseDuration', () => {
  test.each([
    ['500ms', 500],
    ['10s', 10_000],
    ['2m', 120_000],
    ['1h', 3_600_000],
    ['24h', 86_400_000],
    ['1.5s', 1500],
    ['0.5m', 30_000],
    [' 10s ', 10_000],
  ])('“%s” is %d ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  test('a bare number counts seconds', () => {
    expect(parseDuration('90')).toBe(90_000);
  });

  test.each([
    '',
    ' ',
    '0',
    '0s',
    '-5s',
    '25h',
    '10 s',
    '10S',
    's',
    '1e3',
    '1.s',
    '.5s',
    'Infinity',
    '9'.repeat(400),
    '1d',
  ])('“%s” is no duration', (text) => {
    expect(() => parseDuration(text)).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT', exitCode: 2 }));
  });

  test('the error says what was given and how to write it', () => {
    expect(() => parseDuration('soon')).toThrow(
      expect.objectContaining({ message: '“soon” is not a duration', hint: expect.stringContaining('10s') }),
    );
  });
});

describe('formatDuration', () => {
  test.each([
    [0, '0 ms'],
    [340, '340 ms'],
    [999.4, '999 ms'],
    [999.6, '1.0 s'],
    [1000, '1.0 s'],
    [1449, '1.4 s'],
    [9949, '9.9 s'],
    [9960, '10 s'],
    [12_400, '12 s'],
    [59_499, '59 s'],
    [59_600, '1 min'],
    [120_000, '2 min'],
    [125_000, '2 min 5 s'],
  ])('%d ms reads “%s”', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });

  test('a clock that was set back shows no negative span', () => {
    expect(formatDuration(-1500)).toBe('0 ms');
  });

  test('every span reads as a number and a unit, never as sixty of the smaller one', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 86_400_000, noNaN: true }), (ms) => {
        expect(formatDuration(ms)).toMatch(/^(\d{1,3} ms|\d\.\d s|[1-5]\d s|\d+ min( [1-5]?\d s)?)$/);
      }),
    );
  });
});
