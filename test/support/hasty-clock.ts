import { type Clock, systemClock } from '../../src/core/clock.ts';

/** A clock that runs many times faster than the wall's, so that back-offs and limits are short and in their right order. */
export function hastyClock(factor = 20): Clock {
  const start = systemClock.now();
  return {
    now: () => start + Math.round((systemClock.now() - start) * factor),
    sleep: (ms, signal) => systemClock.sleep(ms / factor, signal),
  };
}
