import { once } from 'node:events';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:tls';
import { createProxy } from 'proxy';
import { expect, test } from 'vitest';
import { manualClock } from '../support/manual-clock.ts';
import {
  closedPort,
  createCa,
  createLeaf,
  failureOf,
  listening,
  openHttp,
  serve,
  serveRaw,
  serveTls,
} from './local-servers.ts';

const ca = await createCa('Corp Inspection CA');
const leaf = await createLeaf(ca, 'chat.example.test');
const DAY_MS = 86_400_000;

test('resolve tells the addresses of a name', async () => {
  await using http = await openHttp();

  const found = await http.resolve('https://localhost/');

  expect(found.host).toBe('localhost');
  expect(found.addresses.every((address) => address === '127.0.0.1' || address === '::1')).toBe(true);
});

test.each([
  ['http://127.0.0.1:1234/', '127.0.0.1'],
  ['http://[::1]:1234/', '::1'],
])('resolve of %s is the address itself', async (url, address) => {
  await using http = await openHttp();

  expect(await http.resolve(url)).toEqual({ host: address, addresses: [address] });
});

test('resolve with --resolve tells the addresses given and by what', async () => {
  await using http = await openHttp({ resolve: ['chat.example.test:443:10.1.2.3'] });

  expect(await http.resolve('https://chat.example.test/')).toEqual({
    host: 'chat.example.test',
    addresses: ['10.1.2.3'],
    via: '--resolve 10.1.2.3',
  });
});

test('resolve behind a proxy speaks of the proxy, without its login', async () => {
  await using http = await openHttp({ env: { HTTPS_PROXY: 'http://user:hunter22@127.0.0.1:8080' } });

  expect(await http.resolve('https://chat.example.test/')).toEqual({
    host: '127.0.0.1',
    addresses: ['127.0.0.1'],
    via: 'proxy http://127.0.0.1:8080 (HTTPS_PROXY)',
  });
});

test('a name that does not exist fails at the rung of names', async () => {
  await using http = await openHttp();

  const error = await failureOf(http.resolve('https://no-such-host.invalid/'));

  // A machine without any name server cannot tell that the name does not exist.
  expect(['NAME_NOT_FOUND', 'NAME_LOOKUP_FAILED']).toContain(error.code);
});

test('connect tells the address that answered and leaves no socket once all is closed', async () => {
  await using server = await serve((_request, response) => response.end());
  await using http = await openHttp();

  const found = await http.connect(`http://127.0.0.1:${server.port}/`);

  expect(found).toEqual({ address: '127.0.0.1', port: server.port });
  await http.close();
  for (const socket of server.sockets) await once(socket, 'close');
  expect(server.sockets.size).toBe(0);
});

test('connect goes where --connect-to leads and says so', async () => {
  await using server = await serve((_request, response) => response.end());
  await using http = await openHttp({ connectTo: [`chat.example.test:443:127.0.0.1:${server.port}`] });

  expect(await http.connect('https://chat.example.test/')).toEqual({
    address: '127.0.0.1',
    port: server.port,
    via: `--connect-to 127.0.0.1:${server.port}`,
  });
});

test('connect tries all addresses of --resolve until one answers', async () => {
  await using server = await serve((_request, response) => response.end());
  await using http = await openHttp({ resolve: [`chat.example.test:${server.port}:127.0.0.9,127.0.0.1`] });

  expect((await http.connect(`http://chat.example.test:${server.port}/`)).address).toBe('127.0.0.1');
});

test('connect to a closed port is refused, named by host and port', async () => {
  const port = await closedPort();
  await using http = await openHttp({ resolve: [`chat.example.test:${port}:127.0.0.1`] });

  const error = await failureOf(http.connect(`https://chat.example.test:${port}/secret`));

  expect(error.code).toBe('CONNECTION_REFUSED');
  expect(error.message).toContain(`chat.example.test:${port}`);
  expect(error.message).not.toContain('secret');
});

test('connect when every one of several addresses refuses is refused', async () => {
  const port = await closedPort();
  await using http = await openHttp({ resolve: [`chat.example.test:${port}:127.0.0.1,[::1]`] });

  expect((await failureOf(http.connect(`https://chat.example.test:${port}/`))).code).toBe('CONNECTION_REFUSED');
});

test('handshake tells protocol, issuer and the day of expiry', async () => {
  await using server = await serveTls(leaf);
  await using http = await openHttp({ ca: ca.cert, resolve: [`chat.example.test:${server.port}:127.0.0.1`] });

  const facts = await http.handshake(`https://chat.example.test:${server.port}/`);

  expect(facts).toMatchObject({ protocol: 'TLSv1.3', issuer: 'Corp Inspection CA' });
  expect(Math.abs(facts.validTo - (Date.now() + 30 * DAY_MS))).toBeLessThan(DAY_MS);
});

test('handshake asks for the original host where --connect-to leads elsewhere', async () => {
  await using server = await serveTls(leaf);
  await using http = await openHttp({ ca: ca.cert, connectTo: [`chat.example.test:443:127.0.0.1:${server.port}`] });

  expect((await http.handshake('https://chat.example.test/')).issuer).toBe('Corp Inspection CA');
});

test('handshake names the issuer that is not trusted', async () => {
  await using server = await serveTls(leaf);
  await using http = await openHttp({ resolve: [`chat.example.test:${server.port}:127.0.0.1`] });

  const error = await failureOf(http.handshake(`https://chat.example.test:${server.port}/`));

  expect(error).toMatchObject({ code: 'TLS_INSPECTED', details: { issuer: 'Corp Inspection CA' } });
  expect(error.message).toContain('Corp Inspection CA');
});

