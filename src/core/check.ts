import type { HandoffError } from './errors.ts';
import type { Channel } from './events.ts';
import type { GuideStep } from './guide-step.ts';

export type CheckStatus = 'pass' | 'warn' | 'fail' | 'skip' | 'crash';
export type CheckLevel = 'offline' | 'service' | 'chat';

/** What a check found. `cause` is stable, UPPER_SNAKE, one per distinct fault; `data` is for programs. */
export type CheckOutcome =
  | { readonly status: 'pass'; readonly detail?: string; readonly data?: unknown }
  | {
      readonly status: 'warn' | 'fail';
      readonly cause: string;
      readonly message: string;
      readonly detail?: string;
      readonly hint?: string;
      readonly step?: GuideStep;
      readonly data?: unknown;
    }
  /** `cause` only where something was found and is left out on purpose. */
  | { readonly status: 'skip'; readonly reason: string; readonly cause?: string };

/** A check is data: what it is called, what must have passed before, and one function that looks. `P` is the run's probe. */
export interface Check<P> {
  /** `area.kebab-case`; never changes its meaning. */
  readonly id: string;
  readonly title: string;
  /** Said where the outcome names no better one. */
  readonly hint: string;
  readonly level: CheckLevel;
  readonly channels: readonly Channel[];
  /** Ids of checks that must not have failed. */
  readonly needs?: readonly string[];
  run(probe: P, signal: AbortSignal): Promise<CheckOutcome>;
}

export type CheckResult = {
  readonly id: string;
  readonly title: string;
  readonly durationMs: number;
  readonly hint: string;
} & (CheckOutcome | { readonly status: 'crash'; readonly error: HandoffError });
