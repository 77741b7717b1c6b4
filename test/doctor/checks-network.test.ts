import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { HandoffError } from '../../src/core/errors.ts';
import type { ConnectedHost, Http } from '../../src/core/http.ts';
import { doctor, hang, json, liveChatConfig, miawConfig, serve, statuses, text, validValues } from './local-service.ts';

const NETWORK = ['network'];

async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

/** A network in which every rung is reached, and `broken` replaces some of them. */
function fakeHttp(broken: Partial<Http>): Http {
  return {
    request: async () => ({ status: 200, headers: { 'content-type': 'application/json' }, body: '{}' }),
    stream: () => Promise.reject(new HandoffError('INTERNAL')),
    resolve: async () => ({ host: 'acme.my.salesforce-scrt.com', addresses: ['192.0.2.1', '192.0.2.2'] }),
    connect: async () => ({ address: '2001:db8::1', port: 443 }),
    handshake: async () => ({ protocol: 'TLSv1.3', issuer: 'DigiCert Inc', validTo: Date.UTC(2027, 1, 11) }),
    close: async () => undefined,
    ...broken,
  };
}

const acme = validValues(miawConfig('https://acme.my.salesforce-scrt.com'));

describe('a host that answers', () => {
  test('passes name, TCP and HTTP, and TLS does not apply to plain http on loopback', async () => {
    await using service = await serve({
      '*': (request, response) => {
        response.sendDate = true;
        json({})(request, response);
      },
    });
    const results = await doctor(validValues(miawConfig(service.url)), { only: NETWORK });
    expect(statuses(results)).toEqual({
      'network.dns': 'pass',
      'network.tcp': 'pass',
      'network.ipv6': 'skip',
      'network.tls': 'skip',
      'network.http': 'pass',
      'network.clock': 'pass',
    });
  });

  test('is described rung by rung', async () => {
    const results = await doctor(acme, { only: NETWORK, http: fakeHttp({}) });
    expect(Object.values(results).map((result) => 'detail' in result && result.detail)).toEqual([
      'acme.my.salesforce-scrt.com → 2 addresses, IPv4',
      '[2001:db8::1]:443',
      false,
      'TLSv1.3, valid until 2027-02-11, DigiCert Inc',
      expect.stringMatching(/^answers after \d+ ms, status 200$/),
      false,
    ]);
  });

  test('is named with the proxy that answers in its place', async () => {
    const resolve = async () => ({ host: 'proxy.local', addresses: ['192.0.2.9'], via: 'the proxy of HTTPS_PROXY' });
    const results = await doctor(acme, { only: ['network.dns'], http: fakeHttp({ resolve }) });
    expect(results['network.dns']).toMatchObject({ detail: 'proxy.local, by the proxy of HTTPS_PROXY' });
  });

  test('passes without a date where the certificate has none', async () => {
    const handshake = async () => ({ protocol: 'TLSv1.3', issuer: 'unknown', validTo: Number.NaN });
    const results = await doctor(acme, { only: ['network.tls'], http: fakeHttp({ handshake }) });
    expect(results['network.tls']).toMatchObject({ status: 'pass', detail: 'TLSv1.3, unknown' });
  });

  test.each([400, 401, 404, 412, 429, 501])('answers, even with status %i', async (status) => {
    await using service = await serve({ '*': json({ message: 'no' }, status) });
    const results = await doctor(validValues(miawConfig(service.url)), { only: ['network.http'] });
    expect(results['network.http']).toMatchObject({
      status: 'pass',
      detail: expect.stringContaining(`status ${status}`),
    });
  });

  test('answers, even with an unknown path told as a page', async () => {
    await using service = await serve({ '*': text('<!DOCTYPE html><p>Cannot GET</p>', 404, 'text/html') });
    const results = await doctor(validValues(miawConfig(service.url)), { only: ['network.http'] });
    expect(results['network.http']?.status).toBe('pass');
  });

  test('is asked for the availability with its version where the channel is Live Chat', async () => {
    let version: unknown;
    await using service = await serve({
      '/chat/rest/Visitor/Availability': (request, response) => {
        version = request.headers['x-liveagent-api-version'];
        response.end('{}');
      },
    });
    await doctor(validValues(liveChatConfig(service.url)), { only: ['network.http'] });
    expect([version, service.asked]).toEqual([expect.stringMatching(/^\d+$/), ['GET /chat/rest/Visitor/Availability']]);
  });
});

