import type { RecordingLine } from '../core/recording.ts';
import { LIVE_CHAT_PATHS } from '../protocol/live-chat.ts';
import type { Moment, Moments } from './replay.ts';
import { createLiveChatReader, type LiveChatReader } from './replay-live-chat-message.ts';
import { type Exchanges, type Json, objectOf, objectsOf, textOf } from './replay-read.ts';

/** What the recorded visitor did that the script has to wait for. */
const SAYINGS: ReadonlySet<unknown> = new Set(['ChatMessage', 'RichMessage']);
const OWN_DOING: ReadonlySet<unknown> = new Set(['ABORTED', 'INTERRUPTED', 'TERMINATED']);

interface Reading {
  readonly reader: LiveChatReader;
  readonly exchanges: Exchanges;
  agents: Moments['agents'];
  /** That of the last answer with messages. */
  sequence: unknown;
  /** Refused, and not yet reconnected. */
  dropped: boolean;
}

/** The polls of a recorded Live Chat session as moments. */
export function liveChatMoments(lines: readonly RecordingLine[], exchanges: Exchanges): Moments {
  const reader = createLiveChatReader();
  const reading: Reading = { reader, exchanges, agents: 'online', sequence: undefined, dropped: false };
  const moments = lines.flatMap((line) => momentsOf(reading, line));
  return { moments, agents: reading.agents };
}

function momentsOf(reading: Reading, line: RecordingLine): readonly Moment[] {
  if (line.type === 'request') return requestMoments(line, reading.exchanges);
  if (reading.reader.over()) return [];
  const path = reading.exchanges.request(line.exchange)?.path ?? '';
  const isPoll = path.includes(LIVE_CHAT_PATHS.messages);
  if (line.type === 'failure') return isPoll && !OWN_DOING.has(line.code) ? [{ at: line.at, fault: 'lost-poll' }] : [];
  if (line.type !== 'answer') return [];
  if (isPoll) return pollMoments(reading, line);
  if (path.includes(LIVE_CHAT_PATHS.availability) && isOffline(line.body)) reading.agents = 'offline';
  if (path.includes(LIVE_CHAT_PATHS.reconnect)) Object.assign(reading, { sequence: undefined, dropped: false });
  return [];
}

function pollMoments(reading: Reading, line: Extract<RecordingLine, { type: 'answer' }>): readonly Moment[] {
  const { at } = line;
  if (line.status === 503) {
    // Everything is refused until the session is reconnected; that is one break, not several.
    const known = reading.dropped;
    reading.dropped = true;
    return known ? [] : [{ at, fault: 'drop-affinity' }];
  }
  const body = objectOf(line.body);
  // An answer that was asked for again holds what has been played already.
  if (body.sequence !== undefined && body.sequence === reading.sequence) return [];
  reading.sequence = body.sequence;
  return objectsOf(body.messages).flatMap((entry) => reading.reader.entry(entry).map((emit) => ({ at, emit })));
}

function requestMoments(line: Extract<RecordingLine, { type: 'request' }>, exchanges: Exchanges): readonly Moment[] {
  const { at, path, exchange } = line;
  if (line.method !== 'POST' || exchanges.status(exchange) >= 400) return [];
  const body = objectOf(line.body);
  const nouns = path.includes(LIVE_CHAT_PATHS.multiNoun)
    ? objectsOf(body.nouns).map((entry) => entry.noun)
    : [path.split('?')[0]?.split('/').at(-1)];
  return nouns.flatMap((noun): Moment[] => {
    if (noun === 'ChasitorInit') return [{ at, started: true }];
    if (SAYINGS.has(noun)) return [{ at, said: true }];
    // Tells the simulator to hand out limits on silence, which the visitor's side measures.
    if (noun === 'ChasitorIdleTimeoutWarningEvent') return [{ at, emit: { type: 'session', state: 'inactive' } }];
    return [];
  });
}

function isOffline(body: unknown): boolean {
  const results = objectsOf(objectOf(body).messages).flatMap(({ message }) => objectsOf(objectOf(message).results));
  return (
    results.length > 0 &&
    results.every((result: Json) => textOf(result.id) === undefined || result.isAvailable !== true)
  );
}
