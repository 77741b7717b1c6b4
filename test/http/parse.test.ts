import { expect, test } from 'vitest';
import { HandoffError } from '../../src/core/errors.ts';
import type { HttpResponse } from '../../src/core/http.ts';
import { parseJson } from '../../src/http/parse.ts';

function answer(body: string, parts: Partial<HttpResponse> = {}): HttpResponse {
  return { status: 200, headers: { 'content-type': 'application/json' }, body, ...parts };
}

function failureOf(response: HttpResponse): HandoffError {
  try {
    parseJson(response, 'the token answer');
  } catch (error) {
    if (error instanceof HandoffError) return error;
  }
  throw new Error('it was expected to fail with a HandoffError');
}

test.each([
  ['{"a":1}', { a: 1 }],
  ['[]', []],
  ['"text"', 'text'],
  ['null', null],
  ['\uFEFF{"a":1}', { a: 1 }],
  ['\r\n {"a":1} \n', { a: 1 }],
])('%j is JSON', (body, value) => {
  expect(parseJson(answer(body), 'the token answer')).toEqual(value);
});

test('JSON under another content type is accepted', () => {
  expect(parseJson(answer('{"a":1}', { headers: { 'content-type': 'text/html' } }), 'x')).toEqual({ a: 1 });
});

test('JSON without any content type is accepted', () => {
  expect(parseJson(answer('{}', { headers: {} }), 'x')).toEqual({});
});

test('JSON of an error status is parsed like any other', () => {
  expect(parseJson(answer('{"message":"no"}', { status: 400 }), 'x')).toEqual({ message: 'no' });
});

test('a web page is not the service and its title tells which page', () => {
  const page = '<!DOCTYPE html><html><head><title lang="en">\n Sign in &amp; wait \t</title></head></html>';
  const error = failureOf(answer(page, { headers: { 'content-type': 'text/html; charset=utf-8' } }));

  expect(error.code).toBe('NOT_THE_SERVICE');
  expect(error.message).toContain('a web page titled “Sign in & wait” (status 200)');
  expect(error.message).toContain('the token answer');
});

test.each(['<html><body>x</body></html>', '<!doctype HTML><p>x', '  <HEAD></HEAD>'])(
  '%s is a web page whatever its content type',
  (body) => {
    expect(failureOf(answer(body)).message).toContain('a web page');
  },
);

test('a page without a title is a web page all the same', () => {
  expect(failureOf(answer('<html></html>')).message).toContain('came a web page (');
});

test('a title is cut, and loses control and direction characters', () => {
  const title = `\u001b[31mred\u202e ${'x'.repeat(500)}`;
  const { message } = failureOf(answer(`<html><title>${title}</title>`));

  expect(message).not.toMatch(/[\u001b\u202e]/);
  expect(message.length).toBeLessThan(200);
});

test('the other content of a page stays out of the error', () => {
  const error = failureOf(answer('<html><title>Portal</title><body>session=topsecret</body></html>'));

  expect(`${error.message}${JSON.stringify(error.details)}${String(error.cause)}`).not.toContain('topsecret');
});

test.each([
  ['', 'an empty answer'],
  ['   ', 'an empty answer'],
  ['Jwt is expired', 'not JSON'],
  ['{"a":', 'not JSON'],
  ['{"token":"topsecret",}', 'not JSON'],
])('%j is told as %s', (body, words) => {
  const error = failureOf(answer(body));

  expect(error.code).toBe('NOT_THE_SERVICE');
  expect(error.message).toContain(words);
  expect(`${error.message}${String(error.cause)}`).not.toContain('topsecret');
});

test('a page of megabytes without an end is judged at once', () => {
  const body = `<html><title>${'<title '.repeat(300_000)}`;
  const begun = performance.now();

  failureOf(answer(body));

  expect(performance.now() - begun).toBeLessThan(1000);
});

test.each([301, 302, 303, 307, 308])('status %i is a redirect, and only the host of its target is named', (status) => {
  const location = 'https://login.example/start?token=topsecret';
  const error = failureOf(answer('', { status, headers: { location } }));

  expect(error.code).toBe('REDIRECTED');
  expect(error.message).toContain('login.example');
  expect(`${error.message}${JSON.stringify(error.details)}`).not.toContain('topsecret');
});

test.each(['/login', '', 'not a url'])('a redirect to “%s” stays on the host', (location) => {
  expect(failureOf(answer('', { status: 302, headers: { location } })).message).toContain('same host');
});
