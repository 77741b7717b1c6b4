import { HandoffError } from '../core/errors.ts';
import type { HttpResponse } from '../core/http.ts';
import type { SentMessage } from '../core/session.ts';
import { CONVERSATION_PATHS, type SendMessageRequest } from '../protocol/miaw.ts';
import { isSuccess } from './miaw-api.ts';
import { callLine } from './miaw-call.ts';
import type { MiawChat } from './miaw-chat.ts';
import { askHistory } from './miaw-conversation.ts';
import { miawError } from './miaw-errors.ts';
import { beginSend, type Underway } from './miaw-outbox.ts';
import { withOwnMessage, withRefusedMessage } from './miaw-state.ts';

const NO_SESSION = 417;
const DEFAULT_LANGUAGE = 'en_US';
/** When to look for a message whose answer was lost, each after the one before. */
const LOOK_AFTER_MS = [0, 1000, 2000, 4000];

/**
 * Sends a text and resolves once the service has it. Vendor page: "Send Message Use Cases". Throws what `miawError` says,
 * MESSAGE_NOT_CONFIRMED where the answer was lost and the message is not found, CHAT_ENDED_EARLY after the end.
 */
export async function sendMessage(chat: MiawChat, text: string): Promise<SentMessage> {
  if (chat.closed)
    throw new HandoffError('CHAT_ENDED_EARLY', { message: 'The chat is over, the message was not sent' });
  const id = chat.line.deps.random.uuid().toLowerCase();
  chat.state = withOwnMessage(chat.state, id, text);
  const underway = beginSend(chat.outbox, id);
  try {
    await deliver(chat, underway, text);
    return { id };
  } catch (error) {
    chat.state = withRefusedMessage(chat.state, id);
    throw error;
  } finally {
    chat.outbox.delete(id);
    chat.bell.ring();
  }
}

async function deliver(chat: MiawChat, underway: Underway, text: string): Promise<void> {
  const body = requestFor(chat, underway.id, text);
  let answer = await post(chat, body);
  // The session is over: the same message may open the next one.
  if (isAnswer(answer) && answer.status === NO_SESSION) answer = await post(chat, { ...body, ...newSession(chat) });
  if (isAnswer(answer) && isSuccess(answer)) return;
  const error = isAnswer(answer) ? miawError('message', answer, chat.line.deps.secrets) : answer;
  if (!isLost(answer)) throw error;
  if (!(await isFound(chat, underway))) throw new HandoffError('MESSAGE_NOT_CONFIRMED', { cause: error });
}

function requestFor(chat: MiawChat, id: string, text: string): SendMessageRequest {
  return {
    message: { id, messageType: 'StaticContentMessage', staticContent: { formatType: 'Text', text } },
    esDeveloperName: chat.line.config.developerName,
    isNewMessagingSession: false,
  };
}

function newSession({ intro }: MiawChat) {
  return {
    isNewMessagingSession: true,
    routingAttributes: intro.routingAttributes ?? {},
    language: intro.language ?? DEFAULT_LANGUAGE,
  };
}

async function post(chat: MiawChat, body: SendMessageRequest): Promise<HttpResponse | HandoffError> {
  const path = CONVERSATION_PATHS.message;
  try {
    return await callLine(chat.line, { method: 'POST', path, body, repeat: 'refusals', signal: chat.reading });
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
