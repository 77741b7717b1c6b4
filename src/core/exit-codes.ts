import type { GuideStep } from './guide-step.ts';

/** Exit codes of the program; see the public interface. */
export const EXIT = {
  ok: 0,
  no: 1,
  usage: 2,
  refused: 3,
  unreachable: 4,
  internal: 70,
  interrupted: 130,
  terminated: 143,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export interface ErrorEntry {
  readonly exit: ExitCode;
  readonly message: string;
  readonly hint: string;
  readonly step?: GuideStep;
}
