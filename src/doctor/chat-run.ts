import { type Clock, withDeadline } from '../core/clock.ts';
import type { HandoffConfig } from '../core/config.ts';
import { HandoffError } from '../core/errors.ts';
import type { AgentEvent, Participant } from '../core/events.ts';
import type { ChatSession, OpenSession, RoutingFacts, TransportDeps } from '../core/session.ts';
import { type ChatLog, keepChatLog } from './chat-log.ts';
import { once } from './once.ts';

const GREETING = 'Test message of sf-handoff doctor: please ignore it, the chat closes by itself.';

/** One test chat, stage by stage. Each stage is reached by asking for it, runs once, and implies those before it. */
export interface ChatRun extends AsyncDisposable {
  opened(): Promise<{ readonly id: string }>;
  /** How the service took the chat on; `event` is undefined where it never said anything. */
  routed(): Promise<Routed>;
  /** `event` is the agent's arrival, or the end that came instead, or undefined where the time ran out. */
  joined(): Promise<Joined>;
  sent(): Promise<{ readonly id: string; readonly afterMs: number }>;
  /** Whether the agent has left again, and nobody has come instead. */
  abandoned(): Promise<boolean>;
  /** The first sign that the message has arrived: a receipt of it, or an answer of the agent; undefined where none came in time. */
  echoed(): Promise<Echo | undefined>;
  /** Plays the chat to its end, closes it, and rejects where it stayed open. */
  closed(): Promise<void>;
}

export interface Routed {
  readonly event: AgentEvent | undefined;
  readonly facts: RoutingFacts;
}

export interface Joined extends Routed {
  readonly agent: Participant | undefined;
  /** Whether a bot took the conversation. */
  readonly bot: boolean;
  readonly afterMs: number;
}

export interface Echo {
  readonly kind: 'delivered' | 'read' | 'answered';
  readonly afterMs: number;
}

export interface ChatRunOptions {
  readonly config: HandoffConfig;
  readonly openChat: OpenSession<HandoffConfig>;
  /** `signal` interrupts the chat; it is still closed politely. */
  readonly deps: TransportDeps;
  readonly agentWithinMs: number;
}

interface OpenChat {
  readonly session: ChatSession;
  readonly log: ChatLog;
  readonly openedAt: number;
}

export function createChatRun(options: ChatRunOptions): ChatRun {
  const { deps } = options;
  const open = once(() => openWith(options));
  const routed = once(async () => {
    const chat = await open();
    const event = await within(chat, options, tellsRouting);
    return { event, facts: chat.session.routing() };
  });
  const joined = once(async () => {
    await routed();
    const chat = await open();
    const event = await within(chat, options, isAgentOrEnd);
    const agent = event?.type === 'joined' ? event.participant : undefined;
    const afterMs = deps.clock.now() - chat.openedAt;
    return { event, agent, bot: chat.log.past(isBot) !== undefined, facts: chat.session.routing(), afterMs };
  });
  const sent = once(async () => {
    const { agent } = await joined();
    if (!agent) throw new HandoffError('NO_AGENT_AVAILABLE');
    const { session } = await open();
    const startedAt = deps.clock.now();
    const { id } = await limited(deps, deps.signal, 'MESSAGE_NOT_CONFIRMED', () => session.send(GREETING));
    return { id, afterMs: deps.clock.now() - startedAt };
  });
  const echoed = once(async () => {
    const { id } = await sent();
    return echoOf(await open(), id, options);
  });
  const goodbye = once(async () => {
    if (open.asked()) await sayGoodbye(await open(), deps);
  });
  return {
    opened: async () => ({ id: (await open()).session.id }),
    routed,
    joined,
    sent,
    echoed,
    abandoned: async () => isAbandoned((await open()).log),
    closed: async () => {
      await echoed().catch(() => undefined);
      await goodbye();
    },
    [Symbol.asyncDispose]: () => goodbye().catch(() => undefined),
  };
}

/** An interrupt during the handshake stops it; afterwards the session lives on until it has been closed. */
async function openWith({ config, openChat, deps }: ChatRunOptions): Promise<OpenChat> {
  const handshake = new AbortController();
  const stop = () => handshake.abort(deps.signal.reason);
  if (deps.signal.aborted) stop();
  deps.signal.addEventListener('abort', stop, { once: true });
  try {
    const visitor = { visitorName: 'sf-handoff doctor', ...(config.preChat ? { preChat: config.preChat } : {}) };
    const session = await openChat(config, visitor, { ...deps, signal: handshake.signal });
    return { session, log: keepChatLog(session.events()), openedAt: deps.clock.now() };
  } finally {
    deps.signal.removeEventListener('abort', stop);
  }
}

