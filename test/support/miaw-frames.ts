import { readFileSync } from 'node:fs';
import type { SseMessage } from '../../src/core/http.ts';

/** Who an entry comes from, as the wire says it. */
export const AGENT = { role: 'Agent', appType: 'agent', subject: '0057X00000BcDeF' };
export const SECOND_AGENT = { role: 'Agent', appType: 'agent', subject: '0057X00000Second' };
export const BOT = { role: 'Chatbot', appType: 'chatbot', subject: '0Xx7X0000001GhI' };
export const VISITOR = { role: 'EndUser', appType: 'iamessage', subject: 'v2/iamessage/UNAUTH/NA/uid:guest' };
export const SYSTEM = { role: 'System', appType: 'conversation', subject: 'channel' };

export interface EntryParts {
  readonly id?: string;
  readonly sender?: Readonly<Record<string, unknown>>;
  readonly name?: string;
  readonly relatedRecords?: readonly string[];
  readonly timestamp?: number;
  readonly conversationId?: string;
  /** The event's own id on the stream. */
  readonly eventId?: string;
}

const ENTRY_TYPES: Readonly<Record<string, string>> = {
  CONVERSATION_MESSAGE: 'Message',
  CONVERSATION_ROUTING_RESULT: 'RoutingResult',
  CONVERSATION_ROUTING_WORK_RESULT: 'RoutingWorkResult',
  CONVERSATION_PARTICIPANT_CHANGED: 'ParticipantChanged',
  CONVERSATION_SESSION_STATUS_CHANGED: 'SessionStatusChanged',
  CONVERSATION_QUEUE_POSITION: 'QueuePosition',
  CONVERSATION_TYPING_STARTED_INDICATOR: 'TypingStartedIndicator',
  CONVERSATION_TYPING_STOPPED_INDICATOR: 'TypingStoppedIndicator',
  CONVERSATION_DELIVERY_ACKNOWLEDGEMENT: 'DeliveryAcknowledgement',
  CONVERSATION_READ_ACKNOWLEDGEMENT: 'ReadAcknowledgement',
  CONVERSATION_PROGRESS_INDICATOR: 'ProgressIndicator',
  CONVERSATION_STREAMING_TOKEN: 'StreamingToken',
  CONVERSATION_CLOSE_CONVERSATION: 'CloseConversation',
};

let made = 0;

/** A conversation entry as it stands in the envelope, payload as a string. */
export function entry(event: string, payload: unknown, parts: EntryParts = {}): Record<string, unknown> {
  made += 1;
  const entryType = ENTRY_TYPES[event] ?? event;
  const identifier = parts.id ?? `00000000-0000-4000-8000-${String(made).padStart(12, '0')}`;
  return {
    senderDisplayName: parts.name ?? 'Priya N.',
    identifier,
    entryType,
    entryPayload: typeof payload === 'object' ? JSON.stringify({ entryType, id: identifier, ...payload }) : payload,
    sender: parts.sender ?? AGENT,
    relatedRecords: parts.relatedRecords ?? [],
    transcriptedTimestamp: parts.timestamp ?? 1_767_225_600_000 + made,
  };
}

/** One frame as an SSE parser hands it on. */
export function frame(event: string, payload: unknown, parts: EntryParts = {}): SseMessage {
  const envelope = { conversationId: parts.conversationId, conversationEntry: entry(event, payload, parts) };
  return { ...(parts.eventId ? { id: parts.eventId } : {}), event, data: JSON.stringify(envelope) };
}

/** The same as text on the wire. */
export function sse(event: string, payload: unknown, parts: EntryParts = {}): string {
  return sseText(frame(event, payload, parts));
}

function sseText({ id, event, data }: SseMessage): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${data}\n\n`;
}

export function textPayload(text: string, messageReason: string | null = null): unknown {
  const staticContent = { formatType: 'Text', text };
  return { abstractMessage: { messageType: 'StaticContentMessage', staticContent }, messageReason };
}

export function said(text: string, parts: EntryParts = {}): string {
  return sse('CONVERSATION_MESSAGE', textPayload(text), parts);
}

export function changePayload(operation: string, participant: unknown, displayName: string | null): unknown {
  return { entries: [{ operation, participant, displayName, menuMetadata: null }] };
}

export function joined(participant: unknown = AGENT, name: string | null = 'Priya N.'): string {
  return sse('CONVERSATION_PARTICIPANT_CHANGED', changePayload('add', participant, name), { sender: SYSTEM });
}

export function left(participant: unknown = AGENT, name: string | null = 'Priya N.'): string {
  return sse('CONVERSATION_PARTICIPANT_CHANGED', changePayload('remove', participant, name), { sender: SYSTEM });
}

export function status(sessionStatus: string, more: Record<string, unknown> = {}): string {
  return sse('CONVERSATION_SESSION_STATUS_CHANGED', { sessionStatus, ...more }, { sender: SYSTEM });
}

export function receipt(kind: 'DELIVERY' | 'READ', messageId: string): string {
  const payload = { acknowledgedConversationEntryIdentifier: messageId, recipient: AGENT };
  return sse(`CONVERSATION_${kind}_ACKNOWLEDGEMENT`, payload, { relatedRecords: [messageId] });
}

export function transferResult(failureType = 'None'): string {
  return sse('CONVERSATION_ROUTING_RESULT', { routingType: 'Transfer', failureType }, { sender: SYSTEM });
}

/** The frame of a neutral fixture, taken apart by lines and not by the client's parser. */
export function fixtureFrame(name: string): SseMessage {
  const lines = fixtureText(`${name}.sse`).split('\n');
  const field = (key: string) => lines.find((line) => line.startsWith(`${key}: `))?.slice(key.length + 2);
  const id = field('id');
  return { ...(id === undefined ? {} : { id }), event: field('event') ?? 'message', data: field('data') ?? '' };
}

export function fixtureJson(name: string): Record<string, unknown> {
  return JSON.parse(fixtureText(`${name}.json`));
}

function fixtureText(file: string): string {
  return readFileSync(new URL(`../fixtures/wire/miaw/${file}`, import.meta.url), 'utf8');
}
