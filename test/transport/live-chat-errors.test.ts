import { expect, test } from 'vitest';
import { HandoffError } from '../../src/core/errors.ts';
import { inLiveChatTerms, isTransient, liveChatFailure, statusOf } from '../../src/transport/live-chat-errors.ts';

const answer = (status: number) => ({ status, headers: {}, body: 'Session required but was invalid or not found' });

test.each([
  [301, 'handshake', 'REDIRECTED'],
  [400, 'handshake', 'REQUEST_REJECTED'],
  [401, 'handshake', 'ACCESS_DENIED'],
  [403, 'handshake', 'ACCESS_DENIED'],
  [403, 'chat', 'SESSION_LOST'],
  [404, 'handshake', 'NOT_FOUND'],
  [405, 'chat', 'REQUEST_REJECTED'],
  [409, 'chat', 'REQUEST_REJECTED'],
  [429, 'chat', 'RATE_LIMITED'],
  [500, 'chat', 'SERVICE_ERROR'],
  [503, 'handshake', 'SERVICE_ERROR'],
  [599, 'handshake', 'SERVICE_ERROR'],
] as const)('status %i in the %s means %s', (status, phase, code) => {
  expect(liveChatFailure(answer(status), 'System/Messages', phase).code).toBe(code);
});

test('a 503 before there is a chat points at ids of another org', () => {
  expect(liveChatFailure(answer(503), 'Visitor/Availability', 'handshake').hint).toMatch(/sandbox/);
});

test('a 503 in a chat does not blame the ids', () => {
  expect(liveChatFailure(answer(503), 'Chasitor/ChatMessage', 'chat').hint).not.toMatch(/sandbox/);
});

test('a limited rate has nothing to do with the URL', async () => {
  const limited = inLiveChatTerms(Promise.reject(liveChatFailure(answer(429), 'System/SessionId', 'handshake')));
  await expect(limited).rejects.toMatchObject({ hint: expect.stringContaining('wait'), step: 'live-chat.verify' });
});

test('a 404 points at the Live Agent URL', () => {
  expect(liveChatFailure(answer(404), 'System/SessionId', 'handshake')).toMatchObject({
    hint: expect.stringContaining('/chat'),
    step: 'live-chat.2',
  });
});

test('the message names the request and its status', () => {
  const { message } = liveChatFailure(answer(400), 'Chasitor/ChasitorInit', 'handshake');
  expect(message).toContain('Chasitor/ChasitorInit was answered with status 400');
});

test('the answer’s body stays out of the error, for it may repeat a key', () => {
  const error = liveChatFailure(answer(403), 'System/Messages', 'chat');
  expect(JSON.stringify([error.message, error.hint, error.details])).not.toContain('Session required');
});

test('the status can be read from the error', () => {
  expect(statusOf(liveChatFailure(answer(403), 'System/Messages', 'chat'))).toBe(403);
});

test.each([new Error('x'), 'text', new HandoffError('TIMED_OUT')])('%s has no status', (error) => {
  expect(statusOf(error)).toBeUndefined();
});

test.each(['CONNECTION_LOST', 'TIMED_OUT', 'CONNECTION_REFUSED', 'NAME_LOOKUP_FAILED'] as const)(
  '%s may pass',
  (code) => {
    expect(isTransient(new HandoffError(code))).toBe(true);
  },
);

test.each(['TLS_UNTRUSTED', 'ANSWER_TOO_LARGE', 'SERVICE_ERROR'] as const)('%s will not pass by itself', (code) => {
  expect(isTransient(new HandoffError(code))).toBe(false);
});

test('an error of the lower layers gets the guide step of Live Chat', async () => {
  const work = inLiveChatTerms(Promise.reject(new HandoffError('NAME_NOT_FOUND', { message: 'no such host' })));
  await expect(work).rejects.toMatchObject({ code: 'NAME_NOT_FOUND', message: 'no such host', step: 'live-chat.2' });
});

test('other errors pass untouched', async () => {
  const error = new Error('mine');
  await expect(inLiveChatTerms(Promise.reject(error))).rejects.toBe(error);
});
