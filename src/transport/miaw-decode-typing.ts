import type { Participant } from '../core/events.ts';
import type { WireEntry } from './miaw-entry.ts';
import { numberOf, objectOf, textOf } from './miaw-json.ts';
import { participantKey, readParticipant } from './miaw-participant.ts';
import { type Decoded, type MiawState, type StreamedToken, unknown } from './miaw-state.ts';

const MOST_TARGETS = 20;
const MOST_TOKENS = 5000;

/** Typing of others; the visitor's own comes back as an echo and says nothing new. */
export function decodeTyping(state: MiawState, entry: WireEntry): Decoded {
  const participant = readParticipant(entry.sender, entry.senderName);
  if (participant.role === 'visitor') return unknown(state, entry);
  const active = entry.kind === 'typingStarted';
  const next = active ? state : notWriting(state, participant);
  return { state: next, events: [{ type: 'typing', participant, active }] };
}

/** A note of what a bot is doing. Vendor page: "Progress Indicators". */
export function decodeProgress(state: MiawState, entry: WireEntry): Decoded {
  const message = objectOf(objectOf(entry.payload.progressIndicator).progressMessage);
  return write(state, entry, textOf(message.text));
}

/** The words of an answer so far, in their order. Vendor page: "Token Streaming". */
export function decodeStreamedToken(state: MiawState, entry: WireEntry): Decoded {
  const token = objectOf(entry.payload.streamingToken);
  const target = textOf(token.targetMessageIdentifier);
  if (!target) return unknown(state, entry);
  // A failed content check: what was streamed for this message must go.
  if (token.tokenType === 'StreamingTokenValidation') return write(withTokens(state, target, []), entry, '');
  const { text } = objectOf(token.token);
  if (typeof text !== 'string') return unknown(state, entry);
  const known = state.streamed.get(target) ?? [];
  const tokens = insert(known, { sequence: numberOf(token.sequenceNumber) ?? known.length, text });
  return write(withTokens(state, target, tokens), entry, tokens.map((one) => one.text).join(''));
}

/** The final message ends what was shown as being written. */
export function stopWriting(state: MiawState, participant: Participant, messageId: string): Decoded {
  const wasWriting = state.writing.has(participantKey(participant));
  if (!wasWriting && !state.streamed.has(messageId)) return { state, events: [] };
  const next = notWriting(withTokens(state, messageId, []), participant);
  return { state: next, events: wasWriting ? [{ type: 'typing', participant, active: false }] : [] };
}

function write(state: MiawState, entry: WireEntry, text: string | undefined): Decoded {
  const participant = readParticipant(entry.sender, entry.senderName);
  const writing = new Map(state.writing).set(participantKey(participant), participant);
  const words = text === undefined ? {} : { text };
  return { state: { ...state, writing }, events: [{ type: 'typing', participant, active: true, ...words }] };
}

function notWriting(state: MiawState, participant: Participant): MiawState {
  const writing = new Map(state.writing);
  return writing.delete(participantKey(participant)) ? { ...state, writing } : state;
}

function withTokens(state: MiawState, target: string, tokens: readonly StreamedToken[]): MiawState {
  const others = [...state.streamed].filter(([id]) => id !== target).slice(1 - MOST_TARGETS);
  return { ...state, streamed: new Map(tokens.length > 0 ? [...others, [target, tokens]] : others) };
}

/** Tokens may arrive in any order and twice. */
function insert(tokens: readonly StreamedToken[], token: StreamedToken): readonly StreamedToken[] {
  const others = tokens.filter((other) => other.sequence !== token.sequence).slice(-MOST_TOKENS);
  return [...others, token].sort((a, b) => a.sequence - b.sequence);
}
