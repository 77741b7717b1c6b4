import type { AgentEventBody } from '../core/events.ts';
import { createInbox } from './inbox.ts';
import { encodeMiaw, unknownEntry } from './miaw-encode.ts';
import { type EntryDraft, finishEntry } from './miaw-entry.ts';
import { breakSession } from './miaw-mid-chat-faults.ts';
import { recordId } from './miaw-participants.ts';
import { applyEvent } from './miaw-session-rules.ts';
import { type Conversation, hasFault, type MiawState, publish, type Session } from './miaw-state.ts';

/** What a visitor's history shows; the rest is of the moment. */
const HISTORY: ReadonlySet<string> = new Set([
  'Message',
  'ParticipantChanged',
  'RoutingResult',
  'RoutingWorkResult',
  'SessionStatusChanged',
  'CloseConversation',
]);
const READ_AFTER_MS = 700;

/** Starts a session in a conversation that has none, and the scenario in it. */
export function openSession(
  state: MiawState,
  conversation: Conversation,
  attributes: Readonly<Record<string, string>>,
): Session {
  const { clock, random } = state.world;
  const over = new AbortController();
  const session: Session = {
    id: recordId('0Mw', random.uuid()),
    startedAt: clock.now(),
    attributes,
    inbox: createInbox(over.signal),
    over,
    unread: [],
    status: 'Waiting',
    routed: false,
    transferring: false,
    streaming: false,
    present: [],
  };
  conversation.session = session;
  state.chatCount += 1;
  conversation.routingStatus = 'INITIAL';
  return session;
}

/** Hands the session to the scenario player. */
export function playSession(state: MiawState, conversation: Conversation, session: Session): void {
  if (session.over.signal.aborted) return;
  state.world.openedChat({
    channel: 'miaw',
    id: conversation.id,
    over: session.over.signal,
    emit: (event) => emitEvent(state, conversation, session, event),
    nextMessage: () => session.inbox.next(),
    fault: (name) => breakSession(conversation, name),
  });
}

/** Tells an event to the visitor and lets the session follow it; nothing is told after the end. */
export function emitEvent(state: MiawState, conversation: Conversation, session: Session, event: AgentEventBody): void {
  if (session.over.signal.aborted) return;
  const { clock, random } = state.world;
  if (event.type === 'message' && hasFault(state, 'unknown-event', conversation.subject)) {
    append(state, conversation, unknownEntry('FutureThing', { level: 7 }));
  }
  const context = {
    ...session,
    conversationId: conversation.id,
    sessionId: session.id,
    now: clock.now(),
    uuid: () => random.uuid(),
  };
  for (const draft of encodeMiaw(event, context)) append(state, conversation, draft);
  applyEvent(event, conversation, session);
  if (event.type === 'joined') acknowledge(state, conversation, session);
}

/** Adds an entry to log, streams and, where it belongs there, to the history. Times never stand still. */
export function append(state: MiawState, conversation: Conversation, draft: EntryDraft): void {
  const last = conversation.entries.at(-1)?.transcriptedTimestamp ?? 0;
  const at = Math.max(state.world.clock.now(), last + 1);
  const entry = finishEntry(draft, draft.id ?? state.world.random.uuid(), at);
  if (HISTORY.has(entry.entryType)) conversation.entries.push(entry);
  publish(state, conversation, draft.event, entry);
}

/** Receipts for everything unread, as soon as somebody is there: delivered at once, read a little later. */
export function acknowledge(state: MiawState, conversation: Conversation, session: Session): void {
  if (session.present.length === 0) return;
  const messageIds = session.unread.splice(0);
  for (const messageId of messageIds) {
    emitEvent(state, conversation, session, { type: 'receipt', messageId, state: 'delivered' });
  }
  const read = () => {
    for (const messageId of messageIds) {
      emitEvent(state, conversation, session, { type: 'receipt', messageId, state: 'read' });
    }
  };
  const ms = READ_AFTER_MS * state.world.pace;
  if (ms === 0) read();
  else void state.world.clock.sleep(ms, session.over.signal).then(read, () => undefined);
}
