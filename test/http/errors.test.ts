import { expect, test } from 'vitest';
import { HandoffError } from '../../src/core/errors.ts';
import { networkError, timedOut } from '../../src/http/errors.ts';
import type { Route } from '../../src/http/route.ts';

const route: Route = { host: 'a.example', port: 443, secure: true, hop: { host: 'a.example', port: 443 } };

function failure(code: string, more: object = {}): Error {
  return Object.assign(new Error('words of Node'), { code }, more);
}

test.each([
  ['ENOTFOUND', 'NAME_NOT_FOUND'],
  ['EAI_AGAIN', 'NAME_LOOKUP_FAILED'],
  ['EAI_FAIL', 'NAME_LOOKUP_FAILED'],
  ['ECONNREFUSED', 'CONNECTION_REFUSED'],
  ['ECONNRESET', 'CONNECTION_LOST'],
  ['EPIPE', 'CONNECTION_LOST'],
  ['HPE_INVALID_EOF_STATE', 'CONNECTION_LOST'],
  ['Z_BUF_ERROR', 'CONNECTION_LOST'],
  ['ENETUNREACH', 'NETWORK_UNREACHABLE'],
  ['EHOSTUNREACH', 'NETWORK_UNREACHABLE'],
  ['ETIMEDOUT', 'TIMED_OUT'],
  ['CERT_HAS_EXPIRED', 'TLS_CERT_EXPIRED'],
  ['CERT_NOT_YET_VALID', 'TLS_CERT_NOT_YET_VALID'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'TLS_WRONG_HOST'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'TLS_UNTRUSTED'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'TLS_UNTRUSTED'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'TLS_UNTRUSTED'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'TLS_UNTRUSTED'],
  ['EPROTO', 'TLS_FAILED'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'TLS_FAILED'],
  ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'TLS_TOO_OLD'],
  ['HPE_INVALID_CONSTANT', 'NOT_THE_SERVICE'],
  ['Z_DATA_ERROR', 'NOT_THE_SERVICE'],
  ['HPE_HEADER_OVERFLOW', 'ANSWER_TOO_LARGE'],
  ['ERR_INVALID_CHAR', 'INVALID_ARGUMENT'],
  ['ESOMETHINGNEW', 'CONNECTION_LOST'],
])('%s becomes %s', (raw, code) => {
  expect(networkError(failure(raw), route).code).toBe(code);
});

test('a cause deep in the chain is found', () => {
  const wrapped = new Error('outer', { cause: new Error('middle', { cause: failure('ECONNREFUSED') }) });

  expect(networkError(wrapped, route).code).toBe('CONNECTION_REFUSED');
});

test.each([
  [['ENETUNREACH', 'ECONNREFUSED'], 'CONNECTION_REFUSED'],
  [['ECONNREFUSED', 'ENETUNREACH'], 'CONNECTION_REFUSED'],
  [['ENETUNREACH', 'ETIMEDOUT'], 'TIMED_OUT'],
  [['EHOSTUNREACH', 'ENETUNREACH'], 'NETWORK_UNREACHABLE'],
])('of the addresses that failed with %o the most telling is reported', (codes, code) => {
  const all = new AggregateError(codes.map((each) => failure(each)));

  expect(networkError(all, route).code).toBe(code);
});

test('a lookup that fails in a way of its own is still a lookup', () => {
  expect(networkError(failure('EINVAL', { syscall: 'getaddrinfo' }), route).code).toBe('NAME_NOT_FOUND');
});

test('a HandoffError passes through unchanged, also as a cause', () => {
  const own = new HandoffError('PROXY_FAILED');

  expect(networkError(own, route)).toBe(own);
  expect(networkError(new Error('wrapped', { cause: own }), route)).toBe(own);
});

test('what is no network failure is a fault of ours', () => {
  expect(networkError(new TypeError('x is not a function'), route).code).toBe('INTERNAL');
});

test.each([undefined, null, 'text', 7])('%s thrown is survived', (thrown) => {
  expect(networkError(thrown, route).code).toBe('INTERNAL');
});

test('a chain of causes that bites its own tail is survived', () => {
  const snake: Error & { cause?: unknown } = new Error('head');
  snake.cause = snake;

  expect(networkError(snake, route).code).toBe('INTERNAL');
});

test('the raw code is kept for programs, the words of Node are not shown', () => {
  const error = networkError(failure('ECONNREFUSED'), route);

  expect(error.details).toEqual({ cause: 'ECONNREFUSED' });
  expect(error.message).toBe('Nothing is listening at a.example:443');
});

test('the name that was looked up is the one of the way taken', () => {
  const moved: Route = { ...route, hop: { host: 'b.example', port: 443 }, via: '--connect-to b.example:443' };

  expect(networkError(failure('ENOTFOUND'), moved).message).toContain('b.example');
});

test('an IPv6 host stands in brackets before its port', () => {
  const sixth: Route = { ...route, host: '::1', hop: { host: '::1', port: 443 } };

  expect(networkError(failure('ECONNREFUSED'), sixth).message).toContain('[::1]:443');
});

test('a certificate of many hosts names three of them', () => {
  const subjectaltname = 'DNS:one.example, DNS:two.example, IP Address:10.0.0.1, DNS:four.example';
  const error = networkError(failure('ERR_TLS_CERT_ALTNAME_INVALID', { cert: { subjectaltname } }), route);

  expect(error.message).toMatch(/: it names one\.example, two\.example, 10\.0\.0\.1 and more$/);
});

test('a time-out names the host, the wait and the time', () => {
  const error = timedOut(route, 'the headers', 10_000);

  expect(error.code).toBe('TIMED_OUT');
  expect(error.message).toMatch(/a\.example:443.*10 s.*the headers/);
});
