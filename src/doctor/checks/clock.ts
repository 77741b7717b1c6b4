import type { CheckOutcome } from '../../core/check.ts';
import { formatDuration } from '../../core/duration.ts';
import { passed, skipped } from './outcomes.ts';

/** Certificates and tokens forgive less than this; caches and slow answers make up for some of it. */
const TOLERATED_MS = 120_000;

/** Compares this computer's clock with the `Date` header of an answer. */
export function lookAtClock(date: string | undefined, now: number): CheckOutcome {
  const theirs = Date.parse(date ?? '');
  if (Number.isNaN(theirs)) return skipped('the service does not tell the time');
  const aheadMs = now - theirs;
  if (Math.abs(aheadMs) <= TOLERATED_MS) return passed('agrees with the service’s', { aheadMs });
  return {
    status: 'warn',
    cause: 'CLOCK_WRONG',
    message: `This computer’s clock is ${formatDuration(Math.abs(aheadMs))} ${aheadMs > 0 ? 'ahead of' : 'behind'} the service’s`,
    hint: 'set the clock right (automatic time): certificates and tokens are judged by it',
    data: { aheadMs },
  };
}

/** The service's own time, by which it judges: ours, unless ours is plainly wrong. */
export function serviceNow(date: string | undefined, now: number): number {
  const theirs = Date.parse(date ?? '');
  return Math.abs(now - theirs) > TOLERATED_MS ? theirs : now;
}
