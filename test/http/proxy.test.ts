import { once } from 'node:events';
import { createServer } from 'node:http';
import * as https from 'node:https';
import * as net from 'node:net';
import { createProxy } from 'proxy';
import { expect, test } from 'vitest';
import { planRoute } from '../../src/http/route.ts';
import { openTunnel } from '../../src/http/tunnel.ts';
import {
  closedPort,
  createCa,
  createLeaf,
  failureOf,
  type Identity,
  type LocalServer,
  listening,
  openHttp,
  serve,
  serveRaw,
  serveTls,
} from './local-servers.ts';

const ca = await createCa();
const leaf = await createLeaf(ca, 'localtest.invalid');

interface TestProxy extends LocalServer {
  /** Targets that were asked for by CONNECT. */
  readonly tunnels: readonly string[];
}

/** A real proxy; with `login` it lets nobody else in. */
async function startProxy(options: { login?: string; identity?: Identity } = {}): Promise<TestProxy> {
  const tunnels: string[] = [];
  const server = options.identity ? https.createServer(options.identity) : createServer();
  // Before the proxy sees it, the name that no DNS knows becomes an address.
  server.on('connect', (request) => {
    tunnels.push(request.url ?? '');
    request.url = request.url?.replace('localtest.invalid', '127.0.0.1') ?? '';
  });
  const proxy = createProxy(server);
  if (options.login) {
    const expected = `Basic ${Buffer.from(options.login).toString('base64')}`;
    proxy.authenticate = (request) => request.headers['proxy-authorization'] === expected;
  }
  return Object.assign(await listening(proxy), { tunnels });
}

/** A proxy that gives one fixed answer to every CONNECT. */
function answering(head: string): Promise<LocalServer> {
  return serveRaw((socket) => {
    socket.once('data', () => socket.end(`${head}\r\n\r\n`));
  });
}

