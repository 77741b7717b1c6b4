import type { Http, HttpResponse } from '../core/http.ts';
import { LIVE_CHAT_HEADERS, LIVE_CHAT_PATHS, NO_AFFINITY } from '../protocol/live-chat.ts';

/** The release spoken; the guide documents 29 to 67, and 47 brought waiting times. */
const API_VERSION = '49';

/** One session as the wire knows it. `key` is a secret. */
export interface Link {
  readonly http: Http;
  readonly timeoutMs: number;
  readonly sessionId: string;
  readonly key: string;
  readonly clientPollTimeoutSeconds: number;
  url: string;
  affinity: string;
  /** The number of the next new POST. */
  nextSequence: number;
  /** Told when the address or the affinity has changed. */
  changed?: () => void;
  /** Grows with each ReconnectSession that restarts the numbers; numbers given before are void. */
  generation: number;
}

type Query = Readonly<Record<string, string>>;

interface GetOptions {
  readonly query?: Query;
  readonly timeoutMs?: number;
  readonly affinity?: string;
}

/** An address below the Live Agent URL. */
export function liveChatUrl(liveAgentUrl: string, path: string, query: Query = {}): string {
  const search = new URLSearchParams(query).toString();
  return `${liveAgentUrl.replace(/\/+$/, '')}${path}${search === '' ? '' : `?${search}`}`;
}

/** Headers of calls that need no session; SessionId alone also wants the empty affinity. */
export function visitorHeaders(): Record<string, string> {
  return { [LIVE_CHAT_HEADERS.version]: API_VERSION };
}

export function linkGet(
  link: Link,
  path: string,
  signal: AbortSignal,
  options: GetOptions = {},
): Promise<HttpResponse> {
  return link.http.request({
    url: liveChatUrl(link.url, path, options.query),
    headers: sessionHeaders(link, options.affinity),
    timeoutMs: options.timeoutMs ?? link.timeoutMs,
    signal,
  });
}

export function linkPost(
  link: Link,
  path: string,
  body: unknown,
  sequence: number,
  signal: AbortSignal,
): Promise<HttpResponse> {
  return link.http.request({
    method: 'POST',
    url: liveChatUrl(link.url, path),
    headers: {
      ...sessionHeaders(link),
      [LIVE_CHAT_HEADERS.sequence]: String(sequence),
      'Content-Type': 'application/json',
    },
    body: JSON.stringify(body),
    timeoutMs: link.timeoutMs,
    signal,
  });
}

/** The key as a path segment; it contains `!`, `+`, `/` and `=`. */
export function keyInPath(key: string): string {
  return encodeURIComponent(key).replaceAll('!', '%21');
}

/** Ends the session at once. */
export function linkDelete(link: Link, signal: AbortSignal): Promise<HttpResponse> {
  return link.http.request({
    method: 'DELETE',
    url: liveChatUrl(link.url, `${LIVE_CHAT_PATHS.sessionId}/${keyInPath(link.key)}`),
    headers: sessionHeaders(link),
    timeoutMs: link.timeoutMs,
    signal,
  });
}

function sessionHeaders(link: Link, affinity = link.affinity): Record<string, string> {
  return {
    ...visitorHeaders(),
    [LIVE_CHAT_HEADERS.affinity]: affinity === '' ? NO_AFFINITY : affinity,
    [LIVE_CHAT_HEADERS.sessionKey]: link.key,
  };
}
