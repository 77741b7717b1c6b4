import { describe, expect, test } from 'vitest';
import { githubReport } from '../../src/ui/github.ts';
import { CRASHED, documentOf, FAILED, PASSED, SKIPPED, WARNED } from './report-samples.ts';

const linesOf = (...args: Parameters<typeof documentOf>) => githubReport(documentOf(...args)).split('\n');

test('a failure is an error with what to do', () => {
  expect(linesOf([FAILED])[0]).toBe(
    '::error title=acme%3A Name (NAME_NOT_FOUND)::acme.example does not resolve → check the name → sf-handoff guide miaw.2',
  );
});

test('a crash is an error too', () => {
  expect(linesOf([CRASHED])[0]).toMatch(/^::error title=acme%3A Event stream \(INTERNAL\)::/);
});

test('a warning is a warning', () => {
  expect(linesOf([WARNED])[0]).toBe(
    '::warning title=acme%3A Pre-chat (PRE_CHAT_NOT_IN_FORM)::Pincode is not in the form',
  );
});

test('what passed or was skipped is not annotated', () => {
  expect(linesOf([PASSED, SKIPPED], { ok: true })).toEqual(['1 of 1 ready, 0 not', '']);
});

test('the last line counts', () => {
  expect(linesOf([FAILED]).slice(-2)).toEqual(['0 of 1 ready, 1 not', '']);
});

test('without a cause the id stands in the title', () => {
  const { cause: _, ...check } = FAILED;
  expect(linesOf([check])[0]).toContain('(network.dns)');
});

describe('more than GitHub shows', () => {
  const many = (count: number, check: typeof FAILED) => Array.from({ length: count }, () => check);

  test('are ten of a kind, the rest counted in one notice', () => {
    const lines = linesOf([...many(13, FAILED), ...many(11, WARNED)]);
    const kinds = lines.map((line) => /^::(\w+)/.exec(line)?.[1] ?? '');
    expect(['error', 'warning', 'notice'].map((kind) => kinds.filter((each) => each === kind).length)).toEqual([
      10, 10, 1,
    ]);
  });

  test('are named with their number', () => {
    expect(linesOf([...many(13, FAILED), ...many(11, WARNED)])).toContain(
      '::notice title=sf-handoff doctor::3 more errors and 1 more warning: see the summary of this job',
    );
  });
});

describe('hostile text', () => {
  const hostile = 'a%b:c,d\r\n::set-env name=PATH::/tmp\u2028::error::x\u001b[31m';

  test('never begins a line of its own', () => {
    const lines = linesOf([{ ...FAILED, message: hostile, title: hostile }], { profile: hostile });
    expect(lines).toHaveLength(3);
  });

  test('is escaped in a message as GitHub wants it', () => {
    expect(linesOf([{ ...WARNED, message: 'a%b\nc:d,e' }])[0]).toMatch(/::a%25b%0Ac:d,e$/);
  });

  test('is escaped in a title further than that', () => {
    const { cause: _, ...check } = FAILED;
    expect(linesOf([{ ...check, title: 'a%b:c,d\ne' }])[0]).toContain(
      'title=acme%3A a%25b%3Ac%2Cd%0Ae (network.dns)::',
    );
  });
});
