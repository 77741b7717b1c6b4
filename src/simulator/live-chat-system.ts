import type { ServerResponse } from 'node:http';
import { LIVE_CHAT_HEADERS, type LiveChatMessage } from '../protocol/live-chat.ts';
import { ANSWERS, type Answer, jsonAnswer, messagesAnswer, wrongVerb } from './live-chat-answer.ts';
import { checkSession, checkVersion, header } from './live-chat-checks.ts';
import { sessionData, type TranscriptLine } from './live-chat-messages.ts';
import { pollMessages } from './live-chat-poll.ts';
import type { Registry } from './live-chat-registry.ts';
import {
  CLIENT_POLL_TIMEOUT_SECONDS,
  INIT_LIMIT_MS,
  killChat,
  type LiveChatSession,
  watchSilence,
} from './live-chat-session.ts';
import type { ReceivedRequest, World } from './world.ts';

/** One request on its way through; `tail` is what follows prefix and noun in the path, decoded. */
export interface RouteTurn {
  readonly world: World;
  readonly registry: Registry;
  readonly request: ReceivedRequest;
  readonly response: ServerResponse;
  readonly tail: string;
}

/** `GET System/SessionId`. Knows no org: wrong ids cannot show here. */
export function openSession({ world, registry, request }: RouteTurn): Answer {
  const version = checkVersion(request);
  if (!version.ok) return version.answer;
  const session = registry.open(world.faults);
  session.watch.arm(INIT_LIMIT_MS);
  const { key, affinity, id } = session;
  return jsonAnswer({ clientPollTimeout: CLIENT_POLL_TIMEOUT_SECONDS, key, affinityToken: affinity, id });
}

/** `DELETE System/SessionId/{key}`: the key stands in the path, the header is optional. */
export function deleteSession({ registry, request, tail }: RouteTurn): Answer {
  const version = checkVersion(request);
  if (!version.ok) return version.answer;
  const near = registry.byAffinity(header(request, LIVE_CHAT_HEADERS.affinity) ?? '');
  if (!near) return ANSWERS.unavailable;
  const session = registry.byKey(tail);
  if (!session || session.state === 'dead') return ANSWERS.sessionGone;
  if (session !== near) return ANSWERS.unavailable;
  killChat(session);
  return ANSWERS.ok;
}

/** `GET System/Messages`. */
export async function openPoll({ world, registry, request, response }: RouteTurn): Promise<Answer> {
  const version = checkVersion(request);
  if (!version.ok) return version.answer;
  const session = checkSession(request, registry);
  if (!session.ok) return session.answer;
  return pollMessages(world, registry, session.value, request, response);
}

/** `GET System/ReconnectSession`, of use only after a 503. Some clients send the old affinity, so it is not looked at. */
export function reconnectSession({ registry, request }: RouteTurn): Answer {
  const version = checkVersion(request);
  if (!version.ok) return version.answer;
  const session = registry.byKey(header(request, LIVE_CHAT_HEADERS.sessionKey) ?? '');
  if (!session || session.state === 'dead') return ANSWERS.sessionGone;
  // Until the client has resynchronised it may have missed the answer, and asks again.
  if (!session.dropped && !session.resyncing) return wrongVerb([]);
  if (session.dropped) registry.move(session);
  startAnew(session, request.url.searchParams.get('ReconnectSession.offset'));
  return messagesAnswer([
    { type: 'ReconnectSession', message: { resetSequence: true, affinityToken: session.affinity } },
  ]);
}

/** `GET System/ResyncSession`, the way before release 37; the session id stands in the query or in the path. */
export function resyncSession({ registry, request, tail }: RouteTurn): Answer {
  const version = checkVersion(request);
  if (!version.ok) return version.answer;
  const id = request.url.searchParams.get('SessionId') ?? tail;
  const session = registry.byKey(header(request, LIVE_CHAT_HEADERS.sessionKey) ?? '');
  if (!session || session.state === 'dead' || session.id !== id) return jsonAnswer({ isValid: false });
  registry.rekey(session);
  startAnew(session, null);
  return jsonAnswer({ isValid: true, key: session.key, affinityToken: session.affinity });
}

function transcriptBut(
  { transcript }: LiveChatSession,
  following: readonly LiveChatMessage[],
): readonly TranscriptLine[] {
  return transcript.filter(({ message }) => !message || !following.includes(message)).map(({ line }) => line);
}

function startAnew(session: LiveChatSession, offset: string | null): void {
  const known = offset !== null && /^\d{1,15}$/.test(offset) ? Number(offset) : undefined;
  // What is still to come would be told twice if the transcript had it, too.
  session.outbox.restart((following) => sessionData(transcriptBut(session, following)), known);
  session.sequence = {};
  session.resyncing = true;
  watchSilence(session);
}