describe('a host that does not answer as it should', () => {
  test('a name that does not resolve fails the first rung and skips the others', async () => {
    const resolve = () => Promise.reject(new HandoffError('NAME_NOT_FOUND', { message: 'acme does not resolve' }));
    const results = await doctor(acme, { only: NETWORK, http: fakeHttp({ resolve }) });
    expect(Object.values(results)).toMatchObject([
      { status: 'fail', cause: 'NAME_NOT_FOUND' },
      ...Array.from({ length: 5 }, () => ({ status: 'skip', reason: 'not asked, because network.dns failed' })),
    ]);
  });

  test('a port where nothing listens fails the TCP rung', async () => {
    const results = await doctor(validValues(miawConfig(`http://127.0.0.1:${await closedPort()}`)), { only: NETWORK });
    expect(results['network.tcp']).toMatchObject({ status: 'fail', cause: 'CONNECTION_REFUSED' });
  });

  test('a certificate of another host fails the TLS rung', async () => {
    const handshake = () => Promise.reject(new HandoffError('TLS_WRONG_HOST'));
    const results = await doctor(acme, { only: NETWORK, http: fakeHttp({ handshake }) });
    expect([results['network.tls'], results['network.http']]).toMatchObject([
      { status: 'fail', cause: 'TLS_WRONG_HOST' },
      { reason: 'not asked, because network.tls failed' },
    ]);
  });

  test('a port that speaks plain http fails the TLS rung', async () => {
    await using service = await serve({ '*': json({}) });
    const url = service.url.replace('http:', 'https:');
    const results = await doctor(validValues(miawConfig(url)), { only: NETWORK });
    expect(results['network.tls']).toMatchObject({ status: 'fail', cause: 'TLS_FAILED' });
  });

  test.each([
    ['a failing server', text('oops', 500), 'SERVICE_ERROR'],
    ['a failing gateway with a page', text('<html>Bad gateway</html>', 502, 'text/html'), 'SERVICE_ERROR'],
    ['a sign-on page', text('<html>Sign in</html>', 200, 'text/html'), 'NOT_THE_SERVICE'],
    ['a page that hides its type', text('<!doctype html><p>Hello</p>', 200), 'NOT_THE_SERVICE'],
    ['a blocking page', text('<html>Blocked</html>', 403, 'text/html'), 'NOT_THE_SERVICE'],
    ['a proxy that wants a login', text('', 407), 'PROXY_FAILED'],
  ] as const)('%s fails the HTTP rung as %3$s', async (_, handler, cause) => {
    await using service = await serve({ '*': handler });
    const results = await doctor(validValues(miawConfig(service.url)), { only: NETWORK });
    expect(results['network.http']).toMatchObject({ status: 'fail', cause });
  });

  test('a redirect is named with its host, never with its query', async () => {
    await using service = await serve({
      '*': (_, response) => response.writeHead(302, { location: 'https://login.example.com/?token=s3cret' }).end(),
    });
    const results = await doctor(validValues(miawConfig(service.url)), { only: ['network.http'] });
    expect(results['network.http']).toMatchObject({
      cause: 'REDIRECTED',
      message: 'The host redirects to login.example.com instead of answering',
    });
  });

  test('a server that keeps silent fails the HTTP rung within the time limit', async () => {
    await using service = await serve({ '*': hang });
    const results = await doctor(validValues(miawConfig(service.url)), { only: ['network.http'], timeoutMs: 150 });
    expect(results['network.http']).toMatchObject({ status: 'fail', cause: 'TIMED_OUT' });
    expect(results['network.http']?.durationMs).toBeLessThan(600);
  });

  test('the hint speaks of the Live Agent URL where the channel is Live Chat', async () => {
    const resolve = () => Promise.reject(new HandoffError('NAME_NOT_FOUND'));
    const values = validValues(liveChatConfig('https://d.la1-c1-fra.salesforceliveagent.com'));
    const results = await doctor(values, { only: ['network.dns'], http: fakeHttp({ resolve }) });
    expect(results['network.dns']).toMatchObject({ step: 'live-chat.2' });
  });

  test('a 503 of Live Chat is an answer, which the settings explain', async () => {
    await using service = await serve({ '*': text('The server is unavailable', 503) });
    const results = await doctor(validValues(liveChatConfig(service.url)), {
      only: ['network.http', 'service.settings'],
    });
    expect([results['network.http']?.status, results['service.settings']?.hint]).toEqual([
      'pass',
      expect.stringContaining('sandbox'),
    ]);
  });
});

