import { setMaxListeners } from 'node:events';
import { type Clock, systemClock } from '../../src/core/clock.ts';
import type { ChatSession } from '../../src/core/session.ts';
import { compressedClock } from './compressed-clock.ts';
import { workShift } from './shift.ts';
import { createTally, type Tally } from './tally.ts';
import { growth, surplus, takeVitals, type Vitals } from './vitals.ts';

export interface SoakPlan {
  readonly seed: number;
  /** The wall's, or one that leaps over all waiting. */
  readonly time: 'real' | 'compressed';
  readonly lengthMs: number;
  /** How many chats are held at once. */
  readonly lanes?: number;
  readonly shifts?: number;
  readonly hurry: AbortSignal;
  readonly tally?: Tally;
  readonly spoil?: (session: ChatSession) => ChatSession;
}

export interface SoakResult {
  readonly tally: Tally;
  /** Taken between the shifts, when nothing is open. */
  readonly vitals: readonly Vitals[];
  readonly tookMs: number;
}

const MOST_SHIFTS = 6;
/** In a shorter one hardly a chat comes to its end. */
const SHORTEST_SHIFT_MS = 10_000;
/** Real time leaves room for more of them at once. */
const LANES = { compressed: 8, real: 40 } as const;
const WARM_UP_MS = 60_000;

/** Holds chats for so long, several at once, and compares what each side says about them. `tally.violations` is the verdict. */
export async function soak(plan: SoakPlan): Promise<SoakResult> {
  const { tally = createTally(), shifts = shiftsIn(plan.lengthMs) } = plan;
  // Every chat listens to it.
  setMaxListeners(0, plan.hurry);
  const startedAt = systemClock.now();
  using compressed = plan.time === 'compressed' ? compressedClock() : undefined;
  const clock: Clock = compressed ?? systemClock;
  const vitals: Vitals[] = [];
  const handles = (await takeVitals()).handles;
  for (let number = 1; number <= shifts && !plan.hurry.aborted; number += 1) {
    const { seed, time, hurry, spoil, lanes = LANES[time], lengthMs } = plan;
    await workShift({ seed, name: `${number}`, clock, lengthMs: lengthMs / shifts, lanes, hurry, tally, spoil });
    const now = await takeVitals(handles);
    const left = surplus(now.handles, handles);
    if (left.length > 0) tally.violations.push(`after shift ${number}: left behind ${left.join(', ')}`);
    if (compressed && compressed.sleeping > 0)
      tally.violations.push(`after shift ${number}: ${compressed.sleeping} sleepers left behind`);
    vitals.push(now);
  }
  tally.violations.push(...growth(vitals));
  if (tally.of('chats') === 0 && !plan.hurry.aborted) tally.violations.push('no chat was held, so nothing is proven');
  return { tally, vitals, tookMs: systemClock.now() - startedAt };
}

function shiftsIn(lengthMs: number): number {
  return Math.min(MOST_SHIFTS, Math.max(1, Math.floor(lengthMs / SHORTEST_SHIFT_MS)));
}

/** What is loaded and compiled once is no growth. */
export async function warmUp(hurry: AbortSignal): Promise<void> {
  await soak({ seed: 0, time: 'compressed', lengthMs: WARM_UP_MS, hurry });
}
