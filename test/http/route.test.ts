import { expect, test } from 'vitest';
import { parseOverrides } from '../../src/http/overrides.ts';
import type { Env } from '../../src/http/proxies.ts';
import { placeOf, planRoute, type Route } from '../../src/http/route.ts';
import { failureOf, openHttp } from './local-servers.ts';

interface Flags {
  readonly resolve?: readonly string[];
  readonly connectTo?: readonly string[];
  readonly env?: Env;
}

function route(url: string, { resolve, connectTo, env = {} }: Flags = {}): Route {
  return planRoute(url, { env, overrides: parseOverrides(resolve, connectTo) });
}

test('without rules the way is straight', () => {
  expect(route('https://a.example/x?y')).toEqual({
    host: 'a.example',
    port: 443,
    secure: true,
    hop: { host: 'a.example', port: 443 },
  });
});

test('a dot at the end of a name changes neither the host nor the certificate asked for', () => {
  expect(route('https://a.example./').host).toBe('a.example');
});

test('--resolve gives the addresses for its host and port', () => {
  expect(route('https://A.example/', { resolve: ['a.example:443:10.0.0.1,10.0.0.2'] })).toMatchObject({
    hop: { host: 'a.example', port: 443, addresses: ['10.0.0.1', '10.0.0.2'] },
    via: '--resolve 10.0.0.1,10.0.0.2',
  });
});

test('--resolve of another port is left alone', () => {
  expect(route('https://a.example/', { resolve: ['a.example:8443:10.0.0.1'] }).hop).not.toHaveProperty('addresses');
});

test.each([
  ['a.example:443:[::1]', '::1'],
  ['a.example:443:::1', '::1'],
  ['+a.example:443:10.0.0.1', '10.0.0.1'],
  ['*:443:10.0.0.1', '10.0.0.1'],
])('--resolve %s is read as curl reads it', (flag, address) => {
  expect(route('https://a.example/', { resolve: [flag] }).hop.addresses).toEqual([address]);
});

test.each([
  ['a.example:443:b.example:8443', 'b.example', 8443],
  ['::b.example:8443', 'b.example', 8443],
  ['a.example::b.example:', 'b.example', 443],
  [':443::8443', 'a.example', 8443],
  ['a.example:443:[::1]:8443', '::1', 8443],
])('--connect-to %s leads to %s, port %i', (flag, host, port) => {
  expect(route('https://a.example/', { connectTo: [flag] })).toMatchObject({
    host: 'a.example',
    port: 443,
    hop: { host, port },
  });
});

test('--connect-to for another host is left alone', () => {
  expect(route('https://a.example/', { connectTo: ['b.example:443:c.example:443'] })).not.toHaveProperty('via');
});

test('--resolve is asked for the host that --connect-to leads to', () => {
  const flags = { connectTo: ['a.example:443:b.example:8443'], resolve: ['b.example:8443:127.0.0.1'] };

  expect(route('https://a.example/', flags).hop).toEqual({ host: 'b.example', port: 8443, addresses: ['127.0.0.1'] });
});

test('an override goes before the proxy', () => {
  const flags = { connectTo: ['a.example:443:b.example:443'], env: { HTTPS_PROXY: 'http://p:1' } };

  expect(route('https://a.example/', flags)).not.toHaveProperty('proxy');
});

test.each(['a.example:443', 'a.example:443:not-an-address', 'a.example:x:10.0.0.1', 'a.example:0:10.0.0.1', ''])(
  '--resolve %s is a usage error that quotes it',
  (flag) => {
    expect(() => parseOverrides([flag])).toThrow(
      expect.objectContaining({ code: 'INVALID_ARGUMENT', message: expect.stringContaining(`“${flag}”`) }) as Error,
    );
  },
);

test.each(['a.example:443', 'a:1:b:99999', 'a:b:c:d', '1:2:3:4:5'])('--connect-to %s is a usage error', (flag) => {
  expect(() => parseOverrides([], [flag])).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT' }) as Error);
});

test('a place names host, port and what is in between, never the path', () => {
  const text = placeOf(route('https://a.example/secret?key', { env: { HTTPS_PROXY: 'http://p:1' } }));

  expect(text).toBe('a.example:443 (via proxy http://p:1 (HTTPS_PROXY))');
});

test.each([
  'https://acme.my.salesforce-srct.com/',
  'https://ACME.my.salesforce-srct.com./',
  'https://salesforce-srct.com:8443/x',
])('%s is refused as the slip that it is', (url) => {
  expect(() => route(url)).toThrow(expect.objectContaining({ code: 'BASE_URL_DOMAIN_SLIP' }) as Error);
});

test('the slip is refused even where an override leads elsewhere', () => {
  expect(() => route('https://a.salesforce-srct.com/', { resolve: ['a.salesforce-srct.com:443:127.0.0.1'] })).toThrow(
    expect.objectContaining({ code: 'BASE_URL_DOMAIN_SLIP' }) as Error,
  );
});

test('an override that leads to the slip is refused', () => {
  expect(() => route('https://a.example/', { connectTo: ['::b.salesforce-srct.com:443'] })).toThrow(
    expect.objectContaining({ code: 'BASE_URL_DOMAIN_SLIP' }) as Error,
  );
});

test.each([
  'https://salesforce-srct.com.example/',
  'https://notsalesforce-srct.com/',
  'https://a.salesforce-scrt.com/',
])('%s is not the slip', (url) => {
  expect(route(url).port).toBe(443);
});

test.each(['request', 'stream', 'resolve', 'connect', 'handshake'] as const)('%s refuses the slip', async (method) => {
  await using http = await openHttp();
  const url = 'https://acme.my.salesforce-srct.com/';

  const error = await failureOf(
    method === 'request' || method === 'stream' ? http[method]({ url }) : http[method](url),
  );

  expect(error).toMatchObject({
    code: 'BASE_URL_DOMAIN_SLIP',
    hint: 'use https://acme.my.salesforce-scrt.com',
  });
});
