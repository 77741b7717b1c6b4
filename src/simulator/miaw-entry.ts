import type { ConversationEntry, SseEnvelope } from '../protocol/miaw.ts';
import { CHANNEL_ID } from './miaw-deployment.ts';
import type { Present } from './miaw-participants.ts';

export type Payload = Readonly<Record<string, unknown>>;

/** An entry before it has a time and, mostly, an id. `payload` lacks the two members that every payload begins with. */
export interface EntryDraft {
  /** Name of the server-sent event. */
  readonly event: string;
  readonly entryType: string;
  readonly payload: Payload;
  readonly sender: Present;
  readonly id?: string;
  readonly relatedRecords?: readonly string[];
}

/** An entry as it is kept: the payload is an object, and turned into text where the wire wants text. */
export type StoredEntry = ConversationEntry & {
  readonly entryPayload: Payload;
  readonly transcriptedTimestamp: number;
};

/** `at` is epoch milliseconds. Every member is filled, as real clients fail where one is missing. */
export function finishEntry(draft: EntryDraft, id: string, at: number): StoredEntry {
  return {
    senderDisplayName: draft.sender.displayName,
    identifier: id,
    entryType: draft.entryType,
    entryPayload: { entryType: draft.entryType, id, ...draft.payload },
    sender: draft.sender.wire,
    contextParamMap: {},
    visibilityStrategy: 'Default',
    transcriptedTimestamp: at,
    relatedRecords: draft.relatedRecords ?? [],
    clientTimestamp: at,
    clientDuration: 0,
  };
}

export function withTextPayload(entry: StoredEntry): ConversationEntry {
  return { ...entry, entryPayload: JSON.stringify(entry.entryPayload) };
}

export function envelope(conversationId: string, conversationEntry: ConversationEntry): SseEnvelope {
  return {
    channelPlatformKey: CHANNEL_ID,
    channelType: 'embedded_messaging',
    channelAddressIdentifier: CHANNEL_ID,
    conversationId,
    conversationEntry,
  };
}
