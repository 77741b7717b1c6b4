import type { AgentEventBody, Participant } from '../core/events.ts';
import { readContent } from './miaw-content.ts';
import { stopWriting } from './miaw-decode-typing.ts';
import type { WireEntry } from './miaw-entry.ts';
import { isObject, objectOf, textOf } from './miaw-json.ts';
import { readParticipant } from './miaw-participant.ts';
import { type Decoded, type MiawState, unknown, withTakenMessage } from './miaw-state.ts';

/** A message of any format. Our own echo gives no event: the answer to the request has told it already. */
export function decodeMessage(state: MiawState, entry: WireEntry): Decoded {
  const from = readParticipant(entry.sender, entry.senderName);
  const id = entry.id;
  if (from.role === 'visitor' && id !== undefined && state.own.some((message) => message.id === id)) {
    return { state: withTakenMessage(state, id), events: [] };
  }
  const content = isObject(entry.payload.abstractMessage) ? readContent(entry.payload.abstractMessage) : null;
  if (!content || id === undefined) return unknown(state, entry);
  if (from.role === 'visitor' && isCutFromOwn(state, entry, from)) return { state, events: [] };
  const stopped = stopWriting(state, from, id);
  const message: AgentEventBody = { type: 'message', id, from, ...automated(entry), ...content };
  return { state: stopped.state, events: [...stopped.events, message] };
}

function automated(entry: WireEntry): { automated?: true } {
  const reason = entry.payload.messageReason;
  return reason === 'AutomatedResponse' || reason === 'Consent' ? { automated: true } : {};
}

/**
 * The service cuts an address at the start or end of a text out and makes it a rich link with an id of its own.
 * Such a link from our own subject, to an address that we sent, is an echo too.
 */
function isCutFromOwn(state: MiawState, entry: WireEntry, from: Participant): boolean {
  if (from.id !== undefined && state.ownSubject !== undefined && from.id !== state.ownSubject) return false;
  const content = objectOf(objectOf(entry.payload.abstractMessage).staticContent);
  if (content.formatType !== 'RichLink') return false;
  const url = textOf(objectOf(content.linkItem).url);
  return url !== undefined && state.own.some((message) => message.text.includes(url));
}
