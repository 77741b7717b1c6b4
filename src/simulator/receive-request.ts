import type { IncomingMessage } from 'node:http';
import type { ReceivedRequest } from './world.ts';

const MOST_BYTES = 6 * 1024 * 1024;

/** The request with its whole body; undefined when that is over 6 MB. Rejects when the client goes away. */
export async function receiveRequest(incoming: IncomingMessage, baseUrl: string): Promise<ReceivedRequest | undefined> {
  const url = urlOf(incoming.url ?? '/', baseUrl);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > MOST_BYTES) return undefined;
    chunks.push(chunk);
  }
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    url,
    headers: incoming.headers,
    body: Buffer.concat(chunks),
    socket: incoming.socket,
  };
}

/** Whatever a request line may hold; what is no URL becomes a path that nobody owns. */
function urlOf(target: string, baseUrl: string): URL {
  const path = target.startsWith('/') ? target.replace(/^\/+/, '/') : '/not-a-path';
  return URL.canParse(path, baseUrl) ? new URL(path, baseUrl) : new URL('/not-a-path', baseUrl);
}
