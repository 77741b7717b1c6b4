import { type ErrorCode, HandoffError } from '../core/errors.ts';
import type { HttpResponse } from '../core/http.ts';
import { createSecrets } from '../core/redact.ts';
import { type Fields, fieldsOf, textOf } from './live-chat-fields.ts';

/** Where in its life a chat is; the same status means something else before there is a session. */
export type LiveChatPhase = 'handshake' | 'chat';

const URL_HINT = 'enter the Live Agent URL as https://host/chat, taken from Setup › Chat Settings';
const ORG_HINT =
  'take the URL and the ids from the same org: production ids on a sandbox host, or the reverse, are answered like this';

const TRANSIENT: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'NAME_NOT_FOUND',
  'NAME_LOOKUP_FAILED',
  'CONNECTION_REFUSED',
  'CONNECTION_LOST',
  'NETWORK_UNREACHABLE',
  'TIMED_OUT',
  'TLS_FAILED',
  'PROXY_FAILED',
]);

/** What an HTTP status of the Chat REST API means; "Status Codes and Error Responses" in the vendor's guide. `what` names the request. */
export function liveChatFailure(response: HttpResponse, what: string, phase: LiveChatPhase): HandoffError {
  const retryAfter = response.headers['retry-after'];
  const details = { status: response.status, request: what, ...(retryAfter && { retryAfter }) };
  const said = `${what} was answered with status ${response.status}`;
  switch (response.status) {
    case 401:
    case 403:
      return phase === 'chat'
        ? new HandoffError('SESSION_LOST', { message: `The session is gone: ${said}`, details })
        : new HandoffError('ACCESS_DENIED', {
            message: `Salesforce denied access: ${said}`,
            step: 'live-chat.2',
            details,
          });
    case 404:
      return noSuchService(said, details);
    case 407:
      return new HandoffError('PROXY_FAILED', { message: `The proxy asks for a login: ${said}`, details });
    case 405:
      return phase === 'handshake' ? noSuchService(said, details) : otherFailure(405, said, phase, details);
    case 429:
      return new HandoffError('RATE_LIMITED', {
        message: `Salesforce limits the rate: ${said}`,
        hint: 'wait a few minutes, then: sf-handoff test-chat',
        step: 'live-chat.verify',
        details,
      });
    default:
      return otherFailure(response.status, said, phase, details);
  }
}

function noSuchService(said: string, details: Record<string, unknown>): HandoffError {
  return new HandoffError('NOT_FOUND', {
    message: `The host answers, but has no Chat REST service at this address: ${said}`,
    hint: `${URL_HINT}; /rest is added behind it. If it is right, Live Chat has been switched off: sf-handoff guide miaw`,
    step: 'live-chat.2',
    details,
  });
}

function otherFailure(status: number, said: string, phase: LiveChatPhase, details: Record<string, unknown>) {
  if (status >= 500) {
    const message = `Salesforce failed to answer: ${said}`;
    if (phase === 'chat') return new HandoffError('SERVICE_ERROR', { message, details });
    return new HandoffError('SERVICE_ERROR', { message, hint: ORG_HINT, step: 'live-chat.2', details });
  }
  if (status >= 300 && status < 400) {
    return new HandoffError('REDIRECTED', { message: `The host redirects: ${said}`, step: 'live-chat.2', details });
  }
  if (status < 300) {
    const message = `Something else than the chat service answered: ${said}`;
    return new HandoffError('NOT_THE_SERVICE', { message, hint: URL_HINT, step: 'live-chat.2', details });
  }
  const message = `Salesforce refused the request: ${said}`;
  return new HandoffError('REQUEST_REJECTED', {
    message,
    ...(phase === 'handshake' ? { step: 'live-chat.3' as const } : {}),
    details,
  });
}

/** JSON, and not of this service. */
export function tellsNothing(what: string): HandoffError {
  const message = `${what} was answered with JSON that holds no messages`;
  return new HandoffError('NOT_THE_SERVICE', {
    message,
    hint: URL_HINT,
    step: 'live-chat.2',
    details: { empty: true },
  });
}

const MOST_WORDS = 200;

/** A refusal that comes as an answer: a message of type `Error` with its reason in words, which are shown as they are but for secrets. */
export function refusedInWords(messages: readonly Fields[], what: string): HandoffError | undefined {
  const entry = messages.find(({ type }) => /error$/i.test(textOf(type) ?? ''));
  if (!entry) return undefined;
  const { text, message } = fieldsOf(entry.message);
  const words = tidy(textOf(text) ?? textOf(message) ?? textOf(entry.message) ?? textOf(entry.text) ?? '');
  return new HandoffError('REQUEST_REJECTED', {
    message: `Salesforce refused the request: ${what} was answered with an error${words === '' ? '' : `: “${words}”`}`,
    hint: 'compare organization, deployment and button ID with Setup',
    step: 'live-chat.3',
    details: { request: what, words },
  });
}

function tidy(text: string): string {
  const line = createSecrets()
    .redact(text)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
  return line.length > MOST_WORDS ? `${line.slice(0, MOST_WORDS - 1)}…` : line;
}

/** Whether the same request may succeed a moment later: the way there failed, nobody has answered. */
export function isTransient(error: unknown): error is HandoffError {
  return error instanceof HandoffError && TRANSIENT.has(error.code);
}

/** Whether nobody can say if the service has acted: the answer is lost, or is the service's own failure. */
export function isUnclear(error: unknown): error is HandoffError {
  return isTransient(error) || (statusOf(error) ?? 0) >= 500;
}

/** The status behind an error made by `liveChatFailure`. */
export function statusOf(error: unknown): number | undefined {
  const status = error instanceof HandoffError ? error.details?.status : undefined;
  return typeof status === 'number' ? status : undefined;
}

/** What may befall the right address as well, so that its own hint says more than where the address stands. */
const OF_ANY_HOST: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'NAME_LOOKUP_FAILED',
  'CONNECTION_REFUSED',
  'NETWORK_UNREACHABLE',
  'TIMED_OUT',
  'TLS_FAILED',
  'ANSWER_TOO_LARGE',
]);

/** Errors of the lower layers with the guide step of Live Chat, where the table's defaults speak of the other channel. */
export async function inLiveChatTerms<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw asLiveChatError(error);
  }
}

export function asLiveChatError(error: unknown): unknown {
  if (!(error instanceof HandoffError) || !error.step?.startsWith('miaw')) return error;
  const { code, message, details, cause } = error;
  const hint = OF_ANY_HOST.has(code) ? error.hint : URL_HINT;
  return new HandoffError(code, { message, hint, step: 'live-chat.2', ...(details && { details }), cause });
}
