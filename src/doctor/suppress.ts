import type { Suppression } from '../config/suppressions.ts';
import type { CheckOutcome, CheckResult } from '../core/check.ts';

const HINT = 'give it a "reason" and an "until" such as "2026-12-31" in the project file, or take it out';

/** The check that tells of suppressions which do not hold; it is never suppressed itself. */
export const SUPPRESSIONS_CHECK = 'values.suppressions';

/** Those of all profiles and of this one. */
export function ownSuppressions(suppressions: readonly Suppression[], profile: string): readonly Suppression[] {
  return suppressions.filter((suppression) => suppression.profile === undefined || suppression.profile === profile);
}

/**
 * The results with what is suppressed shown as skipped, its reason beside it. A suppression without a reason or an end, or one
 * that is over, suppresses nothing. A crash is never suppressed. `now` is epoch milliseconds.
 */
export function suppress(
  results: readonly CheckResult[],
  suppressions: readonly Suppression[],
  now: number,
): readonly CheckResult[] {
  const valid = suppressions.filter((suppression) => !faultOf(suppression, now));
  return results.map((result) => (result.id === SUPPRESSIONS_CHECK ? result : leaveOut(result, valid)));
}

/** What is wrong with the suppressions of the project, as far as they concern this profile. */
export function lookAtSuppressions(suppressions: readonly Suppression[], now: number): CheckOutcome {
  const faults = suppressions.flatMap((suppression) => faultOf(suppression, now) ?? []);
  const [worst] = faults;
  if (!worst) {
    const names = suppressions.map(({ cause, check, until }) => `${cause ?? check} until ${until}`);
    return { status: 'pass', detail: names.join(', ') || 'none' };
  }
  return { status: 'warn', cause: worst.cause, message: faults.map(({ message }) => message).join('. '), hint: HINT };
}

interface Fault {
  readonly cause: string;
  readonly message: string;
}

function faultOf(suppression: Suppression, now: number): Fault | undefined {
  const name = suppression.cause ?? suppression.check;
  if (name === undefined) return incomplete('A suppression names neither a cause nor a check');
  if (!suppression.reason?.trim()) return incomplete(`The suppression of ${name} has no reason`);
  const end = endOf(suppression.until);
  if (end === undefined) return incomplete(`The suppression of ${name} has no “until” with a day such as 2026-12-31`);
  if (now < end) return undefined;
  return {
    cause: 'SUPPRESSION_EXPIRED',
    message: `The suppression of ${name} ended on ${suppression.until} (${suppression.reason})`,
  };
}

function incomplete(message: string): Fault {
  return { cause: 'SUPPRESSION_INCOMPLETE', message: `${message}, so it suppresses nothing` };
}

const DAY_MS = 86_400_000;

/** The moment at which the day is over, in UTC; undefined for what is no day of the calendar. */
function endOf(until: string | undefined): number | undefined {
  if (until === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(until)) return undefined;
  const start = Date.parse(`${until}T00:00:00Z`);
  // The 31st of June would become the 1st of July.
  if (Number.isNaN(start) || !new Date(start).toISOString().startsWith(until)) return undefined;
  return start + DAY_MS;
}

function leaveOut(result: CheckResult, suppressions: readonly Suppression[]): CheckResult {
  if (result.status !== 'fail' && result.status !== 'warn') return result;
  const found = suppressions.find(
    ({ cause, check }) =>
      (cause === undefined || cause === result.cause) && (check === undefined || check === result.id),
  );
  if (!found) return result;
  const { id, title, durationMs, hint, cause, message } = result;
  const reason = `suppressed until ${found.until}: ${found.reason} (${cause}: ${message})`;
  return { id, title, durationMs, hint: hint ?? '', status: 'skip', cause, reason };
}
