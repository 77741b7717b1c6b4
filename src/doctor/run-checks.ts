import type { Check, CheckOutcome, CheckResult } from '../core/check.ts';
import { type Clock, raceAbort, withDeadline } from '../core/clock.ts';
import { asHandoffError, EXIT, HandoffError } from '../core/errors.ts';
import { AGENT_WITHIN_MS } from './patience.ts';

/** `timeoutMs` bounds each check, `chatTimeoutMs` those of level chat, where a person has to react (default: over a minute). */
export interface RunOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  readonly chatTimeoutMs?: number;
  /** Ids to tell about; the others run for the sake of those. Everything where it is absent. */
  readonly reported?: ReadonlySet<string>;
}

/** `blockedBy` is the check at the root of a failure: the one that failed, not those skipped because of it. */
interface Verdict {
  readonly result: CheckResult;
  readonly blockedBy?: string;
}

interface Crash {
  readonly status: 'crash';
  readonly error: HandoffError;
}

type Verdicts = Map<string, Promise<Verdict>>;

/** A request's own failure says more than the check's deadline, so it is given the chance to come first. */
const GRACE_MS = 250;

/**
 * Runs checks side by side as far as their needs allow, and yields the results in declared order. A need counts only if
 * its check is declared earlier. Never throws for what a check does; throws the signal's reason when that aborts.
 */
export async function* runChecks<P>(
  checks: readonly Check<P>[],
  probe: P,
  options: RunOptions,
): AsyncGenerator<CheckResult> {
  const left = new AbortController();
  const inner = { ...options, signal: AbortSignal.any([options.signal, left.signal]) };
  const verdicts: Verdicts = new Map();
  for (const check of checks) verdicts.set(check.id, judge(check, probe, inner, needsOf(check, verdicts)));
  try {
    for (const [id, verdict] of verdicts) {
      const { result } = await raceAbort(verdict, options.signal);
      if (options.reported?.has(id) ?? true) yield result;
    }
  } finally {
    left.abort(new HandoffError('INTERRUPTED'));
    await Promise.all(verdicts.values());
  }
}

function needsOf<P>(check: Check<P>, earlier: Verdicts): readonly Promise<Verdict>[] {
  return (check.needs ?? []).flatMap((id) => earlier.get(id) ?? []);
}

/** Never rejects. */
async function judge<P>(
  check: Check<P>,
  probe: P,
  options: RunOptions,
  needs: readonly Promise<Verdict>[],
): Promise<Verdict> {
  const blocked = (await Promise.all(needs)).find((need) => need.blockedBy !== undefined);
  const startedAt = options.clock.now();
  const about = { id: check.id, title: check.title, hint: check.hint };
  if (blocked?.blockedBy !== undefined) {
    const reason = `not asked, because ${blocked.blockedBy} failed`;
    return { result: { ...about, durationMs: 0, status: 'skip', reason }, blockedBy: blocked.blockedBy };
  }
  const found = bounded(await attempt(check, probe, options));
  const result: CheckResult = { ...about, durationMs: options.clock.now() - startedAt, ...found };
  return found.status === 'fail' || found.status === 'crash' ? { result, blockedBy: check.id } : { result };
}

/** What a stranger says may be of any length; a report is to be read. */
const MOST_CHARACTERS = 1000;

function bounded<T extends CheckOutcome | Crash>(found: T): T {
  const short = Object.entries(found).map(([name, value]) => [name, name === 'data' ? value : shortened(value)]);
  return { ...found, ...Object.fromEntries(short) };
}

function shortened(value: unknown): unknown {
  if (typeof value !== 'string' || value.length <= MOST_CHARACTERS) return value;
  return `${value.slice(0, MOST_CHARACTERS)}…`;
}

async function attempt<P>(check: Check<P>, probe: P, options: RunOptions): Promise<CheckOutcome | Crash> {
  const limitMs = check.level === 'chat' ? chatLimit(options) : options.timeoutMs;
  try {
    options.signal.throwIfAborted();
    // It only looks at the values it has; the deadline's timer and signals would take longer than the check: 1.5 ms in all.
    if (check.level === 'offline') return await check.run(probe, options.signal);
    const work = async (signal: AbortSignal) => check.run(probe, signal);
    return await withDeadline(options.clock, limitMs + GRACE_MS, () => overdue(limitMs), work, options.signal);
  } catch (thrown) {
    return failureOf(thrown, check.hint);
  }
}

/** Long enough for an agent to come, and for the requests around it. */
function chatLimit({ chatTimeoutMs, timeoutMs }: RunOptions): number {
  return chatTimeoutMs ?? AGENT_WITHIN_MS + 3 * timeoutMs;
}

function overdue(limitMs: number): HandoffError {
  return new HandoffError('TIMED_OUT', { message: `No answer within ${limitMs / 1000} s` });
}

/** What the world did wrong is a finding; anything else that is thrown is our own mistake. */
function failureOf(thrown: unknown, hint: string): CheckOutcome | Crash {
  const error = asHandoffError(thrown);
  if (error.exitCode === EXIT.internal) return { status: 'crash', error };
  return {
    status: 'fail',
    cause: error.code,
    message: error.message,
    // Whoever reads this is running the command already.
    hint: error.hint === 'sf-handoff doctor' ? hint : error.hint,
    ...(error.step ? { step: error.step } : {}),
    ...(error.details ? { data: error.details } : {}),
  };
}
