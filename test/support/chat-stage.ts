import { parseExpectation } from '../../src/chat/expectations.ts';
import { type ChatPlan, type ChatResult, runChat } from '../../src/chat/run-chat.ts';
import type { AgentEvent } from '../../src/core/events.ts';
import { type ManualClock, manualClock } from './manual-clock.ts';
import { type Behaviour, type ScriptedSession, scriptedSession } from './scripted-session.ts';

export const WITHIN_MS = 60_000;

type Directions = Partial<Omit<ChatPlan, 'expectations'>> & {
  readonly expect?: readonly string[];
  readonly behaviour?: Omit<Behaviour, 'signal'>;
  /** What showing an event does, besides keeping it. */
  emit?(event: AgentEvent): Promise<void>;
};

/** A chat that is running on a clock which the test moves. */
export interface Stage {
  readonly session: ScriptedSession;
  readonly clock: ManualClock;
  readonly outside: AbortController;
  readonly shown: readonly AgentEvent[];
  readonly result: Promise<ChatResult>;
  /** Resolves once the n-th event (from 1) of a type has been shown. */
  until(type: AgentEvent['type'], nth?: number): Promise<void>;
  types(): readonly string[];
  /** Lets the time limit of the chat pass. */
  runOut(): Promise<void>;
}

export function playChat(directions: Directions = {}): Stage {
  const { expect = [], behaviour = {}, emit, ...plan } = directions;
  const clock = manualClock();
  const outside = new AbortController();
  const session = scriptedSession({ ...behaviour, signal: outside.signal }, clock.now);
  const shown: AgentEvent[] = [];
  let watchers: (() => boolean)[] = [];
  const result = runChat(
    session,
    { messages: [], withinMs: WITHIN_MS, to: 'agent', expectations: expect.map(parseExpectation), ...plan },
    {
      clock,
      signal: outside.signal,
      async emit(event) {
        shown.push(event);
        await emit?.(event);
        watchers = watchers.filter((watch) => !watch());
      },
    },
  );
  const until = (type: AgentEvent['type'], nth = 1) =>
    new Promise<void>((resolve) => {
      const watch = () => {
        const found = shown.filter((event) => event.type === type).length >= nth;
        if (found) resolve();
        return found;
      };
      if (!watch()) watchers.push(watch);
    });
  return {
    session,
    clock,
    outside,
    shown,
    result,
    until,
    types: () => shown.map((event) => event.type),
    async runOut() {
      await clock.waitUntilSleeping(plan.withinMs ?? WITHIN_MS);
      clock.advance(plan.withinMs ?? WITHIN_MS);
    },
  };
}

/** Lines that a person types one after the other; `end` is Ctrl-D. */
export function keyboard(): { readonly typed: AsyncIterable<string>; type(...lines: string[]): void; end(): void } {
  const lines: string[] = [];
  let ended = false;
  let wake: () => void = () => undefined;
  async function* read(): AsyncGenerator<string, void, undefined> {
    for (;;) {
      const line = lines.shift();
      if (line !== undefined) yield line;
      else if (ended) return;
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  }
  return {
    typed: read(),
    type(...more) {
      lines.push(...more);
      wake();
    },
    end() {
      ended = true;
      wake();
    },
  };
}
