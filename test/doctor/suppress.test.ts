import { describe, expect, it } from 'vitest';
import type { Suppression } from '../../src/config/suppressions.ts';
import type { CheckResult } from '../../src/core/check.ts';
import { HandoffError } from '../../src/core/errors.ts';
import { runDocument } from '../../src/doctor/result.ts';
import { lookAtSuppressions, ownSuppressions, suppress } from '../../src/doctor/suppress.ts';

const NOW = Date.UTC(2026, 10, 22, 9);
const ABOUT = { title: 'A', durationMs: 1, hint: 'mend it' };
const FAILED: CheckResult = {
  ...ABOUT,
  id: 'service.token',
  status: 'fail',
  cause: 'USER_VERIFICATION_ON',
  message: 'the channel demands verified users',
};
const PASSED: CheckResult = { ...ABOUT, id: 'network.dns', status: 'pass' };
const VALID: Suppression = { cause: 'USER_VERIFICATION_ON', reason: 'ticket 4711', until: '2026-12-31' };

const apply = (suppressions: readonly Suppression[], results: readonly CheckResult[] = [PASSED, FAILED]) =>
  suppress(results, ownSuppressions(suppressions, 'acme'), NOW);
const statuses = (results: readonly CheckResult[]) => results.map(({ id, status }) => `${id} ${status}`);

describe('a suppressed finding', () => {
  it('stays visible as skipped', () => {
    expect(statuses(apply([VALID]))).toEqual(['network.dns pass', 'service.token skip']);
  });

  it('tells the reason, the end and what was found', () => {
    expect(apply([VALID])[1]).toMatchObject({
      cause: 'USER_VERIFICATION_ON',
      reason: 'suppressed until 2026-12-31: ticket 4711 (USER_VERIFICATION_ON: the channel demands verified users)',
    });
  });

  it('no longer makes the answer no', () => {
    expect(runDocument({ profile: 'acme', channel: 'miaw', checks: apply([VALID]) }, 'warn').ok).toBe(true);
  });

  it.each([
    ['its check', { ...VALID, cause: undefined, check: 'service.token' }],
    ['cause and check', { ...VALID, check: 'service.token' }],
    ['its profile', { ...VALID, profile: 'acme' }],
    ['its last day', { ...VALID, until: '2026-11-22' }],
  ])('is found by %s', (_what, suppression) => {
    expect(apply([suppression as Suppression])[1]?.status).toBe('skip');
  });

  it.each([
    ['another cause', { ...VALID, cause: 'NOT_FOUND' }],
    ['another check', { ...VALID, check: 'network.dns' }],
    ['another profile', { ...VALID, profile: 'other' }],
  ])('is not found by %s', (_what, suppression) => {
    expect(apply([suppression])[1]?.status).toBe('fail');
  });

  it('is never a crash', () => {
    const crash: CheckResult = { ...ABOUT, id: 'a.b', status: 'crash', error: new HandoffError('INTERNAL') };
    expect(apply([{ check: 'a.b', reason: 'known', until: '2026-12-31' }], [crash])[0]?.status).toBe('crash');
  });
});

describe('a suppression that does not hold', () => {
  it.each([
    ['has ended', { ...VALID, until: '2026-11-21' }, 'SUPPRESSION_EXPIRED'],
    ['has no reason', { ...VALID, reason: ' ' }, 'SUPPRESSION_INCOMPLETE'],
    ['has no end', { ...VALID, until: undefined }, 'SUPPRESSION_INCOMPLETE'],
    ['ends on no day', { ...VALID, until: '2026-02-30' }, 'SUPPRESSION_INCOMPLETE'],
    ['names nothing', { ...VALID, cause: undefined }, 'SUPPRESSION_INCOMPLETE'],
  ])('because it %s is told as a warning and suppresses nothing', (_what, suppression, cause) => {
    expect(statuses(apply([suppression as Suppression]))).toEqual(['network.dns pass', 'service.token fail']);
    expect(lookAtSuppressions([suppression as Suppression], NOW)).toMatchObject({ status: 'warn', cause });
  });

  it('cannot be hidden by another', () => {
    const told: CheckResult = { ...FAILED, id: 'values.suppressions', status: 'warn', cause: 'SUPPRESSION_EXPIRED' };
    expect(apply([{ ...VALID, cause: 'SUPPRESSION_EXPIRED' }], [told])).toEqual([told]);
  });
});

describe('suppressions that hold', () => {
  it('are named with their ends', () => {
    expect(lookAtSuppressions([VALID], NOW)).toEqual({
      status: 'pass',
      detail: 'USER_VERIFICATION_ON until 2026-12-31',
    });
  });

  it('may be none', () => {
    expect(lookAtSuppressions([], NOW)).toEqual({ status: 'pass', detail: 'none' });
  });
});
