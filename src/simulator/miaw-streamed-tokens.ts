import { SSE_EVENTS } from '../protocol/miaw.ts';
import type { EntryDraft } from './miaw-entry.ts';
import type { Present } from './miaw-participants.ts';

const WORDS_PER_TOKEN = 3;

/** A bot's text in pieces, each with its number and the id of the message that will replace them all. */
export function streamedTokens(
  text: string,
  targetMessageIdentifier: string,
  sender: Present,
  { now }: { readonly now: number },
): readonly EntryDraft[] {
  return piecesOf(text).map((piece, index) => ({
    event: SSE_EVENTS.streamingToken,
    entryType: 'StreamingToken',
    payload: {
      streamingToken: {
        tokenType: 'MessageStreamingToken',
        sequenceNumber: index + 1,
        timestamp: now,
        targetMessageIdentifier,
        token: { formatType: 'Text', text: piece },
      },
    },
    sender,
  }));
}

function piecesOf(text: string): readonly string[] {
  const words = text.match(/\S+\s*/g) ?? [];
  const pieces: string[] = [];
  for (let start = 0; start < words.length; start += WORDS_PER_TOKEN) {
    pieces.push(words.slice(start, start + WORDS_PER_TOKEN).join(''));
  }
  return pieces;
}
