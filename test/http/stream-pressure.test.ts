import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { openHttp, serve } from './local-servers.ts';

const PIECE = Buffer.alloc(64 * 1024, 'x');
const PIECES = 1024;
const STILL = 20;

test('a stream that nobody reads on holds its server up, and loses nothing', async () => {
  let poured = 0;
  async function pour(response: ServerResponse): Promise<void> {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (; poured < PIECES; poured += 1) if (!response.write(PIECE)) await once(response, 'drain');
    response.end();
  }
  await using server = await serve((request, response) => {
    if (request.url === '/stream') pour(response).catch(() => undefined);
    else response.end('here');
  });
  await using http = await openHttp();
  const stream = await http.stream({ url: `http://127.0.0.1:${server.port}/stream` });
  const chunks = stream.chunks[Symbol.asyncIterator]();
  let size = (await chunks.next()).value?.length ?? 0;

  // Round trips on the same event loop: what the server could still write, it has written in between.
  let before = -1;
  for (let still = 0; still < STILL; still = poured === before ? still + 1 : 0) {
    before = poured;
    await http.request({ url: `http://127.0.0.1:${server.port}/` });
  }
  expect(poured).toBeLessThan(PIECES / 2);

  for (let next = await chunks.next(); !next.done; next = await chunks.next()) size += next.value.length;
  expect(size).toBe(PIECES * PIECE.length);
});
