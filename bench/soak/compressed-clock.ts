import { createHook } from 'node:async_hooks';
import type { Clock } from '../../src/core/clock.ts';
import { manualClock } from '../../test/support/manual-clock.ts';

/** A clock that leaps to the next sleeper as soon as nothing else is left to do, however slow the machine is. */
export interface CompressedClock extends Clock, Disposable {
  /** How many sleeps are pending. */
  readonly sleeping: number;
}

/** Turns of the event loop in which nothing has run: what was written to a socket of this machine has been read by then. */
const QUIET_TURNS = 20;

/**
 * Client, relay and simulator live in this process, so a turn of the event loop in which no callback runs means that all of
 * them wait for the clock. A clock that merely runs fast would break time limits whenever the machine is busy.
 */
export function compressedClock(): CompressedClock {
  const clock = manualClock();
  let ran = 0;
  let before = 0;
  let quiet = 0;
  let stopped = false;
  const hook = createHook({
    before() {
      ran += 1;
    },
  }).enable();

  function turn(): void {
    if (stopped) return;
    // This very turn is one of them.
    quiet = ran - before <= 1 ? quiet + 1 : 0;
    before = ran;
    if (quiet >= QUIET_TURNS) leap();
    setImmediate(turn);
  }

  function leap(): void {
    quiet = 0;
    if (clock.nextDue !== undefined) clock.advance(Math.max(0, clock.nextDue - clock.now()));
  }

  setImmediate(turn);
  return {
    now: clock.now,
    sleep: clock.sleep,
    get sleeping() {
      return clock.sleeping;
    },
    [Symbol.dispose]() {
      stopped = true;
      hook.disable();
    },
  };
}
