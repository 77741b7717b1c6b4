import { ERRORS, type ErrorCode } from './error-table.ts';
import type { ErrorShape } from './events.ts';
import type { ErrorEntry, ExitCode } from './exit-codes.ts';
import type { GuideStep } from './guide-step.ts';

export { ERRORS, type ErrorCode } from './error-table.ts';
export { EXIT, type ExitCode } from './exit-codes.ts';

interface ErrorParts {
  readonly message?: string;
  readonly hint?: string;
  readonly step?: GuideStep;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/** The one error of the program. Message, hint and step default to the table's; `details` are for programs and --verbose. */
export class HandoffError extends Error {
  override readonly name = 'HandoffError';
  readonly code: ErrorCode;
  readonly hint: string;
  readonly step: GuideStep | undefined;
  readonly details: Readonly<Record<string, unknown>> | undefined;

  constructor(code: ErrorCode, parts: ErrorParts = {}) {
    const entry: ErrorEntry = ERRORS[code];
    super(parts.message ?? entry.message, { cause: parts.cause });
    this.code = code;
    this.hint = parts.hint ?? entry.hint;
    this.step = parts.step ?? entry.step;
    this.details = parts.details;
  }

  get exitCode(): ExitCode {
    return ERRORS[this.code].exit;
  }

  toShape(): ErrorShape {
    const shape = { code: this.code, message: this.message, hint: this.hint };
    return this.step ? { ...shape, step: this.step } : shape;
  }
}

/** Any thrown thing as a HandoffError; what we did not foresee becomes INTERNAL with the original as its cause. */
export function asHandoffError(thrown: unknown): HandoffError {
  if (thrown instanceof HandoffError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new HandoffError('INTERNAL', { message: `sf-handoff made a mistake: ${message}`, cause: thrown });
}
