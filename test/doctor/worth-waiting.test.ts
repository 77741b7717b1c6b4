import { describe, expect, it } from 'vitest';
import type { CheckResult } from '../../src/core/check.ts';
import { HandoffError } from '../../src/core/errors.ts';
import { worthWaiting } from '../../src/doctor/worth-waiting.ts';

const result = (status: 'fail' | 'warn', cause: string): CheckResult => ({
  id: 'a.b',
  title: 'A',
  durationMs: 1,
  hint: '',
  status,
  cause,
  message: '',
});

describe('waiting', () => {
  it.each(['DEPLOYMENT_NOT_PUBLISHED', 'NO_AGENT_AVAILABLE', 'SERVICE_ERROR', 'CONNECTION_REFUSED', 'TIMED_OUT'])(
    'is worth it after %s',
    (cause) => {
      expect(worthWaiting([result('fail', cause)], 'fail')).toMatchObject({ cause, retryMs: 5000 });
    },
  );

  it.each(['DEPLOYMENT_UNKNOWN', 'ID_SUFFIX_WRONG', 'TLS_WRONG_HOST', 'NAME_NOT_FOUND', 'USER_VERIFICATION_ON'])(
    'is of no use after %s',
    (cause) => {
      expect(worthWaiting([result('fail', cause)], 'fail')).toBeUndefined();
    },
  );

  it('is of no use where one of two faults stays', () => {
    const results = [result('fail', 'SERVICE_ERROR'), result('fail', 'ID_LENGTH')];
    expect(worthWaiting(results, 'fail')).toBeUndefined();
  });

  it('is slower after a rate limit', () => {
    expect(worthWaiting([result('fail', 'RATE_LIMITED')], 'fail')?.retryMs).toBe(30_000);
  });

  it('goes on for an agent even where that is only a warning', () => {
    expect(worthWaiting([result('warn', 'NO_AGENT_AVAILABLE')], 'fail')).toBeDefined();
  });

  it('does not mind other warnings unless they count', () => {
    const results = [result('warn', 'LIVE_CHAT_RETIRED'), result('fail', 'SERVICE_ERROR')];
    expect([worthWaiting(results, 'fail'), worthWaiting(results, 'warn')]).toEqual([expect.anything(), undefined]);
  });

  it('is over when all is well', () => {
    expect(worthWaiting([], 'warn')).toBeUndefined();
  });

  it('is of no use after a crash', () => {
    const crash: CheckResult = {
      id: 'a.b',
      title: 'A',
      durationMs: 1,
      hint: '',
      status: 'crash',
      error: new HandoffError('INTERNAL'),
    };
    expect(worthWaiting([crash], 'fail')).toBeUndefined();
  });
});
