import type { HttpResponse } from '../core/http.ts';
import { parseJson } from '../http/parse.ts';
import { LIVE_CHAT_PATHS } from '../protocol/live-chat.ts';
import { asLiveChatError, isTransient, liveChatFailure } from './live-chat-errors.ts';
import { fieldsOf, listOf } from './live-chat-fields.ts';
import { type Link, linkGet } from './live-chat-link.ts';
import { pollTimeoutMs } from './live-chat-session-id.ts';

/** What one long poll came to. `failed` may pass by itself, `refused` will not; `aborted` is our own doing. */
export type PollOutcome =
  | { readonly kind: 'messages'; readonly body: unknown }
  | { readonly kind: 'empty' | 'gone' | 'conflict' | 'affinity-lost' | 'aborted' }
  | { readonly kind: 'failed' | 'unreachable' | 'refused'; readonly error: unknown };

const WHAT = 'System/Messages';

/** Asks once for messages behind `ack` and waits as long as the server holds the request. Never rejects. */
export async function pollOnce(link: Link, ack: number, signal: AbortSignal): Promise<PollOutcome> {
  try {
    const response = await linkGet(link, LIVE_CHAT_PATHS.messages, signal, {
      query: { ack: String(ack) },
      timeoutMs: pollTimeoutMs(link),
    });
    return signal.aborted ? { kind: 'aborted' } : read(response);
  } catch (error) {
    if (signal.aborted) return { kind: 'aborted' };
    return isTransient(error) ? { kind: 'unreachable', error } : { kind: 'refused', error };
  }
}

function read(response: HttpResponse): PollOutcome {
  switch (response.status) {
    case 200:
      return readMessages(response);
    case 202:
    case 204:
      return { kind: 'empty' };
    case 401:
    case 403:
      return { kind: 'gone' };
    case 409:
      return { kind: 'conflict' };
    case 503:
      return { kind: 'affinity-lost' };
    default:
      return readFailure(response);
  }
}

function readFailure(response: HttpResponse): PollOutcome {
  const error = liveChatFailure(response, WHAT, 'chat');
  return response.status >= 500 || response.status === 429 ? { kind: 'failed', error } : { kind: 'refused', error };
}

/** A 200 that cannot be read counts as a failure that may pass: a proxy in trouble answers like that. */
function readMessages(response: HttpResponse): PollOutcome {
  if (response.body.trim() === '') return { kind: 'empty' };
  try {
    const body = parseJson(response, WHAT);
    return listOf(fieldsOf(body).messages).length === 0 ? { kind: 'empty' } : { kind: 'messages', body };
  } catch (error) {
    return { kind: 'failed', error: asLiveChatError(error) };
  }
}
