import { expect, test } from 'vitest';
import type { CheckResult } from '../../src/core/check.ts';
import { tellOnce } from '../../src/doctor/tell-once.ts';

const result = (id: string, status: 'warn' | 'fail', cause: string): CheckResult => ({
  ...{ id, title: id, durationMs: 1, hint: 'mend it' },
  ...{ status, cause, message: 'as it is' },
});
const told = (...results: CheckResult[]) => tellOnce(results).map(({ id, status }) => `${id} ${status}`);

test.each([
  ['NO_AGENT_AVAILABLE', 'NO_AGENT_AVAILABLE'],
  ['TOKEN_EXPIRES_SOON', 'TOKEN_EXPIRED'],
  ['TOKEN_EXPIRES_SOON', 'SESSION_LOST'],
  ['PRE_CHAT_NOT_A_CHOICE', 'PRE_CHAT_REJECTED'],
])('a warning of %s is left to a later failure by %s', (warned, failed) => {
  expect(told(result('a', 'warn', warned), result('b', 'fail', failed))).toEqual(['a skip', 'b fail']);
});

test('the check that it is left to is named', () => {
  const [left] = tellOnce([result('a', 'warn', 'RATE_LIMITED'), result('b', 'fail', 'RATE_LIMITED')]);
  expect(left).toEqual({
    ...{ id: 'a', title: 'a', durationMs: 1, hint: 'mend it' },
    ...{ status: 'skip', reason: 'left to b, which failed for this reason' },
  });
});

test.each([
  ['another cause', result('a', 'warn', 'CLOCK_WRONG'), result('b', 'fail', 'NOT_FOUND')],
  ['a failure before it', result('a', 'fail', 'NOT_FOUND'), result('b', 'warn', 'NOT_FOUND')],
  ['a warning only', result('a', 'warn', 'NOT_FOUND'), result('b', 'warn', 'NOT_FOUND')],
])('a warning stays beside %s', (_, ...results) => {
  expect(tellOnce(results)).toEqual(results);
});
