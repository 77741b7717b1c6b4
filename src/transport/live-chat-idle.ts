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

/** After a leap of the clock the warning still comes first; nobody is cut off who was not warned. */
export function idleDue(watch: IdleWatch, now: number): 'warn' | 'end' | undefined {
  if (watch.limits === undefined) return undefined;
  const { warningMs, timeoutMs } = watch.limits;
  if (!watch.warned && warningMs < timeoutMs) return now >= watch.since + warningMs ? 'warn' : undefined;
  return now >= watch.since + timeoutMs ? 'end' : undefined;
}

/** The watch once the warning is shown: what is left until the end is counted from now. */
export function warnedAt(watch: IdleWatch, now: number): IdleWatch {
  return { ...watch, since: now - (watch.limits?.warningMs ?? 0), warned: true };
}
