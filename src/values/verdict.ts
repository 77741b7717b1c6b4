import type { Finding, Severity, ValueStatus } from '../core/config.ts';
import type { GuideStep } from '../core/guide-step.ts';

/** What became of one value. `given` is present only where the text as given holds a secret; it is masked then. */
export interface FieldVerdict {
  readonly value: string | null;
  readonly status: ValueStatus;
  readonly findings: readonly Finding[];
  readonly given?: string;
}

export function verdict(value: string | null, findings: readonly Finding[], given?: string): FieldVerdict {
  const judged = { value, status: statusOf(findings), findings };
  return given === undefined ? judged : { ...judged, given };
}

function statusOf(findings: readonly Finding[]): ValueStatus {
  if (findings.some((finding) => finding.severity === 'fail')) return 'fail';
  return findings.some((finding) => finding.severity === 'warn') ? 'warn' : 'pass';
}

/** The same findings, none of them harsher than a warning. */
export function softened(findings: readonly Finding[]): Finding[] {
  return findings.map((finding) => (finding.severity === 'fail' ? { ...finding, severity: 'warn' } : finding));
}

/** Makes findings that all point to the same step of the guide. */
export function findingsAt(
  step: GuideStep,
): Record<Severity, (code: string, message: string, hint: string) => Finding> {
  const make =
    (severity: Severity) =>
    (code: string, message: string, hint: string): Finding => ({ code, severity, message, hint, step });
  return { info: make('info'), warn: make('warn'), fail: make('fail') };
}
