import type { Clock } from '../../src/core/clock.ts';

/** A clock that stands still until the test moves it. */
export interface ManualClock extends Clock {
  /** How many sleeps are pending. */
  readonly sleeping: number;
  /** When the next one is due; undefined where nobody sleeps. */
  readonly nextDue: number | undefined;
  /** Moves the time and wakes, in order, whoever is due. */
  advance(ms: number): void;
  /** Sets the time as an administrator or a wake-up does: nobody who sleeps is woken by it. */
  leap(ms: number): void;
  /** Resolves once somebody sleeps; with `ms`, once somebody sleeps who is due in exactly that time. */
  waitUntilSleeping(ms?: number): Promise<void>;
}

interface Sleeper {
  readonly due: number;
  wake(): void;
}

interface Watcher {
  fits(): boolean;
  resolve(): void;
}

export function manualClock(start = Date.UTC(2026, 0, 5, 9)): ManualClock {
  let now = start;
  let sleepers: Sleeper[] = [];
  let watchers: Watcher[] = [];
  const notify = () => {
    const ready = watchers.filter((watcher) => watcher.fits());
    watchers = watchers.filter((watcher) => !ready.includes(watcher));
    for (const watcher of ready) watcher.resolve();
  };
  return {
    now: () => now,
    get sleeping() {
      return sleepers.length;
    },
    get nextDue() {
      return sleepers.length > 0 ? Math.min(...sleepers.map((sleeper) => sleeper.due)) : undefined;
    },
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) {
          reject(signal.reason);
          return;
        }
        const leave = () => {
          sleepers = sleepers.filter((other) => other !== sleeper);
          signal?.removeEventListener('abort', stop);
        };
        const stop = () => {
          leave();
          reject(signal?.reason);
        };
        const sleeper: Sleeper = {
          due: now + ms,
          wake: () => {
            leave();
            resolve();
          },
        };
        sleepers.push(sleeper);
        signal?.addEventListener('abort', stop, { once: true });
        notify();
      }),
    leap(ms) {
      now += ms;
      sleepers = sleepers.map((sleeper) => Object.assign(sleeper, { due: sleeper.due + ms }));
    },
    advance(ms) {
      now += ms;
      const due = sleepers.filter((sleeper) => sleeper.due <= now).sort((a, b) => a.due - b.due);
      for (const sleeper of due) sleeper.wake();
    },
    waitUntilSleeping: (ms) =>
      new Promise((resolve) => {
        const fits = () => sleepers.some((sleeper) => ms === undefined || sleeper.due - now === ms);
        watchers.push({ fits, resolve });
        notify();
      }),
  };
}
