import type { AgentEvent, AgentEventBody, Channel } from '../../src/core/events.ts';
import type { ChatSession, RoutingFacts, SentMessage } from '../../src/core/session.ts';

/** How the session of a test behaves; without a word it behaves well. */
export interface Behaviour {
  readonly channel?: Channel;
  readonly routing?: Partial<RoutingFacts>;
  /** Aborting it makes the events throw its reason, as the contract demands. */
  readonly signal?: AbortSignal;
  send?(text: string, nth: number): Promise<SentMessage>;
  end?(session: ScriptedSession): Promise<void>;
  dispose?(session: ScriptedSession): Promise<void>;
  /** Goes on waiting for events when it is disposed of. */
  readonly deaf?: boolean;
}

/** A chat without a service behind it: the test tells the events and sees what was asked of the session. */
export interface ScriptedSession extends ChatSession {
  readonly said: readonly string[];
  readonly ends: number;
  readonly disposals: number;
  /** Whether somebody is still reading the events. */
  readonly reading: boolean;
  closed: boolean;
  tell(...events: readonly AgentEventBody[]): void;
  /** No more events: quietly, or by throwing `error`. */
  stop(error?: Error): void;
}

export function scriptedSession(behaviour: Behaviour = {}, now: () => number = () => 0): ScriptedSession {
  const queue: AgentEvent[] = [];
  const said: string[] = [];
  const count = { ends: 0, disposals: 0, readers: 0 };
  let over: { readonly error?: unknown } | undefined;
  let wake: () => void = () => undefined;

  /** The next event; undefined when there are no more. */
  async function next(): Promise<AgentEvent | undefined> {
    for (;;) {
      behaviour.signal?.throwIfAborted();
      const event = queue.shift();
      if (event !== undefined) return event;
      if (over?.error !== undefined) throw over.error;
      if (over !== undefined) return undefined;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }

  async function* events(): AsyncGenerator<AgentEvent, void, undefined> {
    count.readers += 1;
    try {
      for (let event = await next(); event !== undefined; event = await next()) yield event;
    } finally {
      count.readers -= 1;
    }
  }

  const session: ScriptedSession = {
    channel: behaviour.channel ?? 'miaw',
    id: 'c1',
    closed: false,
    said,
    get ends() {
      return count.ends;
    },
    get disposals() {
      return count.disposals;
    },
    get reading() {
      return count.readers > 0;
    },
    events,
    async send(text) {
      said.push(text);
      return behaviour.send ? behaviour.send(text, said.length) : { id: `s${said.length}` };
    },
    choose: async () => ({ id: 'choice' }),
    answerForm: async () => ({ id: 'form' }),
    sendFile: async () => ({ id: 'file' }),
    typing: async () => undefined,
    async end() {
      count.ends += 1;
      if (behaviour.end) return behaviour.end(session);
      session.closed = true;
      session.tell({ type: 'ended', by: 'visitor' });
      session.stop();
    },
    routing: () => ({ routed: false, offered: 0, declined: 0, accepted: 0, ...behaviour.routing }),
    tell(...bodies) {
      for (const body of bodies) queue.push({ at: now(), ...body });
      wake();
    },
    stop(error) {
      over ??= error === undefined ? {} : { error };
      wake();
    },
    async [Symbol.asyncDispose]() {
      count.disposals += 1;
      await behaviour.dispose?.(session);
      if (!behaviour.deaf) session.stop();
    },
  };
  behaviour.signal?.addEventListener('abort', () => wake(), { once: true });
  return session;
}
