import type { CheckResult, CheckStatus } from '../core/check.ts';

/** What is different about one check since the round before. */
export interface Change {
  readonly id: string;
  readonly title: string;
  /** Absent where the check was not there before. */
  readonly from?: CheckStatus;
  readonly to: CheckStatus;
  readonly cause?: string;
  readonly message?: string;
  readonly hint?: string;
  readonly step?: string;
}

/** Checks whose status or cause is another one now; numbers in a detail change all the time and do not count. */
export function changesBetween(before: readonly CheckResult[], now: readonly CheckResult[]): readonly Change[] {
  const earlier = new Map(before.map((result) => [result.id, result]));
  return now.flatMap((result) => {
    const last = earlier.get(result.id);
    if (last && last.status === result.status && causeOf(last) === causeOf(result)) return [];
    return [changeOf(result, last?.status)];
  });
}

function changeOf(result: CheckResult, from: CheckStatus | undefined): Change {
  const { id, title, status: to } = result;
  return { id, title, ...(from === undefined ? {} : { from }), to, ...wordsOf(result) };
}

function wordsOf(result: CheckResult): Partial<Change> {
  switch (result.status) {
    case 'pass':
      return result.detail === undefined ? {} : { message: result.detail };
    case 'skip':
      return { message: result.reason };
    case 'crash':
      return { cause: 'INTERNAL', message: result.error.message, hint: result.error.hint };
    case 'warn':
    case 'fail': {
      const { cause, message, hint, step } = result;
      return { cause, message, hint, ...(step ? { step } : {}) };
    }
  }
}

function causeOf(result: CheckResult): string | undefined {
  return result.status === 'fail' || result.status === 'warn' ? result.cause : undefined;
}
