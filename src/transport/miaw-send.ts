import { ERRORS, HandoffError } from '../core/errors.ts';
import type { HttpResponse } from '../core/http.ts';
import type { SentMessage } from '../core/session.ts';
import { isSuccess } from './miaw-api.ts';
import { callLine } from './miaw-call.ts';
import type { MiawChat } from './miaw-chat.ts';
import { inChatTerms, miawError } from './miaw-errors.ts';
import { beginSend, type Underway } from './miaw-outbox.ts';
import type { Outgoing, SessionPart } from './miaw-outgoing.ts';
import { lookFor } from './miaw-reconcile.ts';
import { withOwnMessage, withRefusedMessage, withTakenMessage } from './miaw-state.ts';

const NO_SESSION = 417;
const DEFAULT_LANGUAGE = 'en_US';
const MOST_ATTEMPTS = 3;

/**
 * Sends something and resolves once the service has it. Vendor page: "Send Message Use Cases". Throws what `miawError` says,
 * MESSAGE_NOT_CONFIRMED where nobody knows whether the service has taken it, CHAT_ENDED_EARLY after the end.
 */
export async function sendMessage(chat: MiawChat, outgoing: Outgoing): Promise<SentMessage> {
  if (chat.closed)
    throw new HandoffError('CHAT_ENDED_EARLY', { message: 'The chat is over, the message was not sent' });
  const id = chat.line.deps.random.uuid().toLowerCase();
  chat.state = withOwnMessage(chat.state, id, outgoing.text);
  const underway = beginSend(chat.outbox, id);
  try {
    await deliver(chat, underway, outgoing);
    chat.state = withTakenMessage(chat.state, id);
    return { id };
  } catch (error) {
    chat.state = withRefusedMessage(chat.state, id);
    throw inChatTerms(error);
  } finally {
    chat.outbox.delete(id);
    chat.bell.ring();
  }
}

async function deliver(chat: MiawChat, underway: Underway, outgoing: Outgoing): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await postInSession(chat, underway.id, outgoing);
    if (isAnswer(answer) && isSuccess(answer)) return;
    const error = isAnswer(answer) ? miawError('message', answer, chat.line.deps.secrets) : answer;
    if (!isLost(answer)) throw error;
    const isLast = attempt === MOST_ATTEMPTS;
    const finding = await lookFor(chat, underway, isLast);
    if (finding === 'taken') return;
    // A message that is not there was not taken; under its id the service would know a second one for the same.
    if (finding === 'unknown' || isLast) throw unconfirmed(error, finding === 'absent' && isAnswer(answer));
  }
}

/** A fault that persists is the service's; an answer that was lost on the way says nothing about the message. */
function unconfirmed(error: HandoffError, isRefused: boolean): HandoffError {
  if (isRefused && error.code === 'SERVICE_ERROR') return error;
  const { message } = ERRORS.MESSAGE_NOT_CONFIRMED;
  return new HandoffError('MESSAGE_NOT_CONFIRMED', { message: `${message}: ${error.message}`, cause: error });
}

function newSession({ intro }: MiawChat): SessionPart {
  return {
    isNewMessagingSession: true,
    routingAttributes: intro.routingAttributes ?? {},
    language: intro.language ?? DEFAULT_LANGUAGE,
  };
}

/** Where the session is over, the same message may open the next one. */
async function postInSession(chat: MiawChat, id: string, outgoing: Outgoing): Promise<HttpResponse | HandoffError> {
  const answer = await post(chat, id, outgoing, { isNewMessagingSession: false });
  const isOver = isAnswer(answer) && answer.status === NO_SESSION;
  return isOver ? post(chat, id, outgoing, newSession(chat)) : answer;
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
