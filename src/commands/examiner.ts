import type { Context } from '../context.ts';
import { formatDuration } from '../core/duration.ts';
import type { Http } from '../core/http.ts';
import { type Exchange, recorded } from '../doctor/exchanges.ts';
import { usableValue } from '../doctor/service-url.ts';
import { createTokenBudget } from '../doctor/token-budget.ts';
import type { DoctorOptions } from './doctor-options.ts';
import type { DoctorRun } from './doctor-output.ts';
import { examine, httpFor } from './examine.ts';
import { networkOptions } from './options.ts';
import { loadSuppressions } from './suppressions.ts';
import type { Target } from './target.ts';
import { createTurns, type Turns } from './turns.ts';

/** Examines targets, as often as asked, within the limits that hold for all of them together. */
export interface Examiner {
  /** Waits for the token limit of the org and for a free place, then examines the target once. */
  examine(target: Target, tell: (text: string) => void): Promise<DoctorRun>;
  /** How long the token limit of the org would make the target wait now. */
  delayMs(target: Target): number;
  /** What went over the wire in the last examination of each target; kept where a bundle is wanted. */
  readonly exchanges: ReadonlyMap<Target, readonly Exchange[]>;
}

const SIDE_BY_SIDE = 8;
const WORTH_TELLING_MS = 1000;

export async function createExaminer(
  targets: readonly Target[],
  options: DoctorOptions,
  context: Context,
): Promise<Examiner> {
  const { clock, signal } = context;
  const level = options.level ?? 'service';
  const http = await httpFor(level, await networkOptions(options, context), context);
  const suppressions = await loadSuppressions(targets, options, context);
  const budget = createTokenBudget(clock);
  const places = createTurns(options.concurrency ?? SIDE_BY_SIDE);
  const lanes = createLanes();
  const exchanges = new Map<Target, readonly Exchange[]>();
  // A chat is another guest, with a token of its own; what a run takes besides is learnt from those before it.
  let callsOfRun = level === 'chat' ? 2 : 1;
  const delayMs = (target: Target) => budget.delayMs(orgOf(target), callsOfRun);

  const once = async (target: Target, tell: (text: string) => void) => {
    const before = budget.total(orgOf(target));
    const kept: Exchange[] = [];
    exchanges.set(target, kept);
    const counted = budget.counted(http, orgOf(target));
    const own: Http = options.bundle === undefined ? counted : recorded(counted, clock, kept);
    const found = await examine(target, options, context, tell, { http: own, suppressions });
    callsOfRun = Math.max(callsOfRun, budget.total(orgOf(target)) - before);
    return found;
  };
  return {
    exchanges,
    delayMs,
    examine: (target, tell) =>
      lanes(target).take(async () => {
        const ms = level === 'offline' || target.validation.channel !== 'miaw' ? 0 : delayMs(target);
        if (ms > WORTH_TELLING_MS) await tellPause(target, ms, tell, context);
        if (ms > 0) await clock.sleep(ms, signal);
        return places.take(() => once(target, tell));
      }),
  };
}

async function tellPause(target: Target, ms: number, tell: (text: string) => void, { io }: Context): Promise<void> {
  const text = `waiting ${formatDuration(ms)}, so that the org is asked for no more than two tokens a minute`;
  tell(text);
  if (!io.animated) await io.note([[{ text: `${target.name}: ${text}`, tone: 'dim' }]]);
}

/** Profiles of one org ask for tokens one after the other; all others do not wait for each other. */
function createLanes(): (target: Target) => Turns {
  const lanes = new Map<string, Turns>();
  return (target) => {
    const org = orgOf(target);
    if (target.validation.channel !== 'miaw' || org === '') return createTurns(1);
    const lane = lanes.get(org) ?? createTurns(1);
    lanes.set(org, lane);
    return lane;
  };
}

function orgOf({ validation }: Target): string {
  return usableValue(validation, 'orgId') ?? '';
}
