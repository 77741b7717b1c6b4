import { describe, expect, it } from 'vitest';
import { excerptOf, safePath } from '../../src/doctor/excerpt.ts';

const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ2MiJ9.c2lnbmF0dXJl';

describe('of an answer', () => {
  it('texts are left out but for their length', () => {
    expect(excerptOf(JSON.stringify({ accessToken: JWT, n: 3, on: true }))).toBe(
      `{"accessToken":"[${JWT.length} characters]","n":3,"on":true}`,
    );
  });

  it('the words of an error are kept', () => {
    expect(excerptOf('{"message":"Embedded Messaging Config is not Published","code":412}')).toBe(
      '{"message":"Embedded Messaging Config is not Published","code":412}',
    );
  });

  it('a token among the words of an error is not', () => {
    expect(excerptOf(JSON.stringify({ message: `no ${JWT}` }))).toBe('{"message":"no eyJh…"}');
  });

  it('what a person wrote is left out', () => {
    const body = { messages: [{ type: 'ChatMessage', message: { text: 'my card is 4111', name: 'Eva' } }] };
    expect(excerptOf(JSON.stringify(body))).toBe(
      '{"messages":[{"type":"ChatMessage","message":{"text":"[15 characters]","name":"[3 characters]"}}]}',
    );
  });

  it('a page is named by its title', () => {
    expect(excerptOf('<html><title>Hotel sign-on</title><input value="secret-of-the-page"></html>')).toBe(
      'page “Hotel sign-on”',
    );
  });

  it('no more is kept than fits', () => {
    expect(excerptOf(JSON.stringify(Array.from({ length: 5 }, () => ({ error: 'a b '.repeat(50) })))).length).toBe(601);
  });

  it('absurd depth is cut', () => {
    expect(excerptOf(`${'['.repeat(50)}${']'.repeat(50)}`)).toContain('…');
  });
});

describe('of an address', () => {
  it.each([
    [
      'https://a.example/chat/rest/Visitor/Settings?org_id=00D8Z000001kQ7P',
      '/chat/rest/Visitor/Settings?org_id=00D8Z000001kQ7P',
    ],
    ['https://a.example/conversation/7c1f0e52-1111-4222-8333-444455556666/message', '/conversation/7c1f…/message'],
    ['https://a.example/x?fileToken=abcdefghij0123456789', '/x?fileToken=abcd…'],
    ['not an address', ''],
  ])('%s is kept as %s', (url, path) => {
    expect(safePath(url)).toBe(path);
  });
});
