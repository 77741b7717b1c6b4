import type { RecordingLine } from '../core/recording.ts';
import { LIVE_CHAT_PATHS } from '../protocol/live-chat.ts';
import type { Moment, Moments } from './replay.ts';
import { createLiveChatReader } from './replay-live-chat-message.ts';
import { type Exchanges, type Json, objectOf, objectsOf, textOf } from './replay-read.ts';

/** What the recorded visitor did that the script has to wait for. */
const SAYINGS: ReadonlySet<unknown> = new Set(['ChatMessage', 'RichMessage']);
const OWN_DOING: ReadonlySet<unknown> = new Set(['ABORTED', 'INTERRUPTED', 'TERMINATED']);

/** The polls of a recorded Live Chat session as moments. */
export function liveChatMoments(lines: readonly RecordingLine[], exchanges: Exchanges): Moments {
  const read = createLiveChatReader();
  const moments: Moment[] = [];
  let agents: Moments['agents'] = 'online';
  let sequence: unknown;
  let dropped = false;
  for (const line of lines) {
    const path = exchanges.request(line.exchange)?.path ?? '';
    if (line.type === 'request') moments.push(...requestMoments(line, exchanges));
    if (read.over()) continue;
    if (path.includes(LIVE_CHAT_PATHS.availability) && line.type === 'answer' && isOffline(line.body))
      agents = 'offline';
    if (path.includes(LIVE_CHAT_PATHS.reconnect) && line.type === 'answer') {
      sequence = undefined;
      dropped = false;
    }
    if (!path.includes(LIVE_CHAT_PATHS.messages)) continue;
    if (line.type === 'failure' && !OWN_DOING.has(line.code)) moments.push({ at: line.at, fault: 'lost-poll' });
    if (line.type !== 'answer') continue;
    // Everything is refused until the session is reconnected; that is one break, not several.
    if (line.status === 503 && !dropped) moments.push({ at: line.at, fault: 'drop-affinity' });
    dropped ||= line.status === 503;
    const body = objectOf(line.body);
    // An answer that was asked for again holds what has been played already.
    if (body.sequence !== undefined && body.sequence === sequence) continue;
    sequence = body.sequence;
    for (const entry of objectsOf(body.messages)) {
      moments.push(...read.entry(entry).map((emit) => ({ at: line.at, emit })));
    }
  }
  return { moments, agents };
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
