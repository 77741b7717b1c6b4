import { HandoffError } from '../core/errors.ts';
import type { Http } from '../core/http.ts';
import type { Secrets } from '../core/redact.ts';
import { fitsHeader } from '../http/header-text.ts';
import { parseJson } from '../http/parse.ts';
import { LIVE_CHAT_HEADERS, LIVE_CHAT_PATHS, NO_AFFINITY } from '../protocol/live-chat.ts';
import { liveChatFailure, refusedInWords } from './live-chat-errors.ts';
import { fieldsOf, listOf, numberOf, textOf } from './live-chat-fields.ts';
import { keyInPath, type Link, liveChatUrl, visitorHeaders } from './live-chat-link.ts';
import { moved, movedTo } from './live-chat-server.ts';

/** What live servers answer; the guide's sample says 30. */
const USUAL_POLL_TIMEOUT_SECONDS = 40;
/** A poll is held for about 30 seconds, and a client that gave up sooner would lose what arrives meanwhile. */
const SHORTEST_POLL_TIMEOUT_MS = 60_000;
const POLL_MARGIN_MS = 10_000;
/** A longer answer than ten minutes would be no limit at all. */
const LONGEST_POLL_TIMEOUT_SECONDS = 600;

/** Live servers answer 200; a session that was made is one by the other two as well, and has to be closed again. */
const GIVEN: readonly number[] = [200, 201, 202];

interface SessionRequest {
  readonly url: string;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** A new session on the server; rings nobody. The key goes to `secrets` before anything else is done with it. */
export async function askSessionId(http: Http, secrets: Secrets, request: SessionRequest): Promise<Link> {
  const what = 'System/SessionId';
  const response = await http.request({
    url: liveChatUrl(request.url, LIVE_CHAT_PATHS.sessionId),
    headers: { ...visitorHeaders(), [LIVE_CHAT_HEADERS.affinity]: NO_AFFINITY },
    timeoutMs: request.timeoutMs,
    ...(request.signal && { signal: request.signal }),
  });
  if (!GIVEN.includes(response.status)) throw liveChatFailure(response, what, 'handshake');
  const body = parseJson(response, what);
  const newUrl = movedTo(body);
  if (newUrl !== undefined) throw moved('The org has moved to another Live Agent server', newUrl);
  const fields = fieldsOf(body);
  const refusal = refusedInWords(listOf(fields.messages).map(fieldsOf), what);
  if (refusal) throw refusal;
  const key = textOf(fields.key);
  if (key === undefined) {
    throw new HandoffError('NOT_THE_SERVICE', { message: 'System/SessionId gave no session key', step: 'live-chat.2' });
  }
  secrets.add(key);
  secrets.add(keyInPath(key));
  const affinity = textOf(fields.affinityToken) ?? NO_AFFINITY;
  if (!fitsHeader(key) || !fitsHeader(affinity)) {
    throw new HandoffError('NOT_THE_SERVICE', {
      message: 'System/SessionId gave characters that no session key has',
      step: 'live-chat.2',
    });
  }
  return {
    http,
    timeoutMs: request.timeoutMs,
    // The part of the key before the first "!" repeats the id.
    sessionId: textOf(fields.id) ?? key.replace(/!.*$/s, ''),
    key,
    clientPollTimeoutSeconds: numberOf(fields.clientPollTimeout) ?? USUAL_POLL_TIMEOUT_SECONDS,
    url: request.url,
    affinity,
    nextSequence: 1,
    generation: 0,
  };
}

/** How long one poll may take before it counts as lost. */
export function pollTimeoutMs(link: Link): number {
  const seconds = Math.min(LONGEST_POLL_TIMEOUT_SECONDS, link.clientPollTimeoutSeconds);
  return Math.max(SHORTEST_POLL_TIMEOUT_MS, seconds * 1000 + POLL_MARGIN_MS);
}
