import type { CheckResult } from '../core/check.ts';

/** What a warning turns into once somebody tries. */
const TURNS_INTO: Readonly<Record<string, readonly string[]>> = {
  TOKEN_EXPIRES_SOON: ['TOKEN_EXPIRED', 'SESSION_LOST'],
};

/** One fact is one alarm: a warning is left to the check that fails for the same reason, and shown as skipped. */
export function tellOnce(results: readonly CheckResult[]): readonly CheckResult[] {
  return results.map((result, index) => {
    if (result.status !== 'warn') return result;
    const later = results
      .slice(index + 1)
      .find((other) => other.status === 'fail' && isSame(result.cause, other.cause));
    if (!later) return result;
    const { id, title, durationMs, hint = '' } = result;
    return { id, title, durationMs, hint, status: 'skip', reason: `left to ${later.id}, which failed for this reason` };
  });
}

function isSame(warned: string, failed: string): boolean {
  if (warned === failed || TURNS_INTO[warned]?.includes(failed)) return true;
  return warned.startsWith('PRE_CHAT_') && failed === 'PRE_CHAT_REJECTED';
}
