import * as zlib from 'node:zlib';
import { expect, test } from 'vitest';
import { manualClock } from '../support/manual-clock.ts';
import { failureOf, openHttp, readerOf, serve, serveOpenBody, serveRaw } from './local-servers.ts';

function textOf(step: IteratorResult<Uint8Array>): string {
  return step.done ? '' : Buffer.from(step.value).toString();
}

test('a stream is there as soon as its headers are', async () => {
  const { server, answer } = await serveOpenBody();
  await using _server = server;
  await using http = await openHttp();

  const stream = await http.stream({ url: `http://127.0.0.1:${server.port}/` });

  expect(stream).toMatchObject({ status: 200, headers: { 'content-type': 'text/event-stream' } });
  stream.close();
  await answer;
});

test('chunks arrive while the stream is open', async () => {
  const { server, answer } = await serveOpenBody();
  await using _server = server;
  await using http = await openHttp();
  const stream = await http.stream({ url: `http://127.0.0.1:${server.port}/` });
  const reader = readerOf(stream);

  (await answer).write('first');
  expect(textOf(await reader.next())).toBe('first');
  (await answer).write('second');
  expect(textOf(await reader.next())).toBe('second');

  stream.close();
});

test.each([
  ['gzip', () => zlib.createGzip({ flush: zlib.constants.Z_SYNC_FLUSH })],
  ['deflate', () => zlib.createDeflate({ flush: zlib.constants.Z_SYNC_FLUSH })],
  ['br', () => zlib.createBrotliCompress({ flush: zlib.constants.BROTLI_OPERATION_FLUSH })],
])('a stream compressed by %s stays live', async (encoding, compressor) => {
  const zip = compressor();
  await using server = await serve((_request, response) => {
    response.writeHead(200, { 'content-encoding': encoding });
    zip.pipe(response);
    zip.write('data: 1\n\n');
  });
  await using http = await openHttp();
  const stream = await http.stream({ url: `http://127.0.0.1:${server.port}/` });

  expect(textOf(await readerOf(stream).next())).toBe('data: 1\n\n');

  stream.close();
});

test('the end of the answer ends the chunks', async () => {
  await using server = await serve((_request, response) => response.end('all of it'));
  await using http = await openHttp();
  const stream = await http.stream({ url: `http://127.0.0.1:${server.port}/` });

  const texts: string[] = [];
  for await (const chunk of stream.chunks) texts.push(Buffer.from(chunk).toString());

  expect(texts.join('')).toBe('all of it');
});

test('the limit bounds the headers of a stream', async () => {
  const clock = manualClock();
  let reached = () => {};
  const asked = new Promise<void>((resolve) => {
    reached = resolve;
  });
  await using server = await serve(() => reached());
  await using http = await openHttp({ clock, timeoutMs: 10_000 });

  const failure = failureOf(http.stream({ url: `http://127.0.0.1:${server.port}/` }));
  await asked;
  clock.advance(10_000);

  expect((await failure).details).toMatchObject({ waitedFor: 'the headers' });
});

test('once the headers are there, no limit of time applies', async () => {
  const clock = manualClock();
  const { server, answer } = await serveOpenBody();
  await using _server = server;
  await using http = await openHttp({ clock, timeoutMs: 10_000 });
  const stream = await http.stream({ url: `http://127.0.0.1:${server.port}/` });

  clock.advance(3_600_000);
  (await answer).write('late');

  expect(textOf(await readerOf(stream).next())).toBe('late');
  stream.close();
});

test('a socket that breaks rejects the read as a lost connection', async () => {
  await using server = await serveRaw((socket) => {
    socket.once('data', () => {
      socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nfirst\r\n', () =>
        socket.resetAndDestroy(),
      );
    });
  });
  await using http = await openHttp();
  const stream = await http.stream({ url: `http://127.0.0.1:${server.port}/` });

  const error = await failureOf(
    (async () => {
      for await (const _chunk of stream.chunks);
    })(),
  );

  expect(error.code).toBe('CONNECTION_LOST');
});

test('a chunked stream that just stops is a lost connection, not an end', async () => {
  await using server = await serveRaw((socket) => {
    socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nfirst\r\n'));
  });
  await using http = await openHttp();
  const stream = await http.stream({ url: `http://127.0.0.1:${server.port}/` });
  const reader = readerOf(stream);

  const error = await failureOf(
    (async () => {
      while (!(await reader.next()).done);
    })(),
  );

  expect(error.code).toBe('CONNECTION_LOST');
});
