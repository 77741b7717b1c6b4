import { describe, expect, test } from 'vitest';
import type { CheckResult } from '../../src/core/check.ts';
import { HandoffError } from '../../src/core/errors.ts';
import { checkDocument, runDocument } from '../../src/doctor/result.ts';

const about = { id: 'service.token', title: 'Token', durationMs: 12, hint: 'mend it' };
const pass: CheckResult = { ...about, status: 'pass', detail: 'guest' };
const warn: CheckResult = { ...about, status: 'warn', cause: 'ODD', message: 'It is odd', step: 'miaw.1' };
const fail: CheckResult = { ...about, status: 'fail', cause: 'BAD', message: 'It is bad', data: { status: 500 } };
const skip: CheckResult = { ...about, status: 'skip', reason: 'not asked' };
const crash: CheckResult = { ...about, status: 'crash', error: new HandoffError('INTERNAL', { message: 'oops' }) };

const run = (checks: readonly CheckResult[], failOn: 'fail' | 'warn' = 'fail') =>
  runDocument({ profile: 'acme', channel: 'miaw', checks }, failOn);

describe('one check', () => {
  test('that passed says no more than it found', () => {
    expect(checkDocument(pass)).toEqual({
      id: 'service.token',
      title: 'Token',
      status: 'pass',
      durationMs: 12,
      detail: 'guest',
    });
  });

  test('that warned has cause, message, hint and step', () => {
    expect(checkDocument(warn)).toEqual({
      id: 'service.token',
      title: 'Token',
      status: 'warn',
      cause: 'ODD',
      message: 'It is odd',
      hint: 'mend it',
      step: 'miaw.1',
      durationMs: 12,
    });
  });

  test('that failed keeps its data', () => {
    expect(checkDocument(fail)).toMatchObject({ cause: 'BAD', data: { status: 500 } });
  });

  test('that was skipped tells its reason as message', () => {
    expect(checkDocument(skip)).toMatchObject({ status: 'skip', message: 'not asked' });
  });

  test('that crashed is a mistake of ours', () => {
    expect(checkDocument(crash)).toMatchObject({ status: 'crash', cause: 'INTERNAL', message: 'oops' });
  });

  test('survives being written as JSON', () => {
    expect(JSON.parse(JSON.stringify(checkDocument(fail)))).toEqual(checkDocument(fail));
  });
});

describe('a run', () => {
  test('counts each kind', () => {
    expect(run([pass, pass, warn, fail, skip, crash]).counts).toEqual({ pass: 2, warn: 1, fail: 1, skip: 1, crash: 1 });
  });

  test('keeps the order of the checks', () => {
    expect(run([fail, pass]).checks.map((check) => check.status)).toEqual(['fail', 'pass']);
  });

  test.each([
    ['of passes', [pass], 'fail', true],
    ['with a skip', [pass, skip], 'fail', true],
    ['with a warning', [pass, warn], 'fail', true],
    ['with a warning that shall count', [pass, warn], 'warn', false],
    ['with a failure', [pass, fail], 'fail', false],
    ['with a crash', [pass, crash], 'fail', false],
    ['of nothing', [], 'warn', true],
  ] as const)('%s is judged', (_, checks, failOn, ok) => {
    expect(run(checks, failOn).ok).toBe(ok);
  });
});
