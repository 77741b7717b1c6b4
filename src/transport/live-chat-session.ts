import { withDeadline } from '../core/clock.ts';
import type { LiveChatConfig } from '../core/config.ts';
import { HandoffError } from '../core/errors.ts';
import type { AgentEvent } from '../core/events.ts';
import type { ChatSession, RoutingFacts, TransportDeps, VisitorOptions } from '../core/session.ts';
import { hangUp, sayGoodbye } from './live-chat-goodbye.ts';
import { requestChat } from './live-chat-handshake.ts';
import { createPump, type Pump } from './live-chat-pump.ts';
import { isOver, type LiveChatRun, startRun, tell } from './live-chat-run.ts';
import { createSender } from './live-chat-send.ts';

const GOODBYE_MS = 6500;
const GOODBYE_UNDER_WAY_MS = 500;
const HANG_UP_MS = 4000;

/** Requests a Live Chat and gives the open session; see `OpenSession`. An agent may be ringing when it resolves. */
export async function openLiveChatSession(
  config: LiveChatConfig,
  visitor: VisitorOptions,
  deps: TransportDeps,
): Promise<ChatSession> {
  const { link, moves } = await requestChat(config, visitor, deps);
  const { clock, random, secrets } = deps;
  const run = startRun({ link, orgId: config.orgId, clock, random, secrets, moves: moves.length });
  tell(run, { type: 'started', channel: 'live-chat', conversationId: link.sessionId }, ...moves);
  return sessionOver(run, deps.signal);
}

function sessionOver(run: LiveChatRun, outer: AbortSignal): ChatSession {
  const disposal = new AbortController();
  const gone = new AbortController();
  const life = AbortSignal.any([outer, disposal.signal]);
  let goodbye: Promise<void> | undefined;
  let disposed: Promise<void> | undefined;
  const pump = createPump(run, life, () => goodbye !== undefined);
  life.addEventListener('abort', () => run.poll?.abort(), { once: true });

  function end(): Promise<void> {
    const farewell = (signal: AbortSignal) => sayGoodbye(run, pump, signal);
    goodbye ??= bounded(run, GOODBYE_MS, farewell, gone.signal).catch((error: unknown) => {
      goodbye = undefined;
      throw error;
    });
    return goodbye;
  }

  async function dispose(): Promise<void> {
    disposal.abort(new HandoffError('CHAT_ENDED_EARLY', { message: 'The session has been closed' }));
    const leave = async (signal: AbortSignal) => {
      // A goodbye that hangs must not keep the DELETE from being sent.
      if (goodbye)
        await bounded(run, GOODBYE_UNDER_WAY_MS, () => goodbye ?? Promise.resolve(), signal).catch(() => undefined);
      await hangUp(run, signal);
    };
    await bounded(run, HANG_UP_MS, leave).catch(() => undefined);
    run.poll?.abort();
    gone.abort(new HandoffError('CHAT_LEFT_OPEN'));
  }

  return {
    channel: 'live-chat',
    id: run.link.sessionId,
    events: () => readEvents(run, pump, life, disposal.signal),
    ...createSender(run, pump, life),
    end,
    get closed() {
      return run.closed;
    },
    routing: () => routingFacts(run),
    [Symbol.asyncDispose]() {
      disposed ??= dispose();
      return disposed;
    },
  };
}

/** Goodbyes must work after an abort from outside, so they live under a deadline of their own. */
function bounded(
  run: LiveChatRun,
  ms: number,
  work: (signal: AbortSignal) => Promise<void>,
  outer?: AbortSignal,
): Promise<void> {
  return withDeadline(run.clock, ms, () => new HandoffError('CHAT_LEFT_OPEN'), work, outer);
}

/** Everything told so far comes before a failure; our own dispose ends it quietly, an abort from outside throws. */
async function* readEvents(
  run: LiveChatRun,
  pump: Pump,
  life: AbortSignal,
  disposal: AbortSignal,
): AsyncGenerator<AgentEvent, void, undefined> {
  while (!disposal.aborted) {
    life.throwIfAborted();
    const event = run.inbox.shift();
    if (event !== undefined) yield event;
    else if (run.failure !== undefined) throw run.failure.error;
    else if (isOver(run)) return;
    else await quietly(pump.step(life), () => disposal.aborted || isOver(run));
  }
}

async function quietly(work: Promise<void>, forgiven: () => boolean): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!forgiven()) throw error;
  }
}

/** Live Chat does not tell about offers and declines; who joined must have been asked. */
function routingFacts({ state }: LiveChatRun): RoutingFacts {
  return {
    routed: state.phase !== 'requested',
    offered: state.joins,
    declined: 0,
    accepted: state.joins,
    ...(state.failure !== undefined && { failure: state.failure }),
  };
}
