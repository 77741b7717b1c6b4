import type { HandoffConfig } from '../../src/core/config.ts';
import type { AgentEvent, AgentEventBody } from '../../src/core/events.ts';
import type { ChatSession, OpenSession, RoutingFacts } from '../../src/core/session.ts';

/** A chat without a service: it tells what its script says, and notes what was done to it. */
export interface ScriptedChat {
  readonly open: OpenSession<HandoffConfig>;
  readonly done: readonly string[];
  /** Resolves once everything that there was to tell has been read. */
  readonly told: Promise<void>;
}

export interface Script {
  readonly events?: readonly AgentEventBody[];
  readonly routing?: Partial<RoutingFacts>;
  /** Replaces `end`. */
  readonly end?: () => Promise<void>;
  readonly send?: () => Promise<{ readonly id: string }>;
  /** Replaces the handshake. */
  readonly handshake?: (signal: AbortSignal) => Promise<void>;
}

export function scriptedChat(script: Script = {}): ScriptedChat {
  const done: string[] = [];
  const queue: AgentEventBody[] = [...(script.events ?? [])];
  let wake = () => {};
  let closed = false;
  let allTold = () => {};
  const told = new Promise<void>((resolve) => {
    allTold = resolve;
  });
  const close = (how: string) => {
    done.push(how);
    wake();
  };
  async function* events(): AsyncGenerator<AgentEvent> {
    while (!closed) {
      for (let next = queue.shift(); next; next = queue.shift()) yield { at: 0, ...next };
      if (closed) return;
      allTold();
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }
  const session = (channel: HandoffConfig['channel']): ChatSession => ({
    channel,
    id: 'b2f1c0de-0000-4000-8000-000000000001',
    events,
    send: async () => {
      done.push('send');
      return script.send ? script.send() : { id: 'm1' };
    },
    choose: async () => ({ id: 'choice' }),
    answerForm: async () => ({ id: 'form' }),
    sendFile: async () => ({ id: 'file' }),
    typing: async () => undefined,
    end: async () => {
      if (script.end) await script.end();
      closed = true;
      close('end');
    },
    get closed() {
      return closed;
    },
    routing: () => ({ routed: false, offered: 0, declined: 0, accepted: 0, ...script.routing }),
    [Symbol.asyncDispose]: async () => close('dispose'),
  });
  return {
    done,
    told,
    async open(config, _visitor, { signal }) {
      await script.handshake?.(signal);
      done.push('open');
      return session(config.channel);
    },
  };
}
