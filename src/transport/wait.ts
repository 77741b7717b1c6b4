import type { Clock, Random } from '../core/clock.ts';
import { type ErrorCode, HandoffError } from '../core/errors.ts';
import { backoffMs } from './backoff.ts';

const LONGEST_WAIT_MS = 60_000;
const BACKOFF = { baseMs: 1000, factor: 2, capMs: LONGEST_WAIT_MS } as const;
const SHORTEST_WAIT_MS = 250;

/** How long to wait before asking again: what the service asks for, else a growing time; never more than a minute. */
export function waitMs(attempt: number, retryAfter: string | undefined, clock: Clock, random: Random): number {
  const asked = retryAfterMs(retryAfter, clock);
  const wait = asked ?? Math.max(SHORTEST_WAIT_MS, backoffMs(attempt, random, BACKOFF));
  return Math.min(wait, LONGEST_WAIT_MS);
}

/** `Retry-After` is a number of seconds or a date. */
export function retryAfterMs(header: string | undefined, clock: Clock): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - clock.now());
}

const MOST_REFUSALS = 2;
/** Before a chat is open somebody waits at the terminal; who is asked to wait longer is told so instead. */
const PATIENCE_MS = 15_000;

const NEVER_SENT: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'NAME_NOT_FOUND',
  'NAME_LOOKUP_FAILED',
  'CONNECTION_REFUSED',
  'NETWORK_UNREACHABLE',
]);

/** Whether a request has certainly not reached the service, so that asking again repeats nothing. */
export function wasNeverSent(error: unknown): boolean {
  return error instanceof HandoffError && NEVER_SENT.has(error.code);
}

interface Patience {
  readonly clock: Clock;
  readonly random: Random;
  readonly signal: AbortSignal;
}

/**
 * Does the work again, twice at most, where it was refused for its rate and the service says how long that lasts: what was
 * refused was not carried out. Without that word the limit may last half an hour.
 */
export async function patiently<T>({ clock, random, signal }: Patience, work: () => Promise<T>): Promise<T> {
  for (let refusals = 0; ; refusals += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof HandoffError) || error.code !== 'RATE_LIMITED' || refusals >= MOST_REFUSALS) throw error;
      const asked = error.details?.retryAfter;
      const ms = typeof asked === 'string' ? waitMs(refusals, asked, clock, random) : Number.POSITIVE_INFINITY;
      if (ms > PATIENCE_MS) throw error;
      await clock.sleep(ms, signal);
    }
  }
}
