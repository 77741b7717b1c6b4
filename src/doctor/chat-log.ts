import { raceAbort } from '../core/clock.ts';
import type { AgentEvent } from '../core/events.ts';

/** Everything a chat has told so far, for readers that look for one thing after another. */
export interface ChatLog {
  /** The first event that fits among those that have come so far. */
  past(fits: (event: AgentEvent) => boolean): AgentEvent | undefined;
  /** All of those that fit. */
  all(fits: (event: AgentEvent) => boolean): readonly AgentEvent[];
  /** The first event that fits, past or coming; undefined once the chat has ended without one. Rejects with the signal's reason. */
  find(fits: (event: AgentEvent) => boolean, signal: AbortSignal): Promise<AgentEvent | undefined>;
}

/** Reads the events to their end, so that the service is never kept waiting, whether anybody looks or not. */
export function keepChatLog(events: AsyncIterable<AgentEvent>): ChatLog {
  const seen: AgentEvent[] = [];
  let wake = () => {};
  let news = new Promise<void>((resolve) => {
    wake = resolve;
  });
  const over = (async () => {
    for await (const event of events) {
      seen.push(event);
      const tell = wake;
      news = new Promise((resolve) => {
        wake = resolve;
      });
      tell();
    }
    return true as const;
  })();
  over.catch(() => undefined);
  return {
    past: (fits) => seen.find(fits),
    all: (fits) => seen.filter(fits),
    async find(fits, signal) {
      for (;;) {
        const found = seen.find(fits);
        if (found) return found;
        const ended = await raceAbort(Promise.race([news, over]), signal);
        if (ended) return seen.find(fits);
      }
    },
  };
}
