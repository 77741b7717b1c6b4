import type { IncomingMessage } from 'node:http';
import type { ReceivedRequest } from './world.ts';

const MOST_BYTES = 6 * 1024 * 1024;

/** The request with its body, which is dropped when it is over 6 MB. Rejects when the client goes away. */
export async function receiveRequest(incoming: IncomingMessage, baseUrl: string): Promise<ReceivedRequest> {
  const url = urlOf(incoming.url ?? '/', baseUrl);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > MOST_BYTES) break;
    chunks.push(chunk);
  }
  const tooLarge = size > MOST_BYTES;
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    url,
    headers: incoming.headers,
    body: tooLarge ? Buffer.alloc(0) : Buffer.concat(chunks),
    tooLarge,
    socket: incoming.socket,
  };
}

/** Whatever a request line may hold, also the whole URL as proxies write it; what is no URL becomes a path that nobody owns. */
function urlOf(given: string, baseUrl: string): URL {
  const target = given.replace(/^https?:\/\/[^/?#]+/i, '').replace(/^(?=$|\?)/, '/');
  const path = target.startsWith('/') ? target.replace(/^\/+/, '/') : '/not-a-path';
  return URL.canParse(path, baseUrl) ? new URL(path, baseUrl) : new URL('/not-a-path', baseUrl);
}
