import type { AgentEventBody, MessageEvent, SessionState } from '../core/events.ts';
import type { SessionStatus } from '../protocol/miaw.ts';
import { SSE_EVENTS } from '../protocol/miaw.ts';
import { CHANNEL_ID } from './miaw-deployment.ts';
import { accepted, declined, queued, routingFailed, transferFailed, transferRequested } from './miaw-encode-routing.ts';
import type { EntryDraft, Payload } from './miaw-entry.ts';
import { messageContent } from './miaw-message-content.ts';
import { type Present, present, SYSTEM } from './miaw-participants.ts';
import { streamedTokens } from './miaw-streamed-tokens.ts';

/** What the encoder has to know about the session; it changes nothing. */
export interface EncodeContext {
  readonly conversationId: string;
  readonly sessionId: string;
  readonly status: SessionStatus;
  readonly startedAt: number;
  readonly now: number;
  /** The first routing result has been sent. */
  readonly routed: boolean;
  readonly transferring: boolean;
  /** The bot has announced that it is working: its next message is streamed word by word. */
  readonly streaming: boolean;
  readonly present: readonly Present[];
  uuid(): string;
}

export const SESSION_STATUS: Readonly<Record<SessionState, SessionStatus>> = {
  active: 'Active',
  inactive: 'Inactive',
  ended: 'Ended',
  waiting: 'Waiting',
};
const ENDED_BY = { agent: 'Agent', visitor: 'EndUser', system: 'System' } as const;

/** One neutral event as the entries that tell it; none for events that only a client knows. */
export function encodeMiaw(event: AgentEventBody, context: EncodeContext): readonly EntryDraft[] {
  switch (event.type) {
    case 'queued':
      return queued(event, context);
    case 'joined':
      return joined(present(event.participant), context);
    case 'left':
      return [participantChanged('remove', present(event.participant))];
    case 'message':
      return message(event, context);
    case 'receipt':
      return [receipt(event, context)];
    case 'typing':
      return [typing(event, context)];
    case 'transferred':
      return transferred(event.state, context);
    case 'session':
      return [sessionChanged(SESSION_STATUS[event.state], context)];
    case 'rejected':
      return event.code === 'Declined' ? declined(event.reason, context) : [routingFailed(event, context)];
    case 'ended':
      return [
        sessionChanged('Ended', context, ENDED_BY[event.by]),
        ...context.present.map((leaver) => participantChanged('remove', leaver)),
      ];
    case 'unknown':
      return [unknownEntry(event.wireType, event.raw)];
    case 'connecting':
    case 'started':
    case 'sent':
    case 'reconnecting':
    case 'reconnected':
    case 'error':
      return [];
  }
}

function joined(who: Present, context: EncodeContext): readonly EntryDraft[] {
  const active = context.status === 'Active' ? [] : [sessionChanged('Active', context)];
  return [...accepted(who, context), ...active, participantChanged('add', who)];
}

function participantChanged(operation: 'add' | 'remove', who: Present): EntryDraft {
  const entries = [{ operation, menuMetadata: null, participant: who.wire, displayName: who.displayName }];
  return system(SSE_EVENTS.participantChanged, 'ParticipantChanged', { entries });
}

function sessionChanged(status: SessionStatus, context: EncodeContext, endedBy: string | null = null): EntryDraft {
  return system(SSE_EVENTS.sessionStatusChanged, 'SessionStatusChanged', {
    sessionId: context.sessionId,
    conversationIdentifier: context.conversationId,
    channelAddressIdentifier: CHANNEL_ID,
    sessionStatus: status,
    sessionStatusPrev: context.status,
    sessionStartTime: context.startedAt,
    sessionEndTime: status === 'Ended' ? context.now : null,
    sessionEndedByRole: endedBy,
  });
}

function message(event: MessageEvent, context: EncodeContext): readonly EntryDraft[] {
  const id = event.id || context.uuid();
  const { messageType, part } = messageContent(event);
  const sender = event.automated ? SYSTEM : present(event.from);
  const reason = event.automated ? 'AutomatedResponse' : null;
  const final = messageEntry(id, { messageType, ...part }, sender, reason);
  const isStreamed = context.streaming && event.from.role === 'bot' && event.format === 'text';
  return isStreamed ? [...streamedTokens(event.text, id, sender, context), final] : [final];
}

/** A message entry around its content; also the echo of what the visitor has sent. */
export function messageEntry(
  id: string,
  content: Payload,
  sender: Present,
  messageReason: string | null = null,
  relatedRecords: readonly string[] = [],
): EntryDraft {
  const abstractMessage = { inReplyToMessageId: null, id, references: [], ...content };
  const payload = { abstractMessage, messageReason };
  return { event: SSE_EVENTS.message, entryType: 'Message', payload, sender, id, relatedRecords };
}

function receipt(event: Extract<AgentEventBody, { type: 'receipt' }>, context: EncodeContext): EntryDraft {
  const sender = event.by ? present(event.by) : (context.present.at(-1) ?? SYSTEM);
  const isRead = event.state === 'read';
  return {
    event: isRead ? SSE_EVENTS.read : SSE_EVENTS.delivered,
    entryType: isRead ? 'ReadAcknowledgement' : 'DeliveryAcknowledgement',
    payload: {
      acknowledgedConversationEntryIdentifier: event.messageId,
      acknowledgementTimestamp: context.now,
      recipient: sender.wire,
    },
    sender,
    relatedRecords: [event.messageId],
  };
}

function typing(event: Extract<AgentEventBody, { type: 'typing' }>, { now }: EncodeContext): EntryDraft {
  const sender = present(event.participant);
  if (event.active && event.text !== undefined) {
    const progressMessage = { formatType: 'Text', text: event.text.slice(0, 255) };
    const progressIndicator = { indicatorType: 'ProgressUpdateIndicator', timestamp: now, progressMessage };
    return { event: SSE_EVENTS.progress, entryType: 'ProgressIndicator', payload: { progressIndicator }, sender };
  }
  const payload = { timestamp: now };
  return event.active
    ? { event: SSE_EVENTS.typingStarted, entryType: 'TypingStartedIndicator', payload, sender }
    : { event: SSE_EVENTS.typingStopped, entryType: 'TypingStoppedIndicator', payload, sender };
}

function transferred(state: 'requested' | 'completed' | 'failed', context: EncodeContext): readonly EntryDraft[] {
  if (state === 'requested') return [transferRequested(context)];
  // A completed transfer is told by the new participant alone.
  return state === 'failed' ? [transferFailed(context)] : [];
}

/** The visitor has closed the conversation for good, on any device. */
export function closeEntry(conversationId: string, sender: Present): EntryDraft {
  const payload = { conversationIdentifier: conversationId };
  return { event: SSE_EVENTS.closed, entryType: 'CloseConversation', payload, sender };
}

/** An entry of a kind that clients do not know. */
export function unknownEntry(wireType: string, raw: unknown): EntryDraft {
  const event = wireType.startsWith('CONVERSATION_')
    ? wireType
    : `CONVERSATION_${wireType.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toUpperCase()}`;
  const payload = typeof raw === 'object' && raw !== null ? { ...raw } : { value: raw };
  return system(event, wireType, payload);
}

function system(event: string, entryType: string, payload: Payload): EntryDraft {
  return { event, entryType, payload, sender: SYSTEM };
}