test('handshake names the day on which a certificate ran out', async () => {
  await using server = await serveTls(await createLeaf(ca, 'chat.example.test', -10, -3));
  await using http = await openHttp({ ca: ca.cert, resolve: [`chat.example.test:${server.port}:127.0.0.1`] });

  const error = await failureOf(http.handshake(`https://chat.example.test:${server.port}/`));

  expect(error.code).toBe('TLS_CERT_EXPIRED');
  expect(error.message).toContain(new Date(Date.now() - 3 * DAY_MS).toISOString().slice(0, 10));
});

test('handshake over http says that there is none', async () => {
  await using http = await openHttp();

  expect((await failureOf(http.handshake('http://127.0.0.1:1/'))).code).toBe('TLS_FAILED');
});

test('handshake goes through the tunnel of the proxy', async () => {
  await using target = await serveTls(await createLeaf(ca, 'localtest.invalid'));
  const behind = createServer().on('connect', (request) => {
    request.url = request.url?.replace('localtest.invalid', '127.0.0.1') ?? '';
  });
  await using proxy = await listening(createProxy(behind));
  await using http = await openHttp({ ca: ca.cert, env: { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` } });

  expect((await http.handshake(`https://localtest.invalid:${target.port}/`)).protocol).toBe('TLSv1.3');
  expect(proxy.connections).toBe(1);
});

test('a handshake that stalls ends in a time-out that names the wait', async () => {
  const clock = manualClock();
  let reached = () => {};
  const asked = new Promise<void>((resolve) => {
    reached = resolve;
  });
  await using server = await serveRaw((socket) => socket.once('data', () => reached()));
  await using http = await openHttp({ clock, timeoutMs: 10_000 });

  const failure = failureOf(http.handshake(`https://127.0.0.1:${server.port}/`));
  await asked;
  clock.advance(10_000);

  expect(await failure).toMatchObject({ code: 'TIMED_OUT', details: { waitedFor: 'a secure connection' } });
});

test('an abort ends a rung with its own reason and frees the socket', async () => {
  const abort = new AbortController();
  const reason = new Error('the user pressed Ctrl-C');
  await using server = await serveRaw((socket) => socket.once('data', () => abort.abort(reason)));
  await using http = await openHttp();

  await expect(http.handshake(`https://127.0.0.1:${server.port}/`, abort.signal)).rejects.toBe(reason);

  for (const socket of server.sockets) await once(socket, 'close');
  expect(server.sockets.size).toBe(0);
});

test.each(['resolve', 'connect', 'handshake'] as const)('%s does nothing once aborted', async (rung) => {
  const reason = new Error('too late');
  await using server = await serve((_request, response) => response.end());
  await using http = await openHttp();

  await expect(http[rung](`https://127.0.0.1:${server.port}/`, AbortSignal.abort(reason))).rejects.toBe(reason);
  expect(server.connections).toBe(0);
});

test('an issuer is known as an inspection by its own name, too, and named by its organization', async () => {
  const own = await createCa('Acme Proxy CA 2', 'Acme Corporation');
  await using server = await serveTls(await createLeaf(own, 'chat.example.test'));
  await using http = await openHttp({ resolve: [`chat.example.test:${server.port}:127.0.0.1`] });

  const error = await failureOf(http.handshake(`https://chat.example.test:${server.port}/`));

  expect(error).toMatchObject({ code: 'TLS_INSPECTED', details: { issuer: 'Acme Corporation' } });
});

test('an issuer that is merely unknown is not taken for an inspection', async () => {
  const own = await createCa('Acme Root');
  await using server = await serveTls(await createLeaf(own, 'chat.example.test'));
  await using http = await openHttp({ resolve: [`chat.example.test:${server.port}:127.0.0.1`] });

  const error = await failureOf(http.handshake(`https://chat.example.test:${server.port}/`));

  expect(error).toMatchObject({ code: 'TLS_UNTRUSTED', details: { issuer: 'Acme Root' } });
});

test('the rungs and the first request share one connection', async () => {
  await using server = await serveTls(leaf);
  await using http = await openHttp({ ca: ca.cert, resolve: [`chat.example.test:${server.port}:127.0.0.1`] });
  const url = `https://chat.example.test:${server.port}/`;

  await http.connect(url);
  await http.handshake(url);
  await http.request({ url });

  expect(server.connections).toBe(1);
});

test('a kept connection that the server has closed is not used', async () => {
  await using server = await serve((_request, response) => response.end('here'));
  await using http = await openHttp();
  const url = `http://127.0.0.1:${server.port}/`;

  await http.connect(url);
  for (const socket of server.sockets) {
    socket.destroy();
    await once(socket, 'close');
  }
  // The end of the connection has to reach this side first.
  await failureOf(http.connect(`http://127.0.0.1:${await closedPort()}/`));

  expect((await http.request({ url })).body).toBe('here');
});

test('one family of addresses can be asked for alone', async () => {
  await using server = await serve((_request, response) => response.end());
  await using http = await openHttp({ resolve: [`chat.example.test:${server.port}:[::1],127.0.0.1`] });

  const found = await http.connect(`http://chat.example.test:${server.port}/`, undefined, 4);

  expect(found.address).toBe('127.0.0.1');
});

test('an outdated version of TLS is named', async () => {
  const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
  await using server = await listening(createTlsServer({ ...leaf, ...old }));
  await using http = await openHttp({ ca: ca.cert, resolve: [`chat.example.test:${server.port}:127.0.0.1`] });

  const error = await failureOf(http.handshake(`https://chat.example.test:${server.port}/`));

  expect(error.code).toBe('TLS_TOO_OLD');
});