describe('the two kinds of addresses', () => {
  const both = async () => ({ host: 'acme.my.salesforce-scrt.com', addresses: ['192.0.2.1', '2001:db8::1'] });
  const by6 = (answer: () => Promise<ConnectedHost>): Partial<Http> => ({
    resolve: both,
    connect: (_url, _signal, family) =>
      family === 6 ? answer() : Promise.resolve({ address: '192.0.2.1', port: 443 }),
  });
  const look = async (http: Partial<Http>) =>
    (await doctor(acme, { only: ['network.ipv6'], http: fakeHttp(http) }))['network.ipv6'];

  test('pass where both are reached', async () => {
    const result = await look(by6(async () => ({ address: '2001:db8::1', port: 443 })));
    expect(result).toMatchObject({ status: 'pass', detail: 'reached at [2001:db8::1] as well' });
  });

  test('are a warning where only IPv6 is dead', async () => {
    const result = await look(by6(() => Promise.reject(new HandoffError('TIMED_OUT'))));
    expect(result).toMatchObject({ status: 'warn', cause: 'IPV6_UNREACHABLE' });
  });

  test('are no warning on a network without IPv6', async () => {
    const result = await look(by6(() => Promise.reject(new HandoffError('NETWORK_UNREACHABLE'))));
    expect(result).toMatchObject({ status: 'skip' });
  });
});

describe('the clock', () => {
  const told = (ms: number) => ({
    request: async () => ({ status: 200, headers: { date: new Date(Date.now() + ms).toUTCString() }, body: '{}' }),
  });
  const look = async (http: Partial<Http>) =>
    (await doctor(acme, { only: ['network.clock'], http: fakeHttp(http) }))['network.clock'];

  test.each([3_600_000, -3_600_000])('that differs by %i ms is a warning', async (ms) => {
    expect(await look(told(ms))).toMatchObject({ status: 'warn', cause: 'CLOCK_WRONG' });
  });

  test('that differs by a minute passes', async () => {
    expect(await look(told(60_000))).toMatchObject({ status: 'pass' });
  });

  test('is not compared with a service that does not tell the time', async () => {
    expect(await look({})).toMatchObject({ status: 'skip' });
  });
});

describe('the transposed domain', () => {
  const slip = validValues(miawConfig('https://acme.my.salesforce-srct.com'));

  test('fails the first rung and skips everything above it', async () => {
    const results = await doctor(slip, { only: ['network', 'service', 'stream'], http: fakeHttp({}) });
    const { 'network.dns': first, ...others } = results;
    expect(first).toMatchObject({ status: 'fail', cause: 'BASE_URL_DOMAIN_SLIP' });
    expect(new Set(Object.values(others).map((result) => result.status))).toEqual(new Set(['skip']));
  });

  test('is never sent anything', async () => {
    const asked: string[] = [];
    const note = (name: string) => async () => {
      asked.push(name);
      throw new HandoffError('NAME_NOT_FOUND');
    };
    const http = fakeHttp({
      request: note('request'),
      stream: note('stream'),
      resolve: note('resolve'),
      connect: note('connect'),
      handshake: note('handshake'),
    });
    await doctor(slip, { http, level: 'chat' });
    expect(asked).toEqual([]);
  });
});

describe('missing values', () => {
  test('the network is not asked without an address', async () => {
    const values = acme.values.map((value) => (value.field === 'baseUrl' ? { ...value, value: null } : value));
    const results = await doctor({ ...acme, values, config: null }, { only: NETWORK, http: fakeHttp({}) });
    expect(Object.values(results)).toMatchObject(
      Array.from({ length: 6 }, () => ({ reason: 'not asked, because there is no usable Organization Base URL' })),
    );
  });

  test('the network is asked although another value is missing', async () => {
    const values = acme.values.map((value) => (value.field === 'orgId' ? { ...value, value: null } : value));
    const results = await doctor({ ...acme, values, config: null }, { http: fakeHttp({}) });
    expect([results['network.http'], results['service.token']]).toMatchObject([
      { status: 'pass' },
      { status: 'skip', reason: 'not asked, because there is no usable Organization ID' },
    ]);
  });
});
