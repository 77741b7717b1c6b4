import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { failureOf, openHttp, serve, serveRaw } from './local-servers.ts';

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
}

test('a request carries method, path, headers and body, and its answer comes back whole', async () => {
  await using server = await serve(async (request, response) => {
    const { method, url, headers } = request;
    response.writeHead(201, { 'X-Mixed-Case': 'yes', 'content-type': 'application/json' });
    response.end(JSON.stringify({ method, url, org: headers['x-org-id'], body: await bodyOf(request) }));
  });
  await using http = await openHttp();

  const answer = await http.request({
    method: 'POST',
    url: `http://127.0.0.1:${server.port}/a/b?c=d%20e`,
    headers: { 'X-Org-Id': '00D8Z000001kQ7P' },
    body: 'grüße',
  });

  expect(answer.status).toBe(201);
  expect(answer.headers['x-mixed-case']).toBe('yes');
  expect(JSON.parse(answer.body)).toEqual({
    method: 'POST',
    url: '/a/b?c=d%20e',
    org: '00D8Z000001kQ7P',
    body: 'grüße',
  });
});

test('the program names itself and asks for no compression', async () => {
  let seen: IncomingMessage['headers'] = {};
  await using server = await serve((request, response) => {
    seen = request.headers;
    response.end();
  });
  await using http = await openHttp({ userAgent: 'sf-handoff/9.9.9' });

  await http.request({ url: `http://127.0.0.1:${server.port}/` });

  expect(seen['user-agent']).toBe('sf-handoff/9.9.9');
  expect(seen['accept-encoding']).toBeUndefined();
});

test('a header of the caller replaces the default one whatever its case', async () => {
  let seen: readonly string[] = [];
  await using server = await serve((request, response) => {
    seen = request.rawHeaders.filter((_, index, all) => all[index - 1]?.toLowerCase() === 'accept');
    response.end();
  });
  await using http = await openHttp();

  await http.request({ url: `http://127.0.0.1:${server.port}/`, headers: { Accept: 'application/json' } });

  expect(seen).toEqual(['application/json']);
});

test('binary bodies arrive byte by byte as they were', async () => {
  const sent = Uint8Array.from({ length: 256 }, (_, index) => index);
  const received: Buffer[] = [];
  await using server = await serve(async (request, response) => {
    for await (const chunk of request) received.push(chunk);
    response.end();
  });
  await using http = await openHttp();

  await http.request({ method: 'POST', url: `http://127.0.0.1:${server.port}/`, body: sent.subarray(10, 200) });

  expect(Buffer.concat(received)).toEqual(Buffer.from(sent.subarray(10, 200)));
});

test.each([204, 304, 400, 401, 404, 429, 500, 503])('status %i is a result, not an error', async (status) => {
  await using server = await serve((_request, response) => response.writeHead(status).end());
  await using http = await openHttp();

  const answer = await http.request({ url: `http://127.0.0.1:${server.port}/` });

  expect(answer).toMatchObject({ status, body: '' });
});

test('a redirect is handed back and never followed', async () => {
  const asked: unknown[] = [];
  await using server = await serve((request, response) => {
    asked.push(request.url);
    response.writeHead(302, { location: '/elsewhere' }).end();
  });
  await using http = await openHttp();

  const answer = await http.request({ url: `http://127.0.0.1:${server.port}/start` });

  expect(answer.status).toBe(302);
  expect(asked).toEqual(['/start']);
});

test('an early hint before the answer is passed over', async () => {
  await using server = await serveRaw((socket) => {
    socket.once('data', () => {
      socket.end('HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok');
    });
  });
  await using http = await openHttp();

  const answer = await http.request({ url: `http://127.0.0.1:${server.port}/` });

  expect(answer).toMatchObject({ status: 200, body: 'ok' });
});

test('headers sent twice are joined', async () => {
  await using server = await serve((_request, response) => {
    response.writeHead(200, { 'set-cookie': ['a=1', 'b=2'] }).end();
  });
  await using http = await openHttp();

  const answer = await http.request({ url: `http://127.0.0.1:${server.port}/` });

  expect(answer.headers['set-cookie']).toBe('a=1, b=2');
});

test('requests one after the other share a connection', async () => {
  await using server = await serve((_request, response) => response.end('ok'));
  await using http = await openHttp();

  for (let round = 0; round < 5; round += 1) await http.request({ url: `http://127.0.0.1:${server.port}/${round}` });

  expect(server.connections).toBe(1);
});

test('an abort mid-way rejects with its own reason and frees the socket', async () => {
  const abort = new AbortController();
  await using server = await serveRaw((socket) => {
    socket.once('data', () => abort.abort(reason));
  });
  const reason = new Error('the user pressed Ctrl-C');
  await using http = await openHttp();

  await expect(http.request({ url: `http://127.0.0.1:${server.port}/`, signal: abort.signal })).rejects.toBe(reason);

  for (const socket of server.sockets) await once(socket, 'close');
  expect(server.sockets.size).toBe(0);
});

test('a request that was aborted beforehand is never sent', async () => {
  await using server = await serve((_request, response) => response.end());
  await using http = await openHttp();
  const reason = new Error('too late');

  const asking = http.request({ url: `http://127.0.0.1:${server.port}/`, signal: AbortSignal.abort(reason) });

  await expect(asking).rejects.toBe(reason);
  await http.request({ url: `http://127.0.0.1:${server.port}/` });
  expect(server.connections).toBe(1);
});

test('an abort while the connection is still being made frees the socket', async () => {
  const abort = new AbortController();
  let hung: Socket | undefined;
  await using server = await serveRaw((socket) => {
    hung = socket;
    socket.once('data', () => abort.abort(new Error('too slow')));
  });
  await using http = await openHttp();

  await expect(http.request({ url: `https://127.0.0.1:${server.port}/`, signal: abort.signal })).rejects.toThrow(
    'too slow',
  );

  if (hung && !hung.destroyed) await once(hung, 'close');
  expect(server.sockets.size).toBe(0);
});

test('after close every request is refused and no socket is left', async () => {
  await using server = await serve((_request, response) => response.end('ok'));
  await using http = await openHttp();
  const url = `http://127.0.0.1:${server.port}/`;
  await http.request({ url });

  await http.close();

  expect((await failureOf(http.request({ url }))).code).toBe('CONNECTION_LOST');
  for (const socket of server.sockets) await once(socket, 'close');
  expect(server.sockets.size).toBe(0);
});

test('closing while a request is under way ends that request', async () => {
  await using http = await openHttp();
  await using server = await serveRaw((socket) => {
    socket.once('data', () => http.close());
  });

  const error = await failureOf(http.request({ url: `http://127.0.0.1:${server.port}/` }));

  expect(error.code).toBe('CONNECTION_LOST');
});

test('closing twice is no fault', async () => {
  await using http = await openHttp();

  await http.close();

  await expect(http.close()).resolves.toBeUndefined();
});
test('a value that cannot stand in a header is refused before anything is sent', async () => {
  await using server = await serve((_request, response) => response.end());
  await using http = await openHttp();

  const error = await failureOf(
    http.request({ url: `http://127.0.0.1:${server.port}/`, headers: { 'x-name': 'a\r\nx-evil: 1' } }),
  );

  expect(error.code).toBe('INVALID_ARGUMENT');
});

test.each(['not a url', 'ftp://127.0.0.1/', 'file:///etc/passwd', ''])('“%s” is no address to ask', async (url) => {
  await using http = await openHttp();

  const error = await failureOf(http.request({ url }));

  expect(error.code).toBe('INVALID_ARGUMENT');
});
