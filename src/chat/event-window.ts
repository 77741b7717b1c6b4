import { raceAbort } from '../core/clock.ts';
import type { AgentEvent } from '../core/events.ts';

/** What has come since a moment in the script, for a step that waits for one of it. */
export interface EventWindow {
  observe(event: AgentEvent): void;
  /** Forgets what has come, but for what `kept` says. */
  mark(kept?: (event: AgentEvent) => boolean): void;
  /** No more events will come. */
  close(): void;
  /** The first event that fits, which is used up with all before it; undefined where the chat is over without. */
  find(fits: (event: AgentEvent) => boolean, signal: AbortSignal): Promise<AgentEvent | undefined>;
}

/** Enough for any wait that means something, and a bound on memory. */
const MOST_EVENTS = 20_000;

export function createEventWindow(): EventWindow {
  let events: AgentEvent[] = [];
  let closed = false;
  let wake: () => void = () => undefined;
  const take = (fits: (event: AgentEvent) => boolean) => {
    const index = events.findIndex(fits);
    const found = events[index];
    // What was looked at in vain is not looked at again.
    events = found === undefined ? [] : events.slice(index + 1);
    return found;
  };
  return {
    observe(event) {
      events.push(event);
      if (events.length > MOST_EVENTS * 2) events = events.slice(-MOST_EVENTS);
      wake();
    },
    mark(kept = () => false) {
      events = events.filter(kept);
    },
    close() {
      closed = true;
      wake();
    },
    async find(fits, signal) {
      for (;;) {
        const found = take(fits);
        if (found !== undefined || closed) return found;
        const news = new Promise<void>((resolve) => {
          wake = resolve;
        });
        await raceAbort(news, signal);
      }
    },
  };
}
