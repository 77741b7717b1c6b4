import type { CheckResult, CheckStatus } from '../core/check.ts';
import type { Channel } from '../core/events.ts';
import type { GuideStep } from '../core/guide-step.ts';

export type FailOn = 'fail' | 'warn';
type Counts = Readonly<Record<CheckStatus, number>>;

/** One check as the JSON document of `doctor` carries it. */
export interface CheckDocument {
  readonly id: string;
  readonly title: string;
  readonly status: CheckStatus;
  readonly cause?: string;
  readonly message?: string;
  readonly detail?: string;
  readonly hint?: string;
  readonly step?: GuideStep;
  readonly durationMs: number;
  readonly data?: unknown;
}

export interface RunDocument {
  readonly profile: string;
  readonly channel: Channel;
  readonly ok: boolean;
  readonly counts: Counts;
  readonly checks: readonly CheckDocument[];
}

/** Results of one profile as the document of the public interface. */
export function runDocument(
  run: { readonly profile: string; readonly channel: Channel; readonly checks: readonly CheckResult[] },
  failOn: FailOn,
): RunDocument {
  const counts = countChecks(run.checks);
  const checks = run.checks.map(checkDocument);
  return { profile: run.profile, channel: run.channel, ok: isOk(counts, failOn), counts, checks };
}

function countChecks(checks: readonly { readonly status: CheckStatus }[]): Counts {
  const counts = { pass: 0, warn: 0, fail: 0, skip: 0, crash: 0 };
  for (const { status } of checks) counts[status] += 1;
  return counts;
}

/** A crash is never well: nobody knows what the check would have said. */
function isOk(counts: Counts, failOn: FailOn): boolean {
  return counts.fail === 0 && counts.crash === 0 && (failOn === 'fail' || counts.warn === 0);
}

export function checkDocument(result: CheckResult): CheckDocument {
  const about = { id: result.id, title: result.title, status: result.status, durationMs: result.durationMs };
  switch (result.status) {
    case 'pass':
      return { ...about, ...only(result, ['detail', 'data']) };
    case 'warn':
    case 'fail':
      return { ...about, ...only(result, ['cause', 'message', 'detail', 'hint', 'step', 'data']) };
    case 'skip':
      return { ...about, ...only(result, ['cause']), message: result.reason };
    case 'crash':
      return { ...about, cause: 'INTERNAL', message: result.error.message, hint: result.error.hint };
  }
}

function only<T extends object, K extends keyof T>(from: T, keys: readonly K[]): Pick<T, K> {
  const present = keys.filter((key) => from[key] !== undefined);
  return Object.fromEntries(present.map((key) => [key, from[key]])) as Pick<T, K>;
}
