import type { AgentEvent } from '../../src/core/events.ts';
import type { ChatSession } from '../../src/core/session.ts';

type Wanted = AgentEvent['type'] | ((event: AgentEvent) => boolean);

/** Reads a session's events in the background and keeps them all. */
export interface EventReader {
  readonly events: readonly AgentEvent[];
  /** Event types so far. */
  types(): readonly string[];
  /** The n-th event (from 1) of a type or fitting a test, as soon as it is read; rejects when the events end without it. */
  until(wanted: Wanted, nth?: number): Promise<AgentEvent>;
  /** Resolves when the events end, rejects with what they threw. */
  readonly finished: Promise<void>;
}

export function readEvents(session: ChatSession): EventReader {
  const events: AgentEvent[] = [];
  let watchers: { check(): boolean; giveUp(error: unknown): void }[] = [];
  const look = () => {
    watchers = watchers.filter((watcher) => !watcher.check());
  };
  async function read(): Promise<void> {
    for await (const event of session.events()) {
      events.push(event);
      look();
    }
  }
  const finished = read();
  const stop = (error: unknown) => {
    for (const watcher of watchers) watcher.giveUp(error);
  };
  finished.then(() => stop(new Error(`The events ended after ${events.map((event) => event.type).join(', ')}`)), stop);
  return {
    events,
    types: () => events.map((event) => event.type),
    until: (wanted, nth = 1) =>
      new Promise((resolve, reject) => {
        const fits = typeof wanted === 'string' ? (event: AgentEvent) => event.type === wanted : wanted;
        const check = () => {
          const found = events.filter(fits)[nth - 1];
          if (found !== undefined) resolve(found);
          return found !== undefined;
        };
        watchers.push({ check, giveUp: reject });
        look();
      }),
    finished,
  };
}
