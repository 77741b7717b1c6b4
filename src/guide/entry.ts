import type { GuideStep } from '../core/guide-step.ts';

type GuideTrack = 'live-chat' | 'miaw' | 'metadata' | 'prerequisite';

/** One step of the set-up guide. Placeholders in angle brackets are for the reader to fill in. */
export interface GuideEntry {
  readonly id: GuideStep;
  readonly title: string;
  readonly track: GuideTrack;
  /** Where to click, from the outside in; `›` separates the levels. */
  readonly where: string;
  /** What to do, one imperative sentence each, in order. */
  readonly do: readonly string[];
  /** What goes wrong here, and where the vendor's page is wrong or old. */
  readonly notes?: readonly string[];
  /** Which values this step yields, and what they look like. */
  readonly values?: readonly string[];
}
