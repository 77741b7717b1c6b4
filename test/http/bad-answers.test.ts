import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { failureOf, openHttp, serve, serveRaw } from './local-servers.ts';

test.each([
  ['gzip', gzipSync('{"compressed":true}')],
  ['x-gzip', gzipSync('{"compressed":true}')],
  ['deflate', deflateSync('{"compressed":true}')],
  ['br', brotliCompressSync('{"compressed":true}')],
  ['gzip, br', brotliCompressSync(gzipSync('{"compressed":true}'))],
  ['identity', Buffer.from('{"compressed":true}')],
])('an answer compressed as %s is read although nobody asked for it', async (encoding, bytes) => {
  await using server = await serve((_request, response) => {
    response.writeHead(200, { 'content-encoding': encoding }).end(bytes);
  });
  await using http = await openHttp();

  const answer = await http.request({ url: `http://127.0.0.1:${server.port}/` });

  expect(answer.body).toBe('{"compressed":true}');
});

test('an encoding that nobody knows is not the service', async () => {
  await using server = await serve((_request, response) => {
    response.writeHead(200, { 'content-encoding': 'zstd' }).end('????');
  });
  await using http = await openHttp();

  const error = await failureOf(http.request({ url: `http://127.0.0.1:${server.port}/` }));

  expect(error.code).toBe('NOT_THE_SERVICE');
});

test('a compressed answer that is damaged is not the service', async () => {
  await using server = await serve((_request, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' }).end('this was never compressed');
  });
  await using http = await openHttp();

  const error = await failureOf(http.request({ url: `http://127.0.0.1:${server.port}/` }));

  expect(error.code).toBe('NOT_THE_SERVICE');
});

test('an answer above five megabytes is refused and its connection cut', async () => {
  let cut = () => {};
  const wasCut = new Promise<void>((resolve) => {
    cut = resolve;
  });
  await using server = await serve((_request, response) => {
    response.once('close', cut).writeHead(200);
    const more = () => response.write(Buffer.alloc(64 * 1024, 'x'));
    response.on('drain', more);
    more();
  });
  await using http = await openHttp();

  const error = await failureOf(http.request({ url: `http://127.0.0.1:${server.port}/` }));

  expect(error.code).toBe('ANSWER_TOO_LARGE');
  await wasCut;
});

test('a small answer that unpacks to more than five megabytes is refused', async () => {
  await using server = await serve((_request, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(8 * 1024 * 1024)));
  });
  await using http = await openHttp();

  const error = await failureOf(http.request({ url: `http://127.0.0.1:${server.port}/` }));

  expect(error.code).toBe('ANSWER_TOO_LARGE');
});

test('an answer of exactly five megabytes is still read', async () => {
  const size = 5 * 1024 * 1024;
  await using server = await serve((_request, response) => response.end(Buffer.alloc(size, 'x')));
  await using http = await openHttp();

  const answer = await http.request({ url: `http://127.0.0.1:${server.port}/` });

  expect(answer.body.length).toBe(size);
});

test('headers of endless length are refused', async () => {
  await using server = await serveRaw((socket) => {
    socket.once('data', () => socket.write(`HTTP/1.1 200 OK\r\nx-long: ${'x'.repeat(200_000)}\r\n\r\n`));
  });
  await using http = await openHttp();

  const error = await failureOf(http.request({ url: `http://127.0.0.1:${server.port}/` }));

  expect(error.code).toBe('ANSWER_TOO_LARGE');
});

test('an answer that is no HTTP is not the service, and its bytes stay out of the error', async () => {
  await using server = await serveRaw((socket) => {
    socket.once('data', () => socket.end('220 mail.example ESMTP secret-banner\r\n'));
  });
  await using http = await openHttp();

  const error = await failureOf(http.request({ url: `http://127.0.0.1:${server.port}/` }));

  expect(error.code).toBe('NOT_THE_SERVICE');
  expect(JSON.stringify([error.message, error.details, error.cause])).not.toContain('secret-banner');
});

test('an answer cut off half way is a lost connection', async () => {
  await using server = await serveRaw((socket) => {
    socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nonly this much'));
  });
  await using http = await openHttp();

  const error = await failureOf(http.request({ url: `http://127.0.0.1:${server.port}/` }));

  expect(error.code).toBe('CONNECTION_LOST');
});

test('a reset instead of an answer is a lost connection', async () => {
  await using server = await serveRaw((socket) => {
    socket.once('data', () => socket.resetAndDestroy());
  });
  await using http = await openHttp();

  const error = await failureOf(http.request({ url: `http://127.0.0.1:${server.port}/` }));

  expect(error.code).toBe('CONNECTION_LOST');
});

test('a lost request is not sent a second time', async () => {
  let sent = 0;
  await using server = await serveRaw((socket) => {
    socket.once('data', () => {
      sent += 1;
      socket.destroy();
    });
  });
  await using http = await openHttp();

  await failureOf(http.request({ method: 'POST', url: `http://127.0.0.1:${server.port}/`, body: '{}' }));

  expect(sent).toBe(1);
});

test('the message of a failure names host and port but never the path', async () => {
  await using server = await serveRaw((socket) => {
    socket.once('data', () => socket.destroy());
  });
  await using http = await openHttp();

  const error = await failureOf(
    http.request({ url: `http://127.0.0.1:${server.port}/System/secret-session-key?token=abc` }),
  );

  expect(error.message).toContain(`127.0.0.1:${server.port}`);
  expect(`${error.message} ${JSON.stringify(error.details)} ${String(error.cause)}`).not.toMatch(/secret|token/);
});
