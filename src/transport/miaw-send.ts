import { HandoffError } from '../core/errors.ts';
import type { HttpResponse } from '../core/http.ts';
import type { SentMessage } from '../core/session.ts';
import { isSuccess } from './miaw-api.ts';
import { callLine } from './miaw-call.ts';
import type { MiawChat } from './miaw-chat.ts';
import { askHistory } from './miaw-conversation.ts';
import { miawError } from './miaw-errors.ts';
import { beginSend, type Underway } from './miaw-outbox.ts';
import type { Outgoing, SessionPart } from './miaw-outgoing.ts';
import { withOwnMessage, withRefusedMessage } from './miaw-state.ts';

const NO_SESSION = 417;
const DEFAULT_LANGUAGE = 'en_US';
/** When to look for a message whose answer was lost, each after the one before. */
const LOOK_AFTER_MS = [0, 1000, 2000, 4000];

/**
 * Sends something and resolves once the service has it. Vendor page: "Send Message Use Cases". Throws what `miawError` says,
 * MESSAGE_NOT_CONFIRMED where the answer was lost and the message is not found, CHAT_ENDED_EARLY after the end.
 */
export async function sendMessage(chat: MiawChat, outgoing: Outgoing): Promise<SentMessage> {
  if (chat.closed)
    throw new HandoffError('CHAT_ENDED_EARLY', { message: 'The chat is over, the message was not sent' });
  const id = chat.line.deps.random.uuid().toLowerCase();
  chat.state = withOwnMessage(chat.state, id, outgoing.text);
  const underway = beginSend(chat.outbox, id);
  try {
    await deliver(chat, underway, outgoing);
    return { id };
  } catch (error) {
    chat.state = withRefusedMessage(chat.state, id);
    throw error;
  } finally {
    chat.outbox.delete(id);
    chat.bell.ring();
  }
}

async function deliver(chat: MiawChat, underway: Underway, outgoing: Outgoing): Promise<void> {
  let answer = await post(chat, underway.id, outgoing, { isNewMessagingSession: false });
  // The session is over: the same message may open the next one.
  if (isAnswer(answer) && answer.status === NO_SESSION) {
    answer = await post(chat, underway.id, outgoing, newSession(chat));
  }
  if (isAnswer(answer) && isSuccess(answer)) return;
  const error = isAnswer(answer) ? miawError('message', answer, chat.line.deps.secrets) : answer;
  if (!isLost(answer)) throw error;
  if (!(await isFound(chat, underway))) throw new HandoffError('MESSAGE_NOT_CONFIRMED', { cause: error });
}

function newSession({ intro }: MiawChat): SessionPart {
  return {
    isNewMessagingSession: true,
    routingAttributes: intro.routingAttributes ?? {},
    language: intro.language ?? DEFAULT_LANGUAGE,
  };
}

async function post(
  chat: MiawChat,
  id: string,
  { path, body }: Outgoing,
  session: SessionPart,
): Promise<HttpResponse | HandoffError> {
  try {
    const content = body(id, session);
    return await callLine(chat.line, { method: 'POST', path, ...content, repeat: 'refusals', signal: chat.reading });
  } catch (error) {
    chat.reading.throwIfAborted();
    if (!(error instanceof HandoffError) || error.code === 'TOKEN_EXPIRED') throw error;
    return error;
  }
}

function isAnswer(answer: HttpResponse | HandoffError): answer is HttpResponse {
  return !(answer instanceof HandoffError);
}

/** Nobody can say whether the service took the message. */
function isLost(answer: HttpResponse | HandoffError): boolean {
  return !isAnswer(answer) || answer.status >= 500 || answer.status === 408;
}

/** Looks for the message where it must show up: on the stream, and in the history. */
async function isFound(chat: MiawChat, underway: Underway): Promise<boolean> {
  for (const ms of LOOK_AFTER_MS) {
    await seenOrLater(chat, underway, ms);
    if (underway.seen || (await isInHistory(chat, underway.id))) return true;
  }
  return underway.seen;
}

async function seenOrLater(chat: MiawChat, underway: Underway, ms: number): Promise<void> {
  const seen = new AbortController();
  const wait = chat.line.deps.clock.sleep(ms, AbortSignal.any([chat.reading, seen.signal])).catch(() => undefined);
  await Promise.race([underway.whenSeen, wait]);
  seen.abort();
  chat.reading.throwIfAborted();
}

async function isInHistory(chat: MiawChat, id: string): Promise<boolean> {
  try {
    return (await askHistory(chat.line, chat.reading)).some((entry) => entry.id === id);
  } catch {
    chat.reading.throwIfAborted();
    return false;
  }
}
