import { describe, expect, test } from 'vitest';
import { createSecrets, redactAll } from '../../src/core/redact.ts';

const JWT = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ2Mi9pYW1lc3NhZ2UvMSJ9.c2lnbmF0dXJl-_8';
const SESSION_KEY = '3f0c9b1e-7a52-4d7e-9c31-5b8e2a64d0f7!1718200455123!H3cA+ShTTNySJ+kCdi30odTCar8=';
const ACCESS_TOKEN = '00D8Z000001kQ7P!AQcAQH0dMHZfz972Szmpkb58urFRkgeBGsxL_QJWwYMfAbUeeG7c1E6';

describe('shapes that are secrets wherever they stand', () => {
  test.each([
    ['a JSON web token', JWT],
    ['a session key', SESSION_KEY],
    ['a session key in a URL', encodeURIComponent(SESSION_KEY)],
    ['a session key in capitals', SESSION_KEY.toUpperCase()],
    ['an access token', ACCESS_TOKEN],
    ['an access token in a URL', ACCESS_TOKEN.replace('!', '%21')],
    ['an access token of an 18-character org', ACCESS_TOKEN.replace('!', 'UAU!')],
  ])('%s is masked', (_what, secret) => {
    expect(createSecrets().redact(`before ${secret} after`)).toBe('before [redacted] after');
  });

  test('the token of a bearer header is masked, the word is not', () => {
    expect(createSecrets().redact('authorization: Bearer opaque-token_17.x')).toBe('authorization: Bearer [redacted]');
  });

  test('a token as a JSON string leaves the JSON whole', () => {
    const text = createSecrets().redact(JSON.stringify({ accessToken: JWT, n: 1 }));
    expect(JSON.parse(text)).toEqual({ accessToken: '[redacted]', n: 1 });
  });

  test('several secrets in one text are all masked', () => {
    expect(createSecrets().redact(`${JWT},${SESSION_KEY},${ACCESS_TOKEN}`)).toBe('[redacted],[redacted],[redacted]');
  });

  test.each([
    ['a conversation id', '3f0c9b1e-7a52-4d7e-9c31-5b8e2a64d0f7'],
    ['an org id', '00D8Z000001kQ7P'],
    ['an org id before an exclamation mark', 'use 00D8Z000001kQ7P! Now.'],
    ['a host', 'https://acme.my.salesforce-scrt.com'],
    ['a sentence', 'the Bearer of good news says eyJ is a prefix'],
  ])('%s stays as it is', (_what, text) => {
    expect(createSecrets().redact(text)).toBe(text);
  });

  test.each([
    ['almost tokens', '-eyJ'.repeat(50_000)],
    ['almost session keys', 'aaaaaaaa-'.repeat(50_000)],
    ['almost access tokens', '00D8Z000001kQ7P!'.repeat(20_000)],
    ['almost bearer headers', 'Bearer '.repeat(50_000)],
  ])('a flood of %s does not hold the program up', (_what, text) => {
    const before = performance.now();
    createSecrets().redact(text);
    expect(performance.now() - before).toBeLessThan(2000);
  });
});

describe('secrets that were met in this run', () => {
  test('a registered secret is masked, whatever it looks like', () => {
    const secrets = createSecrets();
    secrets.add('plain-words-as-a-token');
    expect(secrets.redact('a plain-words-as-a-token b')).toBe('a [redacted] b');
  });

  test('it is masked as often as it occurs', () => {
    const secrets = createSecrets();
    secrets.add('opaque+token');
    expect(secrets.redact('opaque+token opaque+token')).toBe('[redacted] [redacted]');
  });

  test('its percent-encoded form is masked too', () => {
    const secrets = createSecrets();
    secrets.add('opaque+token/with=signs');
    expect(secrets.redact('?key=opaque%2Btoken%2Fwith%3Dsigns&n=1')).toBe('?key=[redacted]&n=1');
  });

  test('its form inside a JSON string is masked too', () => {
    const secrets = createSecrets();
    secrets.add('opaque"token\\1');
    expect(secrets.redact(JSON.stringify({ token: 'opaque"token\\1' }))).toBe('{"token":"[redacted]"}');
  });

  test('signs of regular expressions in a secret mean themselves', () => {
    const secrets = createSecrets();
    secrets.add('.*+?^$()[]|');
    expect(secrets.redact('abc .*+?^$()[]| abc')).toBe('abc [redacted] abc');
  });

  test('of a secret that begins like another nothing is left over', () => {
    const secrets = createSecrets();
    secrets.add('affinity');
    secrets.add('affinity-and-the-rest');
    expect(secrets.redact('affinity-and-the-rest')).toBe('[redacted]');
  });

  test('half a surrogate pair in a secret does no harm', () => {
    const secrets = createSecrets();
    secrets.add('broken\ud800secret');
    expect(secrets.redact('a broken\ud800secret b')).toBe('a [redacted] b');
  });

  test('what is too short to be a secret is left alone', () => {
    const secrets = createSecrets();
    secrets.add('agent');
    secrets.add('');
    expect(secrets.redact('the agent')).toBe('the agent');
  });

  test('two runs do not share their secrets', () => {
    createSecrets().add('only-in-the-first');
    expect(createSecrets().redact('only-in-the-first')).toBe('only-in-the-first');
  });
});

describe('redactAll', () => {
  const secrets = createSecrets();
  secrets.add('opaque-token');

  test('every string inside a value is masked', () => {
    const value = { at: 1, raw: { list: ['x opaque-token', { deep: 'opaque-token' }], none: null, yes: true } };
    expect(redactAll(secrets, value)).toEqual({
      at: 1,
      raw: { list: ['x [redacted]', { deep: '[redacted]' }], none: null, yes: true },
    });
  });

  test('the value itself is not touched', () => {
    const value = { text: 'opaque-token' };
    redactAll(secrets, value);
    expect(value.text).toBe('opaque-token');
  });

  test('a field called __proto__ stays a field', () => {
    const value = JSON.parse('{"__proto__":{"text":"opaque-token"}}');
    expect(JSON.stringify(redactAll(secrets, value))).toBe('{"__proto__":{"text":"[redacted]"}}');
  });

  test('a value nested beyond all sense is cut, and can still be written as JSON', () => {
    const value = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`);
    expect(JSON.stringify(redactAll(secrets, value))).toMatch(/^\[+"…"\]+$/);
  });
});
