import type { Clock, Random } from '../core/clock.ts';
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