test('https goes through a tunnel of the proxy that HTTPS_PROXY names', async () => {
  await using target = await serveTls(leaf);
  await using proxy = await startProxy();
  await using http = await openHttp({ ca: ca.cert, env: { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` } });

  const answer = await http.request({ url: `https://localtest.invalid:${target.port}/` });

  expect(answer.body).toBe('secure');
  expect(proxy.tunnels).toEqual([`localtest.invalid:${target.port}`]);
});

test('streams take the tunnel too', async () => {
  await using target = await serveTls(leaf);
  await using proxy = await startProxy();
  await using http = await openHttp({ ca: ca.cert, env: { https_proxy: `127.0.0.1:${proxy.port}` } });

  const stream = await http.stream({ url: `https://localtest.invalid:${target.port}/` });

  expect([stream.status, proxy.tunnels.length]).toEqual([200, 1]);
  stream.close();
});

test('http goes through the proxy that HTTP_PROXY names', async () => {
  await using target = await serve((_request, response) => response.end('plain'));
  await using proxy = await startProxy();
  await using http = await openHttp({ env: { HTTP_PROXY: `http://127.0.0.1:${proxy.port}` } });

  const answer = await http.request({ url: `http://localtest.invalid:${target.port}/` });

  expect([answer.body, proxy.tunnels.length]).toEqual(['plain', 1]);
});

test('a proxy that is spoken to by https works, TLS inside TLS', async () => {
  await using target = await serveTls(leaf);
  await using proxy = await startProxy({ identity: await createLeaf(ca, '127.0.0.1') });
  await using http = await openHttp({ ca: ca.cert, env: { HTTPS_PROXY: `https://127.0.0.1:${proxy.port}` } });

  expect((await http.request({ url: `https://localtest.invalid:${target.port}/` })).body).toBe('secure');
});

test('a login in the variable is given to the proxy, decoded', async () => {
  await using target = await serveTls(leaf);
  await using proxy = await startProxy({ login: 'user:pa:ss%' });
  const env = { HTTPS_PROXY: `http://user:pa%3Ass%25@127.0.0.1:${proxy.port}` };
  await using http = await openHttp({ ca: ca.cert, env });

  expect((await http.request({ url: `https://localtest.invalid:${target.port}/` })).body).toBe('secure');
});

test('a proxy that asks for a login is named with its variable', async () => {
  await using proxy = await startProxy({ login: 'user:pass' });
  await using http = await openHttp({ env: { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` } });

  const error = await failureOf(http.request({ url: 'https://localtest.invalid/' }));

  expect(error.code).toBe('PROXY_FAILED');
  expect(error.message).toMatch(/HTTPS_PROXY.*asks for a login/);
});

test('a refused login says so and is itself never shown', async () => {
  await using proxy = await startProxy({ login: 'user:pass' });
  await using http = await openHttp({ env: { HTTPS_PROXY: `http://someone:hunter22@127.0.0.1:${proxy.port}` } });

  const error = await failureOf(http.request({ url: 'https://localtest.invalid/' }));

  expect(error.message).toContain('refuses the login');
  expect(`${error.message}${error.hint}${JSON.stringify(error.details)}`).not.toMatch(/hunter22|someone/);
});

test.each([
  [403, 'does not allow'],
  [502, 'opened no connection'],
])('a proxy that answers %i has failed', async (status, words) => {
  await using proxy = await answering(`HTTP/1.1 ${status} No`);
  await using http = await openHttp({ env: { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` } });

  const error = await failureOf(http.request({ url: 'https://localtest.invalid/' }));

  expect(error).toMatchObject({ code: 'PROXY_FAILED', details: { status, variable: 'HTTPS_PROXY' } });
  expect(error.message).toContain(words);
});

test('a proxy that speaks no HTTP has failed', async () => {
  await using proxy = await answering('SSH-2.0-OpenSSH');
  await using http = await openHttp({ env: { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` } });

  expect((await failureOf(http.request({ url: 'https://localtest.invalid/' }))).code).toBe('PROXY_FAILED');
});

test('a proxy that hangs up has failed', async () => {
  await using proxy = await serveRaw((socket) => {
    socket.once('data', () => socket.destroy());
  });
  await using http = await openHttp({ env: { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` } });

  expect((await failureOf(http.request({ url: 'https://localtest.invalid/' }))).code).toBe('PROXY_FAILED');
});

test('a proxy that is not there has failed', async () => {
  const port = await closedPort();
  await using http = await openHttp({ env: { https_proxy: `http://127.0.0.1:${port}` } });

  const error = await failureOf(http.request({ url: 'https://localtest.invalid/' }));

  expect(error).toMatchObject({ code: 'PROXY_FAILED', details: { cause: 'CONNECTION_REFUSED' } });
  expect(error.message).toContain('(https_proxy)');
});

test('a certificate refused behind the proxy is the fault of the host, not of the proxy', async () => {
  await using target = await serveTls(leaf);
  await using proxy = await startProxy();
  await using http = await openHttp({ env: { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` } });

  const error = await failureOf(http.request({ url: `https://localtest.invalid:${target.port}/` }));

  expect(error.code).toBe('TLS_UNTRUSTED');
  expect(error.message).toContain('localtest.invalid');
});

test('loopback is reached past the proxy', async () => {
  await using target = await serve((_request, response) => response.end('direct'));
  const port = await closedPort();
  await using http = await openHttp({ env: { HTTP_PROXY: `http://127.0.0.1:${port}` } });

  expect((await http.request({ url: `http://localhost:${target.port}/` })).body).toBe('direct');
});

test('a host of --resolve is reached past the proxy', async () => {
  await using target = await serveTls(leaf);
  const port = await closedPort();
  await using http = await openHttp({
    ca: ca.cert,
    env: { HTTPS_PROXY: `http://127.0.0.1:${port}` },
    resolve: [`localtest.invalid:${target.port}:127.0.0.1`],
  });

  expect((await http.request({ url: `https://localtest.invalid:${target.port}/` })).body).toBe('secure');
});

test('no socket to proxy or host is left after close', async () => {
  await using target = await serveTls(leaf);
  await using proxy = await startProxy();
  await using http = await openHttp({ ca: ca.cert, env: { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` } });
  await http.request({ url: `https://localtest.invalid:${target.port}/` });
  const closed = Promise.all([...proxy.sockets].map((socket) => new Promise((done) => socket.once('close', done))));

  await http.close();

  await closed;
  expect(proxy.sockets.size).toBe(0);
});

test('bytes that come along with the answer of the proxy are not lost', async () => {
  await using proxy = await answering('HTTP/1.1 200 OK\r\n\r\nearly');
  const socket = net.connect(proxy.port, '127.0.0.1');
  const route = planRoute('https://localtest.invalid/', {
    env: { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` },
    overrides: { resolve: [], connectTo: [] },
  });
  if (!route.proxy) throw new Error('the route was expected to have a proxy');

  const tunnel = await openTunnel(socket, route, route.proxy, new AbortController().signal);

  const [bytes] = await once(tunnel, 'data');
  expect(String(bytes)).toMatch(/^early/);
  tunnel.destroy();
});
