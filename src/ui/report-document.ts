import type { CheckStatus } from '../core/check.ts';

/** What the machine-readable reports need of a doctor document; durations are milliseconds. */
export interface ReportDocument {
  readonly tool: { readonly name: string; readonly version: string };
  readonly startedAt: string;
  readonly durationMs: number;
  readonly ok: boolean;
  readonly runs: readonly {
    readonly profile: string;
    readonly channel: string;
    readonly ok: boolean;
    readonly counts: Readonly<Record<CheckStatus, number>>;
    readonly checks: readonly ReportCheck[];
  }[];
}

export interface ReportCheck {
  readonly id: string;
  readonly title: string;
  readonly status: CheckStatus;
  readonly cause?: string;
  readonly message?: string;
  readonly detail?: string;
  readonly hint?: string;
  readonly step?: string;
  readonly durationMs: number;
}

/** `message, hint, step` as one text. */
export function adviceOf(check: ReportCheck): string {
  const step = check.step ? `sf-handoff guide ${check.step}` : undefined;
  return [check.message, check.hint, step].filter(Boolean).join(' → ');
}
