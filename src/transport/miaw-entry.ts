import type { SseMessage } from '../core/http.ts';
import { SSE_EVENTS } from '../protocol/miaw.ts';
import { isObject, type JsonObject, jsonOf, numberOf, objectOf, objectsOf, textOf, textsOf } from './miaw-json.ts';

/** Entry types this client understands; the stream names them by event, the history by `entryType`. */
type EntryKind = Exclude<keyof typeof SSE_EVENTS, 'ping' | 'consent' | 'clientAction' | 'clientMenu'>;

/** One conversation entry, wherever it came from: members checked, payload parsed, the original kept. */
export interface WireEntry {
  /** The stream's event name, also for an entry that came from the history. */
  readonly wireType: string;
  readonly kind: EntryKind | 'other';
  readonly id: string | undefined;
  readonly conversationId: string | undefined;
  readonly payload: JsonObject;
  readonly sender: JsonObject;
  readonly senderName: string | undefined;
  readonly relatedRecords: readonly string[];
  readonly timestamp: number | undefined;
  readonly raw: unknown;
}

const ENTRY_TYPES: Readonly<Record<EntryKind, string>> = {
  message: 'Message',
  routingResult: 'RoutingResult',
  routingWorkResult: 'RoutingWorkResult',
  participantChanged: 'ParticipantChanged',
  sessionStatusChanged: 'SessionStatusChanged',
  queuePosition: 'QueuePosition',
  typingStarted: 'TypingStartedIndicator',
  typingStopped: 'TypingStoppedIndicator',
  delivered: 'DeliveryAcknowledgement',
  read: 'ReadAcknowledgement',
  progress: 'ProgressIndicator',
  streamingToken: 'StreamingToken',
  closed: 'CloseConversation',
};

const KINDS = Object.keys(ENTRY_TYPES) as EntryKind[];
const KIND_BY_EVENT = new Map(KINDS.map((kind) => [SSE_EVENTS[kind] as string, kind]));
const KIND_BY_ENTRY_TYPE = new Map(KINDS.map((kind) => [ENTRY_TYPES[kind], kind]));

const ENTRY_PREFIX = 'CONVERSATION_';

/** What an SSE parser calls an event that the service did not name. */
const UNNAMED = 'message';

/** The entry in a stream frame; null for a ping and for what neither is an entry nor is called one. */
export function readFrame(frame: SseMessage): WireEntry | null {
  if (frame.event === SSE_EVENTS.ping) return null;
  const envelope = jsonOf(frame.data);
  if (!isObject(envelope)) return frame.event.startsWith(ENTRY_PREFIX) ? unreadable(frame) : null;
  const entry = isObject(envelope.conversationEntry) ? envelope.conversationEntry : envelope;
  const entryType = textOf(entry.entryType);
  const named = frame.event !== UNNAMED;
  const kind = named ? KIND_BY_EVENT.get(frame.event) : KIND_BY_ENTRY_TYPE.get(entryType ?? '');
  // The constant where there is one: the frame's own name is a part of all that was read, and would keep it in memory.
  const wireType = kind === undefined ? frame.event : SSE_EVENTS[kind];
  return readEntry(entry, kind ?? 'other', wireType, textOf(envelope.conversationId));
}

/** Kept as the text that came, for nothing can be made of it. */
function unreadable({ event, data }: SseMessage): WireEntry {
  return { ...readEntry({}, 'other', event, undefined), raw: data };
}

/** The entries of a history answer, oldest first. */
export function readHistory(answer: unknown): readonly WireEntry[] {
  const list = objectsOf(Array.isArray(answer) ? answer : objectOf(answer).conversationEntries);
  const entries = list.map((entry) => {
    const entryType = textOf(entry.entryType) ?? 'unnamed';
    const kind = KIND_BY_ENTRY_TYPE.get(entryType);
    return readEntry(entry, kind ?? 'other', kind ? SSE_EVENTS[kind] : entryType, textOf(entry.conversationId));
  });
  return oldestFirst(entries);
}

function readEntry(
  entry: JsonObject,
  kind: WireEntry['kind'],
  wireType: string,
  conversationId: string | undefined,
): WireEntry {
  const payload = readPayload(entry.entryPayload);
  return {
    wireType,
    kind,
    id: textOf(entry.identifier) ?? textOf(payload.id),
    conversationId: conversationId?.toLowerCase(),
    payload,
    sender: objectOf(entry.sender),
    senderName: textOf(entry.senderDisplayName),
    relatedRecords: textsOf(entry.relatedRecords),
    timestamp: numberOf(entry.transcriptedTimestamp) ?? numberOf(entry.clientTimestamp),
    raw: entry,
  };
}

function readPayload(payload: unknown): JsonObject {
  return objectOf(typeof payload === 'string' ? jsonOf(payload) : payload);
}

function oldestFirst(entries: readonly WireEntry[]): readonly WireEntry[] {
  const first = entries.at(0)?.timestamp ?? 0;
  const last = entries.at(-1)?.timestamp ?? 0;
  // Entries of one millisecond keep the service's order, which usually is newest first.
  const forward = first > last ? entries.toReversed() : entries;
  return forward.toSorted((a, b) => (a.timestamp ?? 0) - (b.timestamp ?? 0));
}
