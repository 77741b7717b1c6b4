import type { ReportCheck, ReportDocument } from '../../src/ui/report-document.ts';

/** A doctor document around these checks, for the reports that machines read. */
export function documentOf(
  checks: readonly ReportCheck[],
  run: { profile?: string; ok?: boolean } = {},
): ReportDocument {
  const ok = run.ok ?? false;
  return {
    tool: { name: 'sf-handoff', version: '1.2.3' },
    startedAt: '2026-01-05T09:00:00.000Z',
    durationMs: 400,
    ok,
    runs: [
      {
        profile: run.profile ?? 'acme',
        channel: 'miaw',
        ok,
        counts: { pass: 0, warn: 0, fail: 0, skip: 0, crash: 0 },
        checks,
      },
    ],
  };
}

export const PASSED: ReportCheck = {
  id: 'values.org-id',
  title: 'Organization ID',
  status: 'pass',
  detail: 'belongs to the host',
  durationMs: 0,
};

export const FAILED: ReportCheck = {
  id: 'network.dns',
  title: 'Name',
  status: 'fail',
  cause: 'NAME_NOT_FOUND',
  message: 'acme.example does not resolve',
  hint: 'check the name',
  step: 'miaw.2',
  durationMs: 14,
};

export const WARNED: ReportCheck = {
  id: 'service.pre-chat',
  title: 'Pre-chat',
  status: 'warn',
  cause: 'PRE_CHAT_NOT_IN_FORM',
  message: 'Pincode is not in the form',
  durationMs: 3,
};

export const SKIPPED: ReportCheck = {
  id: 'network.tls',
  title: 'TLS',
  status: 'skip',
  message: 'network.dns failed',
  durationMs: 0,
};

export const CRASHED: ReportCheck = {
  id: 'stream.open',
  title: 'Event stream',
  status: 'crash',
  cause: 'INTERNAL',
  message: 'sf-handoff made a mistake',
  durationMs: 1,
};
