import { expect, test } from 'vitest';
import type { HandoffError } from '../../src/core/errors.ts';
import { type Env, proxyFor } from '../../src/http/proxies.ts';

function labelFor(url: string, env: Env): string | undefined {
  return proxyFor(new URL(url), env)?.label;
}

test.each([
  ['https://a.example/', { HTTPS_PROXY: 'http://p:8080' }, 'proxy http://p:8080 (HTTPS_PROXY)'],
  ['https://a.example/', { https_proxy: 'http://p:8080' }, 'proxy http://p:8080 (https_proxy)'],
  [
    'https://a.example/',
    { https_proxy: 'http://low:1', HTTPS_PROXY: 'http://up:2' },
    'proxy http://low:1 (https_proxy)',
  ],
  ['https://a.example/', { https_proxy: ' ', HTTPS_PROXY: 'http://up:2' }, 'proxy http://up:2 (HTTPS_PROXY)'],
  ['https://a.example/', { HTTP_PROXY: 'http://p:8080' }, undefined],
  ['http://a.example/', { HTTP_PROXY: 'http://p:8080' }, 'proxy http://p:8080 (HTTP_PROXY)'],
  ['http://a.example/', { HTTPS_PROXY: 'http://p:8080' }, undefined],
  ['https://a.example/', { HTTPS_PROXY: 'p:3128' }, 'proxy http://p:3128 (HTTPS_PROXY)'],
  ['https://a.example/', { HTTPS_PROXY: 'https://p' }, 'proxy https://p:443 (HTTPS_PROXY)'],
  ['https://a.example/', { HTTPS_PROXY: 'http://[::1]:8080' }, 'proxy http://[::1]:8080 (HTTPS_PROXY)'],
  ['https://a.example/', { HTTPS_PROXY: '' }, undefined],
  ['https://a.example/', {}, undefined],
])('%s with %o goes by %s', (url, env, label) => {
  expect(labelFor(url, env)).toBe(label);
});

test.each([
  ['a.example', false],
  ['.a.example', false],
  ['*.a.example', false],
  ['example', false],
  ['*', false],
  ['A.EXAMPLE', false],
  ['b.example, a.example', false],
  ['b.example a.example', false],
  ['a.example:443', false],
  ['a.example:8443', true],
  ['b.example', true],
  ['le', true],
  ['', true],
])('NO_PROXY=“%s” makes a proxy for https://a.example: %s', (list, proxied) => {
  const label = labelFor('https://a.example/', { HTTPS_PROXY: 'http://p:1', NO_PROXY: list });

  expect(label !== undefined).toBe(proxied);
});

test.each(['[2001:db8::7]', '2001:db8::7', '[2001:db8::7]:443'])('NO_PROXY=%s exempts that address', (list) => {
  expect(labelFor('https://[2001:db8::7]/', { HTTPS_PROXY: 'http://p:1', no_proxy: list })).toBeUndefined();
});

test.each(['localhost', '127.0.0.1', '127.8.9.10', '[::1]'])('%s never goes by a proxy', (host) => {
  expect(labelFor(`http://${host}:8080/`, { HTTP_PROXY: 'http://p:1' })).toBeUndefined();
});

test.each([
  ['http://user:p%40ss@p:1', 'user:p@ss'],
  ['http://user@p:1', 'user:'],
  ['http://user:50%@p:1', 'user:50%'],
])('the login of %s is sent as %s', (value, login) => {
  const proxy = proxyFor(new URL('https://a.example/'), { HTTPS_PROXY: value });

  expect(proxy?.authorization).toBe(`Basic ${Buffer.from(login).toString('base64')}`);
});

test('a proxy without a login sends none', () => {
  expect(proxyFor(new URL('https://a.example/'), { HTTPS_PROXY: 'http://p:1' })).not.toHaveProperty('authorization');
});

test('the label holds no login', () => {
  expect(labelFor('https://a.example/', { HTTPS_PROXY: 'http://user:secret@p:1' })).not.toMatch(/user|secret/);
});

test.each(['socks5://p:1080', 'http://', 'ftp://p', 'http://p:99999'])(
  '%s is no proxy and its variable is named',
  (value) => {
    expect(() => labelFor('https://a.example/', { HTTPS_PROXY: value })).toThrow(
      expect.objectContaining({
        code: 'PROXY_FAILED',
        message: expect.stringContaining('HTTPS_PROXY'),
      }) as HandoffError,
    );
  },
);
