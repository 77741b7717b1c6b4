import { describe, expect, test } from 'vitest';
import { parseExpectation } from '../../src/chat/expectations.ts';
import type { AgentEventBody } from '../../src/core/events.ts';
import { at, BOT, ended, joined, MARIA, message, REJECTED } from '../support/chat-events.ts';

const fits = (text: string, body: AgentEventBody) => parseExpectation(text).fits(at(0, body));

const VISITOR = { name: 'Me', role: 'visitor' } as const;

describe('what fits', () => {
  test.each<[string, AgentEventBody]>([
    ['joined', joined()],
    ['joined:bot', joined(BOT)],
    ['message', message('hi')],
    ['message', message('hi', BOT)],
    ['message', message('hi', { role: 'system' })],
    ['transferred', { type: 'transferred', state: 'completed' }],
    ['receipt:read', { type: 'receipt', messageId: 's1', state: 'read' }],
    ['receipt:delivered', { type: 'receipt', messageId: 's1', state: 'delivered' }],
    ['typing', { type: 'typing', participant: MARIA, active: true }],
    ['queued', { type: 'queued' }],
    ['rejected', REJECTED],
    ['ended', ended('system')],
    ['ended:agent', ended('agent')],
    ['session:inactive', { type: 'session', state: 'inactive' }],
  ])('%s fits its event (%#)', (text, event) => {
    expect(fits(text, event)).toBe(true);
  });

  test.each<[string, AgentEventBody]>([
    ['joined', joined(BOT)],
    ['joined', joined({ role: 'supervisor' })],
    ['joined:bot', joined()],
    ['joined', { type: 'left', participant: MARIA }],
    ['message', message('hi', VISITOR)],
    ['message:hi', message('hi', VISITOR)],
    ['message:/hi/', message('hi', VISITOR)],
    ['message', { type: 'sent', id: 's1', text: 'hi' }],
    ['transferred', { type: 'transferred', state: 'requested' }],
    ['transferred', { type: 'transferred', state: 'failed' }],
    ['receipt:read', { type: 'receipt', messageId: 's1', state: 'delivered' }],
    ['typing', { type: 'typing', participant: MARIA, active: false }],
    ['ended:agent', ended('system')],
    ['session:inactive', { type: 'session', state: 'active' }],
  ])('%s does not fit another (%#)', (text, event) => {
    expect(fits(text, event)).toBe(false);
  });
});

describe('what a message says', () => {
  test.each([
    ['message:order', 'your order 17', true],
    ['message:order', 'your Order 17', false],
    ['message:a.b', 'a.b', true],
    ['message:a.b', 'axb', false],
    ['message:/order \\d+/', 'your order 17', true],
    ['message:/^order/', 'your order 17', false],
    ['message:/ORDER/i', 'your order 17', true],
    ['message:/a\\/b/', 'a/b', true],
    ['message:/a.b/s', 'a\nb', true],
    ['message:/usr/bin', 'in /usr/bin', true],
    ['message:/', 'either/or', true],
    ['message:joined', 'she joined', true],
  ])('%s and “%s”: %s', (text, said, expected) => {
    expect(fits(text, message(said))).toBe(expected);
  });

  test.each(['message:/hi/g', 'message:/hi/y', 'message:/hi/gi'])('%s fits as often as it is asked', (text) => {
    const expectation = parseExpectation(text);
    const event = at(0, message('hi'));
    expect([1, 2, 3].map(() => expectation.fits(event))).toEqual([true, true, true]);
  });
});

describe('what is nothing that can be expected', () => {
  test.each(['', 'join', 'Joined', 'message:', 'typing:active', 'constructor', '__proto__', 'ended:'])(
    '“%s”',
    (text) => {
      expect(() => parseExpectation(text)).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT', exitCode: 2 }));
    },
  );

  test('a slip is told what was meant', () => {
    expect(() => parseExpectation('recept:read')).toThrow(
      expect.objectContaining({ hint: 'did you mean receipt:read?' }),
    );
  });

  test('for anything else all that can be expected is listed', () => {
    expect(() => parseExpectation('a miracle')).toThrow(
      expect.objectContaining({ hint: expect.stringMatching(/joined, joined:bot, .*message:text, message:\/regex\//) }),
    );
  });

  test.each(['message:/(/', 'message:/[z-a]/', 'message:/a/uv', 'message:/a/ii'])(
    '%s is no regular expression',
    (text) => {
      expect(() => parseExpectation(text)).toThrow(
        expect.objectContaining({ code: 'INVALID_ARGUMENT', message: expect.stringContaining('regular expression') }),
      );
    },
  );
});

test('an expectation is called what it was given as', () => {
  expect(parseExpectation('message:/hi/i').text).toBe('message:/hi/i');
});