/** The first event that fits while there is still time for an agent to come. */
async function within(
  chat: OpenChat,
  { deps, agentWithinMs }: ChatRunOptions,
  fits: (event: AgentEvent) => boolean,
): Promise<AgentEvent | undefined> {
  const leftMs = chat.openedAt + agentWithinMs - deps.clock.now();
  if (leftMs <= 0) return chat.log.past(fits);
  const late = new HandoffError('NO_AGENT_AVAILABLE');
  const look = (signal: AbortSignal) => chat.log.find(fits, signal);
  try {
    return await withDeadline(deps.clock, leftMs, () => late, look, deps.signal);
  } catch (thrown) {
    if (thrown === late) return undefined;
    throw thrown;
  }
}

async function echoOf({ log }: OpenChat, id: string, { deps }: ChatRunOptions): Promise<Echo | undefined> {
  const startedAt = deps.clock.now();
  const late = new HandoffError('MESSAGE_NOT_CONFIRMED');
  const tells = (event: AgentEvent) => isEchoOf(event, id) || isEnd(event);
  const look = (signal: AbortSignal) => log.find(tells, signal);
  const event = await withDeadline(deps.clock, deps.timeoutMs, () => late, look, deps.signal).catch((thrown) => {
    if (thrown === late) return undefined;
    throw thrown;
  });
  const afterMs = deps.clock.now() - startedAt;
  if (event?.type === 'receipt') return { kind: event.state, afterMs };
  return event?.type === 'message' ? { kind: 'answered', afterMs } : undefined;
}

/** Standard responses come by themselves and prove nothing about our message. */
function isEchoOf(event: AgentEvent, id: string): boolean {
  if (event.type === 'receipt') return event.messageId === id;
  return event.type === 'message' && event.from.role === 'agent' && !event.automated;
}

function tellsRouting(event: AgentEvent): boolean {
  return event.type === 'queued' || event.type === 'joined' || isEnd(event);
}

function isAgentOrEnd(event: AgentEvent): boolean {
  return (event.type === 'joined' && event.participant.role === 'agent') || isEnd(event);
}

function isBot(event: AgentEvent): boolean {
  return event.type === 'joined' && event.participant.role === 'bot';
}

/** Whoever leaves may have handed the chat on, so a request for a transfer counts as little as the leaving itself. */
function isAbandoned(log: ChatLog): boolean {
  const turns = log.all(
    (event) => (event.type === 'joined' || event.type === 'left') && event.participant.role === 'agent',
  );
  const here = turns.reduce((count, { type }) => count + (type === 'joined' ? 1 : -1), 0);
  return here <= 0 && turns.some(({ type }) => type === 'left') && !log.past(isEnd);
}

function isEnd(event: AgentEvent): boolean {
  return event.type === 'rejected' || event.type === 'ended' || event.type === 'error';
}

/** Closing goes on after an interrupt, but not for ever. */
async function sayGoodbye({ session }: OpenChat, deps: TransportDeps): Promise<void> {
  const farewell = session.closed ? Promise.resolve() : limited(deps, undefined, 'CHAT_LEFT_OPEN', () => session.end());
  const hardStop = async () => session[Symbol.asyncDispose]();
  const [polite] = await Promise.allSettled([farewell]);
  const [hard] = await Promise.allSettled([limited(deps, undefined, 'CHAT_LEFT_OPEN', hardStop)]);
  // What a polite goodbye did not reach in time, the hard stop may have.
  const failed = [polite, hard].find((way) => way.status === 'rejected');
  if (!session.closed) throw failed?.reason ?? new HandoffError('CHAT_LEFT_OPEN');
  await deps.leftover?.forget();
}

function limited<T>(
  { clock, timeoutMs }: { readonly clock: Clock; readonly timeoutMs: number },
  signal: AbortSignal | undefined,
  code: 'MESSAGE_NOT_CONFIRMED' | 'CHAT_LEFT_OPEN',
  work: () => Promise<T>,
): Promise<T> {
  return withDeadline(clock, timeoutMs, () => new HandoffError(code), work, signal);
}
