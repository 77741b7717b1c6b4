import { once } from 'node:events';
import { expect, test } from 'vitest';
import { failureOf, openHttp, readerOf, serve, serveOpenBody } from './local-servers.ts';

test('close ends a read that waits, quietly', async () => {
  const { server, answer } = await serveOpenBody();
  await using _server = server;
  await using http = await openHttp();
  const stream = await http.stream({ url: `http://127.0.0.1:${server.port}/` });
  await answer;
  const waiting = readerOf(stream).next();

  stream.close();

  expect(await waiting).toEqual({ done: true, value: undefined });
});

test('close frees the socket at once, and twice is no fault', async () => {
  const { server, answer } = await serveOpenBody();
  await using _server = server;
  await using http = await openHttp();
  const stream = await http.stream({ url: `http://127.0.0.1:${server.port}/` });
  const closed = once(await answer, 'close');

  stream.close();
  stream.close();

  await closed;
  expect(server.sockets.size).toBe(0);
});

test('a closed stream that is read afterwards is simply over', async () => {
  const { server, answer } = await serveOpenBody();
  await using _server = server;
  await using http = await openHttp();
  const stream = await http.stream({ url: `http://127.0.0.1:${server.port}/` });
  (await answer).write('never read');

  stream.close();

  expect(await readerOf(stream).next()).toEqual({ done: true, value: undefined });
});

test('a reader that leaves its loop frees the socket', async () => {
  const { server, answer } = await serveOpenBody();
  await using _server = server;
  await using http = await openHttp();
  const stream = await http.stream({ url: `http://127.0.0.1:${server.port}/` });
  const response = await answer;
  const closed = once(response, 'close');
  response.write('one');

  for await (const _chunk of stream.chunks) break;

  await closed;
});

test('an outside abort rejects the read with its own reason and frees the socket', async () => {
  const abort = new AbortController();
  const { server, answer } = await serveOpenBody();
  await using _server = server;
  await using http = await openHttp();
  const stream = await http.stream({ url: `http://127.0.0.1:${server.port}/`, signal: abort.signal });
  const closed = once(await answer, 'close');
  const waiting = readerOf(stream).next();
  const reason = new Error('the user pressed Ctrl-C');

  abort.abort(reason);

  await expect(waiting).rejects.toBe(reason);
  await closed;
});

test('a socket that breaks while nobody reads is no uncaught error', async () => {
  const uncaught: unknown[] = [];
  const note = (error: unknown) => uncaught.push(error);
  process.on('unhandledRejection', note);
  try {
    const { server, answer } = await serveOpenBody();
    await using _server = server;
    await using http = await openHttp();
    const stream = await http.stream({ url: `http://127.0.0.1:${server.port}/` });
    (await answer).destroy();
    const error = await failureOf(readerOf(stream).next());

    expect(error.code).toBe('CONNECTION_LOST');
    expect(uncaught).toEqual([]);
  } finally {
    process.off('unhandledRejection', note);
  }
});

test('a reader that does not read holds the sender back', async () => {
  const block = Buffer.alloc(1024 * 1024, 'x');
  const most = 64;
  let sent = 0;
  await using server = await serve((_request, response) => {
    response.writeHead(200);
    const more = () => {
      while (sent < most) {
        sent += 1;
        if (!response.write(block)) return;
      }
    };
    response.on('drain', more);
    more();
  });
  await using http = await openHttp();
  const stream = await http.stream({ url: `http://127.0.0.1:${server.port}/` });

  // Each turn lets the sockets move on; a sender that is not held back is through long before the last one.
  for (let turn = 0; turn < 5000 && sent < most; turn += 1) await new Promise((resolve) => setImmediate(resolve));

  expect(sent).toBeLessThan(most);
  stream.close();
});

test('a stream that is broken off makes no new connection in its place', async () => {
  const { server, answer } = await serveOpenBody();
  await using _server = server;
  await using http = await openHttp();
  const url = `http://127.0.0.1:${server.port}/`;
  const stream = await http.stream({ url });
  const closed = once(await answer, 'close');

  stream.close();
  await closed;
  const next = await http.stream({ url });

  expect(server.connections).toBe(2);
  next.close();
});

test('a stream opens its own connection beside the requests', async () => {
  const { server, answer } = await serveOpenBody();
  await using _server = server;
  await using http = await openHttp();
  const url = `http://127.0.0.1:${server.port}/`;

  const first = await http.stream({ url });
  const second = await http.stream({ url });
  await answer;

  expect(server.connections).toBe(2);
  first.close();
  second.close();
});

test('closing the client ends the streams that are still open', async () => {
  const { server, answer } = await serveOpenBody();
  await using _server = server;
  await using http = await openHttp();
  const stream = await http.stream({ url: `http://127.0.0.1:${server.port}/` });
  await answer;
  const waiting = failureOf(readerOf(stream).next());

  await http.close();

  expect((await waiting).code).toBe('CONNECTION_LOST');
});

test('a stream that is closed unread, though all of it had come, keeps no socket', { timeout: 2000 }, async () => {
  let finished = () => {};
  const sent = new Promise<void>((resolve) => {
    finished = resolve;
  });
  await using server = await serve((_request, response) => response.once('finish', finished).end('all of it'));
  await using http = await openHttp();
  const stream = await http.stream({ url: `http://127.0.0.1:${server.port}/` });
  await sent;
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));

  stream.close();

  for (const socket of server.sockets) await once(socket, 'close');
  expect(server.sockets.size).toBe(0);
});
