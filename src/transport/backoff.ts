import type { Random } from '../core/clock.ts';

export interface BackoffOptions {
  readonly baseMs: number;
  readonly factor: number;
  readonly capMs: number;
}

const DEFAULTS: BackoffOptions = { baseMs: 1000, factor: 1.5, capMs: 30_000 };

/**
 * How long to wait before trying again, in whole milliseconds. `attempt` counts from 0. Full jitter: anything from nothing to
 * base × factor^attempt (never above the cap), so that many clients thrown out together do not come back together.
 */
export function backoffMs(attempt: number, random: Random, options: Partial<BackoffOptions> = {}): number {
  const { baseMs, factor, capMs } = { ...DEFAULTS, ...options };
  const ceiling = Math.min(capMs, baseMs * factor ** Math.max(0, attempt));
  return Math.floor(random.next() * ceiling);
}
