import type { AgentEventBody } from '../core/events.ts';
import type { IdleTimeout, LiveChatMessage } from '../protocol/live-chat.ts';
import { isRecord } from './live-chat-checks.ts';
import { createEncoder, type Encode } from './live-chat-encode.ts';
import type { TranscriptLine } from './live-chat-messages.ts';
import type { Registry } from './live-chat-registry.ts';
import { closeChat, deliver, type LiveChatSession, noteActivity } from './live-chat-session.ts';
import type { SimulatedChat } from './model.ts';
import type { World } from './world.ts';

/** What ChasitorInit has told about the visitor. */
export interface VisitorFacts {
  readonly details: readonly unknown[];
  readonly receiveQueueUpdates: boolean;
}

const WARNING_SECONDS = 8;
const TIMEOUT_SECONDS = 16;
const GRACE_SECONDS = 4;
const FUTURE_THING = { type: 'FutureThing', message: { note: 'from a later release' } };
/** Messages in their envelope, and nothing like what their type promises inside. */
const ODD_MESSAGES: readonly LiveChatMessage[] = [
  { type: 'AnotherThing', message: null },
  { type: 'AnotherThing' },
  { type: 'QueueUpdate', message: 'soon' },
  { type: 'AgentTyping', message: [1, 2] },
];

/** The chat as the scenario player sees it: events go into the outbox, the visitor's words come out of the inbox. */
export function createChat(
  world: World,
  registry: Registry,
  session: LiveChatSession,
  visitor: VisitorFacts,
): SimulatedChat {
  const idle = idleTimeout(world);
  const encode = createEncoder({
    ...visitor,
    visitorId: session.id,
    idle,
    baseUrl: world.baseUrl,
    random: world.random,
    typingDisorder: () => session.faults.has('typing-disorder'),
    expectFile: (token) => void session.fileTokens.add(token),
  });
  return {
    channel: 'live-chat',
    id: session.id,
    over: session.over.signal,
    emit(event) {
      emit(world, session, encode, event);
      if (event.type === 'joined') watchIdleness(session, idle, world.pace);
    },
    nextMessage: () => session.inbox.next(),
    fault: (name) => breakChat(registry, session, name),
  };
}

function emit(world: World, session: LiveChatSession, encode: Encode, event: AgentEventBody): void {
  if (session.over.signal.aborted) return;
  const messages = encode(event);
  if (event.type === 'ended' || event.type === 'rejected') {
    const last = messages[0];
    if (last) closeChat(session, last);
    return;
  }
  if (event.type === 'message' && event.options) session.choices = event.options.map((option) => option.title);
  for (const message of messages) tell(world, session, message);
}

function tell(world: World, session: LiveChatSession, message: LiveChatMessage): void {
  if (session.faults.has('odd-shapes')) for (const odd of ODD_MESSAGES) deliver(session, odd);
  record(session, message, world.clock.now());
  if (message.type === 'ChatRequestSuccess') session.state = 'queued';
  deliver(session, message);
  if (message.type === 'ChatEstablished' && session.faults.has('unknown-event')) deliver(session, FUTURE_THING);
}

/** A chat that is not established yet loses its server as soon as it is. */
function breakChat(registry: Registry, session: LiveChatSession, name: string): void {
  if (name === 'drop-affinity' && session.state === 'active') {
    registry.drop(session);
  } else if (name === 'unknown-event') {
    deliver(session, FUTURE_THING);
  } else {
    session.faults.add(name);
    session.poll?.wake();
  }
}

/** The client ends an idle chat by itself; the service does it for a client that has not, a little later. */
function watchIdleness(session: LiveChatSession, idle: IdleTimeout, pace: number): void {
  if (!idle.isEnabled || session.idleLimitMs !== undefined) return;
  const grace = Math.max(1, GRACE_SECONDS * pace);
  session.idleLimitMs = ((idle.timeout ?? TIMEOUT_SECONDS) + grace) * 1000;
  noteActivity(session);
}

/** A script in which the visitor falls silent is told to the client as limits, for the client measures silence itself. */
function idleTimeout({ scenario, pace }: World): IdleTimeout {
  const silent = scenario.steps.some(
    (step) => 'emit' in step && step.emit.type === 'session' && step.emit.state === 'inactive',
  );
  if (!silent) return { isEnabled: false };
  const warningTime = Math.max(1, Math.round(WARNING_SECONDS * pace));
  return { isEnabled: true, warningTime, timeout: Math.max(warningTime + 1, Math.round(TIMEOUT_SECONDS * pace)) };
}

function record(session: LiveChatSession, message: LiveChatMessage, timestamp: number): void {
  const line = transcriptLine(message, timestamp);
  if (line) session.transcript.push({ line, message });
}

function transcriptLine({ type, message }: LiveChatMessage, timestamp: number): TranscriptLine | undefined {
  if (!isRecord(message)) return undefined;
  const name = String(message.name ?? '');
  if (type === 'ChatMessage') return { type: 'Agent', name, content: String(message.text ?? ''), timestamp };
  if (type === 'ChatTransferred') return { type: 'OperatorTransferred', name, content: '', timestamp };
  return undefined;
}
