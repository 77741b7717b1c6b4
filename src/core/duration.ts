import { HandoffError } from './errors.ts';

const UNITS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;
const LONGEST_MS = 24 * UNITS.h;

/** `500ms`, `10s`, `2m`, `1h` as milliseconds; a bare number is seconds. Throws INVALID_ARGUMENT on anything else. */
export function parseDuration(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text.trim());
  const ms = match ? Number(match[1]) * UNITS[(match[2] ?? 's') as keyof typeof UNITS] : Number.NaN;
  if (!(ms > 0 && ms <= LONGEST_MS)) {
    throw new HandoffError('INVALID_ARGUMENT', {
      message: `“${text}” is not a duration`,
      hint: 'write it as 500ms, 10s, 2m or 1h (at most 24h)',
    });
  }
  return ms;
}

/** Milliseconds as people say them: `340 ms`, `1.4 s`, `12 s`, `2 min 5 s`. */
export function formatDuration(ms: number): string {
  // A clock set back must not show as a negative span, nor rounding as “1000 ms” or “10.0 s”.
  const whole = Math.max(0, Math.round(ms));
  if (whole < 1000) return `${whole} ms`;
  if (whole < 9950) return `${(whole / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const rest = seconds % 60;
  return rest ? `${Math.floor(seconds / 60)} min ${rest} s` : `${Math.floor(seconds / 60)} min`;
}
