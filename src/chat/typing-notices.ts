import type { Clock } from '../core/clock.ts';

/** Tells the other side that the visitor is typing, as the vendors' own clients do. */
export interface TypingNotices {
  readonly on: boolean;
  switch(on: boolean): void;
  /** Something was typed: started at the first stroke, stopped when none follows for a while. */
  stroke(): void;
  /** A message goes out, or the line is empty again. */
  settle(): void;
}

interface NoticeParts {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Whether somebody is there to see it. */
  isWatched(): boolean;
  notify(active: boolean): Promise<void>;
}

const PAUSE_MS = 5000;

export function createTypingNotices({ clock, signal, isWatched, notify }: NoticeParts): TypingNotices {
  let on = true;
  let active = false;
  let until = 0;
  // A courtesy: what goes wrong with it disturbs nobody.
  const tell = (state: boolean) => {
    active = state;
    notify(state).catch(() => undefined);
  };
  const settle = () => {
    if (active) tell(false);
  };
  const watch = async () => {
    for (let left = PAUSE_MS; active && left > 0; left = until - clock.now()) await clock.sleep(left, signal);
    settle();
  };
  const start = () => {
    if (!active && isWatched()) {
      tell(true);
      watch().catch(() => undefined);
    }
  };
  return {
    get on() {
      return on;
    },
    switch(wanted) {
      on = wanted;
      until = clock.now() + PAUSE_MS;
      if (wanted) start();
      else settle();
    },
    stroke() {
      until = clock.now() + PAUSE_MS;
      if (on) start();
    },
    settle,
  };
}
