import type { GuideStep } from '../../core/guide-step.ts';

/** What is known about one cause. */
export interface Cause {
  /** What a person sees before anybody knows why. */
  readonly symptom: string;
  /** What shows that it is this and nothing else. */
  readonly proof: string;
  /** What to do about it. */
  readonly mend: string;
  /** Where the set-up guide tells more. */
  readonly step?: GuideStep;
}

export type Causes = Readonly<Record<string, Cause>>;

/** Causes that belong together, in the order of the documentation. */
export interface CauseGroup {
  readonly title: string;
  readonly causes: Causes;
}

/** A cause in one breath, so that a table of them stays readable. */
export function because(symptom: string, proof: string, mend: string, step?: GuideStep): Cause {
  return { symptom, proof, mend, ...(step ? { step } : {}) };
}
