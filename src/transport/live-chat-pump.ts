import { raceAbort } from '../core/clock.ts';
import { HandoffError } from '../core/errors.ts';
import { endIdle, warnIdle } from './live-chat-activity.ts';
import { judgePoll } from './live-chat-health.ts';
import { idleAlarmAt, idleDue } from './live-chat-idle.ts';
import { type PollOutcome, pollOnce } from './live-chat-poll.ts';
import { repair } from './live-chat-repair.ts';
import { absorb, finish, isOver, type LiveChatRun, tell } from './live-chat-run.ts';

const ROUTED_WITHIN_MS = 30_000;

/** Drives the chat on. Whoever waits for something calls `step`; however many do, there is one poll at a time. */
export interface Pump {
  /** Resolves when something has happened or may have; rejects only with the caller's own signal. */
  step(signal: AbortSignal): Promise<void>;
}

interface Polling {
  readonly outcome: Promise<PollOutcome>;
  startedAt: number;
}

/** `life` ends what the pump does by itself; a poll ends with `run.poll`, so that a goodbye can still look for the end. */
interface Works {
  readonly run: LiveChatRun;
  readonly life: AbortSignal;
  readonly endRequested: () => boolean;
  polling: Polling | undefined;
  /** Before the next poll. */
  delayMs: number;
  isRouteLimited: boolean;
  isRouteLate: boolean;
}

export function createPump(run: LiveChatRun, life: AbortSignal, endRequested: () => boolean): Pump {
  const start = { polling: undefined, delayMs: 0, isRouteLimited: false, isRouteLate: false };
  const works: Works = { run, life, endRequested, ...start };
  let stepping: Promise<void> | undefined;
  return {
    step(signal) {
      stepping ??= advance(works).finally(() => {
        stepping = undefined;
      });
      return raceAbort(stepping, signal);
    },
  };
}

async function advance(works: Works): Promise<void> {
  const { run } = works;
  if (run.failure !== undefined || isOver(run)) return;
  works.polling ??= startPoll(works);
  const current = works.polling;
  const outcome = await firstOf(works, current.outcome);
  if (outcome === 'woken') return;
  try {
    if (outcome === 'alarm') await ring(works);
    else act(works, current, outcome);
  } catch (error) {
    run.failure ??= { error };
  }
}

function startPoll(works: Works): Polling {
  const { run } = works;
  if (!works.isRouteLimited) void limitRouting(works);
  const { signal } = newPoll(run);
  const started: Polling = { outcome: wait().then(ask, () => ({ kind: 'aborted' })), startedAt: 0 };
  async function wait(): Promise<void> {
    await run.repairing;
    if (works.delayMs > 0) await run.clock.sleep(works.delayMs, signal);
  }
  function ask(): Promise<PollOutcome> {
    started.startedAt = run.clock.now();
    return pollOnce(run.link, run.cursor.ack, signal);
  }
  return started;
}

/** The poll's outcome, unless a timer or a new event comes first; the poll stays open then. */
async function firstOf(works: Works, outcome: Promise<PollOutcome>): Promise<PollOutcome | 'alarm' | 'woken'> {
  const { run } = works;
  const timer = new AbortController();
  const woken = new Promise<'woken'>((resolve) => {
    run.wake = () => resolve('woken');
  });
  if (works.isRouteLate && isAwaitingRoute(run)) return 'alarm';
  try {
    return await Promise.race([outcome, woken, ...idleAlarm(run, timer.signal)]);
  } finally {
    run.wake = () => undefined;
    timer.abort();
  }
}

/** None where nobody is watched for silence. */
function idleAlarm(run: LiveChatRun, signal: AbortSignal): readonly Promise<'alarm' | 'woken'>[] {
  const at = idleAlarmAt(run.idle);
  if (at === undefined) return [];
  const ms = Math.min(Math.max(0, at - run.clock.now()), run.idle.limits?.timeoutMs ?? 0);
  return [
    run.clock.sleep(ms, signal).then(
      () => 'alarm',
      () => 'woken',
    ),
  ];
}

/** Slept for, not read off the clock, which may leap. */
async function limitRouting(works: Works): Promise<void> {
  works.isRouteLimited = true;
  await works.run.clock.sleep(ROUTED_WITHIN_MS, works.life).catch(() => undefined);
  works.isRouteLate = true;
  works.run.wake();
}

/** While the connection is away nothing can be said about routing. */
function isAwaitingRoute({ state, health, repairing }: LiveChatRun): boolean {
  return state.phase === 'requested' && health.outage === undefined && repairing === undefined;
}

async function ring({ run, life, isRouteLate }: Works): Promise<void> {
  if (isRouteLate && isAwaitingRoute(run)) throw new HandoffError('NEVER_ROUTED');
  const now = run.clock.now();
  // A clock that was set back must not put the end off.
  run.idle = { ...run.idle, since: Math.min(run.idle.since, now) };
  const due = idleDue(run.idle, now);
  if (due === 'warn') warnIdle(run, life);
  if (due === 'end') await endIdle(run, life);
}

function act(works: Works, current: Polling, outcome: PollOutcome): void {
  if (works.polling === current) works.polling = undefined;
  // After our own goodbye a session that is gone, or that nobody may poll any more, is what we wanted.
  if (works.endRequested() && (outcome.kind === 'gone' || outcome.kind === 'conflict')) gone(works.run, true);
  else judge(works, current, outcome);
}

function judge(works: Works, current: Polling, outcome: PollOutcome): void {
  const { run, life } = works;
  const now = run.clock.now();
  const budgetMs = run.state.connectionTimeoutMs;
  const judged = judgePoll(run.health, outcome, { now, tookMs: now - current.startedAt, budgetMs });
  run.health = judged.health;
  if (outcome.kind === 'messages' || outcome.kind === 'empty') run.repairAttempts = 0;
  tell(run, ...judged.events);
  const { verdict } = judged;
  works.delayMs = verdict.kind === 'again' ? verdict.delayMs : 0;
  if (verdict.kind === 'fail') throw verdict.error;
  if (verdict.kind === 'repair') repair(run, life).catch(() => undefined);
  if (verdict.kind === 'take') absorb(run, verdict.body);
  if (verdict.kind === 'end') gone(run, false);
}

function gone(run: LiveChatRun, byUs: boolean): void {
  run.closed = true;
  if (byUs) finish(run, 'visitor');
  else finish(run, 'system', 'the service no longer knows the session');
}

function newPoll(run: LiveChatRun): AbortController {
  const controller = new AbortController();
  run.poll = controller;
  return controller;
}
