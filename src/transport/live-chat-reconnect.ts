import type { HttpResponse } from '../core/http.ts';
import { fitsHeader } from '../http/header-text.ts';
import { parseJson } from '../http/parse.ts';
import { LIVE_CHAT_PATHS, NO_AFFINITY } from '../protocol/live-chat.ts';
import { fieldsOf, listOf, textOf } from './live-chat-fields.ts';
import { type Link, linkGet } from './live-chat-link.ts';

/** Asks for the session on another server, told from `offset` on. Vendor page: "ReconnectSession". */
export function askReconnect(link: Link, offset: number | undefined, signal: AbortSignal): Promise<HttpResponse> {
  const query = offset === undefined ? {} : { query: { 'ReconnectSession.offset': String(offset) } };
  return linkGet(link, LIVE_CHAT_PATHS.reconnect, signal, { affinity: NO_AFFINITY, ...query });
}

/** The new affinity, and whether the numbers begin anew (an absent `resetSequence` means yes); undefined where none is given. */
export function newAffinity(response: HttpResponse): { affinity: string; restarts: boolean } | undefined {
  const entry = listOf(fieldsOf(parseJson(response, 'System/ReconnectSession')).messages)
    .map(fieldsOf)
    .find((message) => message.type === 'ReconnectSession');
  const message = fieldsOf(entry?.message);
  const affinity = textOf(message.affinityToken);
  if (affinity === undefined || !fitsHeader(affinity)) return undefined;
  return { affinity, restarts: message.resetSequence !== false };
}
