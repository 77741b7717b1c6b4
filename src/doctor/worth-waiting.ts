import type { CheckResult } from '../core/check.ts';
import type { ErrorCode } from '../core/errors.ts';
import type { FailOn } from './result.ts';

/** What comes right by itself, or by what somebody is just doing in Setup. A wrong value or certificate does not. */
const PASSING: readonly ErrorCode[] = [
  'DEPLOYMENT_NOT_PUBLISHED',
  'CHANNEL_INACTIVE',
  'NO_AGENT_AVAILABLE',
  'RATE_LIMITED',
  'SERVICE_ERROR',
  'NAME_LOOKUP_FAILED',
  'CONNECTION_REFUSED',
  'CONNECTION_LOST',
  'NETWORK_UNREACHABLE',
  'TIMED_OUT',
  'STREAM_SILENT',
];
const RETRY_MS = 5000;
/** Who is told to slow down slows down. */
const RATE_LIMITED_MS = 30_000;

/** What is being waited for. */
export interface Awaited {
  readonly title: string;
  readonly cause: string;
  readonly retryMs: number;
}

/** Whether asking again may change the answer: undefined where all is well, or where something is wrong that stays wrong. */
export function worthWaiting(results: readonly CheckResult[], failOn: FailOn): Awaited | undefined {
  const open = results.filter((result) => isOpen(result, failOn));
  const [first] = open;
  if (!first || !open.every((result) => isPassing(result))) return undefined;
  const limited = open.some((result) => causeOf(result) === 'RATE_LIMITED');
  return { title: first.title, cause: causeOf(first), retryMs: limited ? RATE_LIMITED_MS : RETRY_MS };
}

/** Nobody online is a warning only, but whoever waits is waiting for exactly that. */
function isOpen(result: CheckResult, failOn: FailOn): boolean {
  if (result.status === 'warn') return failOn === 'warn' || result.cause === 'NO_AGENT_AVAILABLE';
  return result.status === 'fail' || result.status === 'crash';
}

function isPassing(result: CheckResult): boolean {
  return (PASSING as readonly string[]).includes(causeOf(result));
}

function causeOf(result: CheckResult): string {
  return result.status === 'fail' || result.status === 'warn' ? result.cause : '';
}
