import type { IdleLimits } from './live-chat-state.ts';

/** The visitor's idle timer, which the service leaves to the client. `since` is the last activity, epoch milliseconds. */
export interface IdleWatch {
  readonly limits: IdleLimits | undefined;
  readonly since: number;
  readonly warned: boolean;
}

/** When the timer next has something to say. */
export function idleAlarmAt(watch: IdleWatch): number | undefined {
  if (watch.limits === undefined) return undefined;
  const { warningMs, timeoutMs } = watch.limits;
  return watch.since + (watch.warned ? timeoutMs : Math.min(warningMs, timeoutMs));
}

export function idleDue(watch: IdleWatch, now: number): 'warn' | 'end' | undefined {
  if (watch.limits === undefined) return undefined;
  if (now >= watch.since + watch.limits.timeoutMs) return 'end';
  return !watch.warned && now >= watch.since + watch.limits.warningMs ? 'warn' : undefined;
}
