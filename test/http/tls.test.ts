import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tls from 'node:tls';
import { expect, test } from 'vitest';
import { trustedRoots } from '../../src/http/roots.ts';
import { createCa, createLeaf, failureOf, openHttp, serve, serveRaw, serveTls } from './local-servers.ts';

const ca = await createCa();
const good = await createLeaf(ca, 'chat.example.test');

/** The port under the name that the certificate carries. */
function named(port: number, host = 'chat.example.test'): { url: string; resolve: string[] } {
  return { url: `https://${host}:${port}/`, resolve: [`${host}:${port}:127.0.0.1`] };
}

test('a certificate of a root given by --ca-file is trusted', async () => {
  await using server = await serveTls(good);
  const { url, resolve } = named(server.port);
  await using http = await openHttp({ ca: ca.cert, resolve });

  expect((await http.request({ url })).body).toBe('secure');
});

test('a root among several in one file is found', async () => {
  await using server = await serveTls(good);
  const other = await createCa('Another CA');
  const { url, resolve } = named(server.port);
  await using http = await openHttp({ ca: `# roots\n${other.cert}\n\n${ca.cert}\n`, resolve });

  expect((await http.request({ url })).status).toBe(200);
});

test('streams are secured by the same roots', async () => {
  await using server = await serveTls(good);
  const { url, resolve } = named(server.port);
  await using http = await openHttp({ ca: ca.cert, resolve });

  const stream = await http.stream({ url });

  expect(stream.status).toBe(200);
  stream.close();
});

test('an issuer that nobody knows is not trusted', async () => {
  await using server = await serveTls(good);
  const { url, resolve } = named(server.port);
  await using http = await openHttp({ resolve });

  expect((await failureOf(http.request({ url }))).code).toBe('TLS_UNTRUSTED');
});

test('a certificate that signed itself is not trusted', async () => {
  await using server = await serveTls(await createCa('chat.example.test'));
  const { url, resolve } = named(server.port);
  await using http = await openHttp({ resolve });

  expect((await failureOf(http.request({ url }))).code).toBe('TLS_UNTRUSTED');
});

test('a certificate of another host is refused and the host it names is told', async () => {
  await using server = await serveTls(good);
  const { url, resolve } = named(server.port, 'other.example.test');
  await using http = await openHttp({ ca: ca.cert, resolve });

  const error = await failureOf(http.request({ url }));

  expect(error.code).toBe('TLS_WRONG_HOST');
  expect(error.message).toMatch(/other\.example\.test.*chat\.example\.test/);
});

test('a certificate that has run out is refused', async () => {
  await using server = await serveTls(await createLeaf(ca, 'chat.example.test', -10, -1));
  const { url, resolve } = named(server.port);
  await using http = await openHttp({ ca: ca.cert, resolve });

  const error = await failureOf(http.request({ url }));

  expect(error.code).toBe('TLS_CERT_EXPIRED');
  expect(error.message).toContain('has expired');
});

test('a certificate from the future is told apart from one of the past', async () => {
  await using server = await serveTls(await createLeaf(ca, 'chat.example.test', 5, 30));
  const { url, resolve } = named(server.port);
  await using http = await openHttp({ ca: ca.cert, resolve });

  const error = await failureOf(http.request({ url }));

  expect(error).toMatchObject({ code: 'TLS_CERT_NOT_YET_VALID' });
  expect(error.message).toContain('not valid yet');
});

test('a port that speaks plain http is no secure connection', async () => {
  await using server = await serve((_request, response) => response.end());
  await using http = await openHttp();

  expect((await failureOf(http.request({ url: `https://127.0.0.1:${server.port}/` }))).code).toBe('TLS_FAILED');
});

test('an address as host is checked against the addresses in the certificate', async () => {
  await using server = await serveTls(await createLeaf(ca, '127.0.0.1'));
  await using http = await openHttp({ ca: ca.cert });

  expect((await http.request({ url: `https://127.0.0.1:${server.port}/` })).body).toBe('secure');
});

test('an address that the certificate does not name is refused', async () => {
  await using server = await serveTls(good);
  await using http = await openHttp({ ca: ca.cert });

  expect((await failureOf(http.request({ url: `https://127.0.0.1:${server.port}/` }))).code).toBe('TLS_WRONG_HOST');
});

test('a server that hangs up during the handshake is a lost connection', async () => {
  await using server = await serveRaw((socket) => {
    socket.once('data', () => socket.destroy());
  });
  await using http = await openHttp();

  expect((await failureOf(http.request({ url: `https://127.0.0.1:${server.port}/` }))).code).toBe('CONNECTION_LOST');
});

test.each([
  ['nothing', ''],
  ['something else', 'hello'],
  ['a damaged certificate', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'],
])('a --ca-file that holds %s is a usage error', async (_what, pem) => {
  const error = await failureOf(openHttp({ ca: pem }));

  expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', exitCode: 2 });
  expect(error.message).toContain('--ca-file');
});

test('a key in the --ca-file never reaches the message', async () => {
  const error = await failureOf(openHttp({ ca: ca.key }));

  expect(error.message).not.toContain('PRIVATE');
});

test('the usual roots stay trusted beside those of --ca-file', async () => {
  const roots = await trustedRoots(ca.cert, {});

  expect(roots).toEqual(expect.arrayContaining([...tls.rootCertificates, ca.cert.trim()]));
});

test.skipIf('getCACertificates' in tls)('the roots of NODE_EXTRA_CA_CERTS stay trusted too', async () => {
  const extra = await createCa('Extra CA');
  const folder = await mkdtemp(join(tmpdir(), 'sf-handoff-'));
  const file = join(folder, 'extra.pem');
  try {
    await writeFile(file, extra.cert);

    expect(await trustedRoots(ca.cert, { NODE_EXTRA_CA_CERTS: file })).toContain(extra.cert.trim());
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('extra roots that cannot be read do no harm', async () => {
  expect(await trustedRoots(ca.cert, { NODE_EXTRA_CA_CERTS: '/no/such/file.pem' })).toContain(ca.cert.trim());
});
