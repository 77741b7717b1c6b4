import type { AgentEventBody, Participant } from '../core/events.ts';
import type { WireEntry } from './miaw-entry.ts';
import { isObject, objectOf, textOf } from './miaw-json.ts';
import { readParticipant } from './miaw-participant.ts';
import { type Decoded, type MiawState, unknown, withTakenMessage } from './miaw-state.ts';

/**
 * Our message was delivered or read. Reading one means having read all before it, so those are told too; one that is still
 * under way may never arrive, or arrive later.
 */
export function decodeReceipt(state: MiawState, entry: WireEntry): Decoded {
  const messageId = entry.relatedRecords[0] ?? textOf(entry.payload.acknowledgedConversationEntryIdentifier);
  const by = recipient(entry);
  const ours = state.own.some((message) => message.id === messageId);
  // Where we are the recipient, it is the other side's message that was acknowledged.
  if (!messageId || (!ours && by.role === 'visitor')) return unknown(state, entry);
  if (entry.kind === 'delivered') {
    return { state: withTakenMessage(state, messageId), events: [receipt(messageId, 'delivered', by)] };
  }
  if (state.own.some(({ id, taken, read }) => id === messageId && taken && read)) return { state, events: [] };
  const last = state.own.findIndex((message) => message.id === messageId);
  const earlier = state.own.slice(0, Math.max(last, 0)).filter(({ taken, read }) => taken && !read);
  const ids = [...earlier.map((message) => message.id), messageId];
  const own = state.own.map((message) =>
    ids.includes(message.id) ? { ...message, taken: true, read: true } : message,
  );
  return { state: { ...state, own }, events: ids.map((id) => receipt(id, 'read', by)) };
}

function receipt(messageId: string, state: 'delivered' | 'read', by: Participant): AgentEventBody {
  return { type: 'receipt', messageId, state, by };
}

/** The payload names who received it; the name to show stands only with the sender. */
function recipient(entry: WireEntry): Participant {
  const sender = readParticipant(entry.sender, entry.senderName);
  if (!isObject(entry.payload.recipient)) return sender;
  const named = readParticipant(objectOf(entry.payload.recipient));
  return named.id === sender.id && sender.name ? { ...named, name: sender.name } : named;
}
