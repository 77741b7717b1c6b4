import type { Clock } from '../core/clock.ts';

/** A limit on silence: calls back once when `arm`'s time has passed without another `arm` or a `stop`. */
export interface Watch {
  arm(ms: number): void;
  stop(): void;
}

export function createWatch(clock: Clock, onExpired: () => void): Watch {
  let current: AbortController | undefined;
  function stop(): void {
    current?.abort();
    current = undefined;
  }
  return {
    stop,
    arm(ms) {
      stop();
      current = new AbortController();
      clock.sleep(ms, current.signal).then(onExpired, () => undefined);
    },
  };
}
