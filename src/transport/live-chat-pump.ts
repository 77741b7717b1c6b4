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
export function createPump(run: LiveChatRun, life: AbortSignal, endRequested: () => boolean): Pump {
  let polling: Polling | undefined;
  let delayMs = 0;
  let isRouteLimited = false;
  let isRouteLate = false;
  let stepping: Promise<void> | undefined;

  function step(signal: AbortSignal): Promise<void> {
    stepping ??= advance().finally(() => {
      stepping = undefined;
    });
    return raceAbort(stepping, signal);
  }

  async function advance(): Promise<void> {
    if (run.failure !== undefined || isOver(run)) return;
    polling ??= startPoll();
    const current = polling;
    const outcome = await firstOf(current.outcome);
    if (outcome === 'woken') return;
    try {
      if (outcome === 'alarm') await ring();
      else act(current, outcome);
    } catch (error) {
      run.failure ??= { error };
    }
  }

  function startPoll(): Polling {
    if (!isRouteLimited) void limitRouting();
    const { signal } = newPoll(run);
    const started: Polling = { outcome: wait().then(ask, () => ({ kind: 'aborted' })), startedAt: 0 };
    async function wait(): Promise<void> {
      await run.repairing;
      if (delayMs > 0) await run.clock.sleep(delayMs, signal);
    }
    function ask(): Promise<PollOutcome> {
      started.startedAt = run.clock.now();
      return pollOnce(run.link, run.cursor.ack, signal);
    }
    return started;
  }

  /** The poll's outcome, unless a timer or a new event comes first; the poll stays open then. */
  async function firstOf(outcome: Promise<PollOutcome>): Promise<PollOutcome | 'alarm' | 'woken'> {
    const timer = new AbortController();
    const woken = new Promise<'woken'>((resolve) => {
      run.wake = () => resolve('woken');
    });
    const rivals: Promise<PollOutcome | 'alarm' | 'woken'>[] = [outcome, woken];
    if (isRouteLate && isAwaitingRoute()) return 'alarm';
    const at = idleAlarmAt(run.idle);
    if (at !== undefined) {
      const ms = Math.min(Math.max(0, at - run.clock.now()), run.idle.limits?.timeoutMs ?? 0);
      const sleep = run.clock.sleep(ms, timer.signal);
      rivals.push(
        sleep.then(
          () => 'alarm',
          () => 'woken',
        ),
      );
    }
    try {
      return await Promise.race(rivals);
    } finally {
      run.wake = () => undefined;
      timer.abort();
    }
  }

  /** Slept for, not read off the clock, which may leap. */
  async function limitRouting(): Promise<void> {
    isRouteLimited = true;
    await run.clock.sleep(ROUTED_WITHIN_MS, life).catch(() => undefined);
    isRouteLate = true;
    run.wake();
  }

  /** While the connection is away nothing can be said about routing. */
  function isAwaitingRoute(): boolean {
    return run.state.phase === 'requested' && run.health.outage === undefined && run.repairing === undefined;
  }

  async function ring(): Promise<void> {
    if (isRouteLate && isAwaitingRoute()) throw new HandoffError('NEVER_ROUTED');
    const now = run.clock.now();
    // A clock that was set back must not put the end off.
    run.idle = { ...run.idle, since: Math.min(run.idle.since, now) };
    const due = idleDue(run.idle, now);
    if (due === 'warn') warnIdle(run, life);
    if (due === 'end') await endIdle(run, life);
  }

  function act(current: Polling, outcome: PollOutcome): void {
    if (polling === current) polling = undefined;
    // After our own goodbye a session that is gone, or that nobody may poll any more, is what we wanted.
    if (endRequested() && (outcome.kind === 'gone' || outcome.kind === 'conflict')) gone(run, true);
    else judge(current, outcome);
  }

  function judge(current: Polling, outcome: PollOutcome): void {
    const now = run.clock.now();
    const budgetMs = run.state.connectionTimeoutMs;
    const judged = judgePoll(run.health, outcome, { now, tookMs: now - current.startedAt, budgetMs });
    run.health = judged.health;
    if (outcome.kind === 'messages' || outcome.kind === 'empty') run.repairAttempts = 0;
    tell(run, ...judged.events);
    const { verdict } = judged;
    delayMs = verdict.kind === 'again' ? verdict.delayMs : 0;
    if (verdict.kind === 'fail') throw verdict.error;
    if (verdict.kind === 'repair') repair(run, life).catch(() => undefined);
    if (verdict.kind === 'take') absorb(run, verdict.body);
    if (verdict.kind === 'end') gone(run, false);
  }

  return { step };
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
