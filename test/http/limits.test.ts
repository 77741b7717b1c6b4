import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { manualClock } from '../support/manual-clock.ts';
import { failureOf, openHttp, serve, serveRaw } from './local-servers.ts';

/** Resolves with the next connection on which something was asked. */
function asked(): { handle: (socket: Socket) => void; next: Promise<Socket> } {
  let handle: (socket: Socket) => void = () => undefined;
  const next = new Promise<Socket>((resolve) => {
    handle = (socket) => socket.once('data', () => resolve(socket));
  });
  return { handle, next };
}

test('headers that never come end in a time-out that names host, wait and time', async () => {
  const clock = manualClock();
  const { handle, next } = asked();
  await using server = await serveRaw(handle);
  await using http = await openHttp({ clock, timeoutMs: 10_000 });

  const failure = failureOf(http.request({ url: `http://127.0.0.1:${server.port}/x` }));
  await next;
  clock.advance(10_000);

  const error = await failure;
  expect(error.code).toBe('TIMED_OUT');
  expect(error.message).toMatch(/127\.0\.0\.1:\d+ within 10 s, still waiting for the headers$/);
});

test('the limit of one request goes before the limit of all', async () => {
  const clock = manualClock();
  const { handle, next } = asked();
  await using server = await serveRaw(handle);
  await using http = await openHttp({ clock, timeoutMs: 10_000 });

  const failure = failureOf(http.request({ url: `http://127.0.0.1:${server.port}/`, timeoutMs: 40_000 }));
  await next;
  clock.advance(39_999);
  clock.advance(1);

  expect((await failure).details).toMatchObject({ timeoutMs: 40_000 });
});

test('a body that stalls ends in a time-out that says so', async () => {
  await using server = await serve((_request, response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('a beginning');
  });
  await using http = await openHttp({ timeoutMs: 400 });

  const error = await failureOf(http.request({ url: `http://127.0.0.1:${server.port}/` }));

  expect(error.details).toMatchObject({ waitedFor: 'the rest of the answer' });
});

test('a body that drips in for ever cannot outlast the limit', async () => {
  await using server = await serve((_request, response) => {
    response.writeHead(200);
    const drip = () => response.write('.', () => setImmediate(drip));
    drip();
  });
  await using http = await openHttp({ timeoutMs: 400 });

  const error = await failureOf(http.request({ url: `http://127.0.0.1:${server.port}/` }));

  expect(error.code).toBe('TIMED_OUT');
});

test('a handshake that never ends is a time-out while waiting for a connection', async () => {
  const clock = manualClock();
  const { handle, next } = asked();
  await using server = await serveRaw(handle);
  await using http = await openHttp({ clock, timeoutMs: 10_000 });

  const failure = failureOf(http.request({ url: `https://127.0.0.1:${server.port}/` }));
  await next;
  clock.advance(10_000);

  expect((await failure).details).toMatchObject({ waitedFor: 'a connection' });
});

test('a time-out frees the socket', async () => {
  const clock = manualClock();
  const { handle, next } = asked();
  await using server = await serveRaw(handle);
  await using http = await openHttp({ clock, timeoutMs: 10_000 });
  const failure = failureOf(http.request({ url: `http://127.0.0.1:${server.port}/` }));
  const socket = await next;

  clock.advance(10_000);
  await failure;

  await once(socket, 'close');
  expect(server.sockets.size).toBe(0);
});

test('a request that ended leaves no timer behind', async () => {
  const clock = manualClock();
  await using server = await serve((_request, response) => response.end('ok'));
  await using http = await openHttp({ clock });

  await http.request({ url: `http://127.0.0.1:${server.port}/` });

  expect(clock.sleeping).toBe(0);
});

test('closing stops connections that are still being made', async () => {
  const { handle, next } = asked();
  await using server = await serveRaw(handle);
  await using http = await openHttp();
  const failure = failureOf(http.request({ url: `https://127.0.0.1:${server.port}/` }));
  const socket = await next;

  await http.close();

  expect((await failure).code).toBe('CONNECTION_LOST');
  await once(socket, 'close');
});

test('after a time-out the next request to the same host works', async () => {
  let requests = 0;
  const clock = manualClock();
  const stalled: (() => void)[] = [];
  const firstAsked = new Promise<void>((resolve) => stalled.push(resolve));
  await using server = await serve((_request, response) => {
    requests += 1;
    if (requests > 1) response.end('ok');
    else stalled[0]?.();
  });
  await using http = await openHttp({ clock, timeoutMs: 10_000 });
  const url = `http://127.0.0.1:${server.port}/`;
  const failure = failureOf(http.request({ url }));
  await firstAsked;
  clock.advance(10_000);
  await failure;

  const answer = await http.request({ url });

  expect(answer.body).toBe('ok');
});

test('nothing listening is a refused connection', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  await using http = await openHttp();

  const error = await failureOf(http.request({ url: `http://127.0.0.1:${port}/` }));

  expect(error).toMatchObject({ code: 'CONNECTION_REFUSED' });
  expect(error.message).toContain(`127.0.0.1:${port}`);
});

test('a name that does not exist is named', async () => {
  await using http = await openHttp();

  const error = await failureOf(http.request({ url: 'https://no-such-host.invalid/' }));

  // A machine without any name server cannot tell that the name does not exist.
  expect(['NAME_NOT_FOUND', 'NAME_LOOKUP_FAILED']).toContain(error.code);
  expect(error.message).toContain('no-such-host.invalid');
});
