import { describe, expect, test } from 'vitest';
import { asHandoffError, ERRORS, type ErrorCode, EXIT, HandoffError } from '../../src/core/errors.ts';
import { GUIDE_STEPS } from '../../src/core/guide-step.ts';

const entries = Object.entries(ERRORS);

describe('the table of errors', () => {
  test('codes are upper-case words joined by underscores', () => {
    expect(entries.map(([code]) => code).filter((code) => !/^[A-Z]+(_[A-Z]+)*$/.test(code))).toEqual([]);
  });

  test('every message is one plain sentence without a full stop', () => {
    const odd = entries.filter(([, { message }]) => !/^\S.*[^.\s]$/.test(message) || message.includes('\n'));
    expect(odd.map(([code]) => code)).toEqual([]);
  });

  test('every error says what to do next', () => {
    expect(entries.filter(([, { hint }]) => hint.trim() === '').map(([code]) => code)).toEqual([]);
  });

  test('every step is one of the guide', () => {
    const steps = entries.flatMap(([, entry]) => ('step' in entry ? [entry.step] : []));
    expect(steps.filter((step) => !(GUIDE_STEPS as readonly string[]).includes(step))).toEqual([]);
  });

  test('every exit code is one of the public interface', () => {
    const known: readonly number[] = Object.values(EXIT);
    expect(entries.filter(([, { exit }]) => !known.includes(exit))).toEqual([]);
  });

  test('no error leads to success', () => {
    expect(entries.filter(([, { exit }]) => Number(exit) === EXIT.ok)).toEqual([]);
  });

  test('no two errors say the same', () => {
    const messages = entries.map(([, { message }]) => message);
    expect(new Set(messages).size).toBe(messages.length);
  });

  test.each<[ErrorCode, number]>([
    ['INVALID_ARGUMENT', 2],
    ['NO_AGENT_AVAILABLE', 1],
    ['OUTSIDE_BUSINESS_HOURS', 1],
    ['SESSION_LOST', 1],
    ['VISITOR_BLOCKED', 3],
    ['DEPLOYMENT_NOT_PUBLISHED', 3],
    ['RATE_LIMITED', 3],
    ['SERVICE_ERROR', 4],
    ['TIMED_OUT', 4],
    ['INTERNAL', 70],
    ['INTERRUPTED', 130],
    ['TERMINATED', 143],
  ])('%s leads to exit code %d', (code, exit) => {
    expect(new HandoffError(code).exitCode).toBe(exit);
  });
});

describe('HandoffError', () => {
  test('takes message, hint and step from the table', () => {
    const { message, hint, step } = ERRORS.RATE_LIMITED;
    expect(new HandoffError('RATE_LIMITED')).toMatchObject({ code: 'RATE_LIMITED', message, hint, step });
  });

  test('says its own where it knows better', () => {
    const parts = { message: 'mine', hint: 'do this', step: 'miaw.3' } as const;
    expect(new HandoffError('RATE_LIMITED', parts)).toMatchObject(parts);
  });

  test('keeps what caused it', () => {
    const cause = new Error('below');
    expect(new HandoffError('TIMED_OUT', { cause }).cause).toBe(cause);
  });

  test('has a shape for programs, without its details', () => {
    const error = new HandoffError('RATE_LIMITED', { details: { retryAfter: 3 } });
    expect(Object.keys(error.toShape())).toEqual(['code', 'message', 'hint', 'step']);
  });

  test('has no step in its shape where there is none', () => {
    expect(new HandoffError('SERVICE_ERROR').toShape()).not.toHaveProperty('step');
  });
});

describe('asHandoffError', () => {
  test('lets our own errors through', () => {
    const error = new HandoffError('TIMED_OUT');
    expect(asHandoffError(error)).toBe(error);
  });

  test('takes any other error for a fault of ours, and keeps it', () => {
    const cause = new TypeError('x is not a function');
    expect(asHandoffError(cause)).toMatchObject({ code: 'INTERNAL', exitCode: 70, cause });
  });

  test.each([['text'], [undefined], [null], [42]])('makes an error of %s as well', (thrown) => {
    expect(asHandoffError(thrown)).toMatchObject({
      code: 'INTERNAL',
      message: expect.stringContaining(String(thrown)),
    });
  });
});
