import { describe, expect, test } from 'vitest';
import { noAgentError, rejectedError, unmetError } from '../../src/chat/explain.ts';
import { createRecord } from '../../src/chat/record.ts';
import type { Channel } from '../../src/core/events.ts';
import type { RoutingFacts } from '../../src/core/session.ts';
import { at, BOT, joined, left, message } from '../support/chat-events.ts';

const NOTHING: RoutingFacts = { routed: false, offered: 0, declined: 0, accepted: 0 };

describe('why nobody came', () => {
  test.each<[Partial<RoutingFacts>, string]>([
    [{}, 'Salesforce took the chat but never routed it'],
    [
      { routed: true },
      'Salesforce routed the chat to a queue and offered it to nobody, so no agent is online there with free capacity',
    ],
    [{ routed: true, offered: 1 }, 'the chat was offered to an agent, who did not accept it'],
    [{ routed: true, offered: 1, declined: 1 }, 'the chat was offered once and declined once'],
    [{ routed: true, offered: 3, declined: 2 }, 'the chat was offered 3 times and declined 2 times'],
    [{ routed: true, failure: 'SubmissionError' }, 'Salesforce could not route the chat (SubmissionError)'],
  ])('%o: %s', (facts, why) => {
    const error = noAgentError('miaw', 90_000, createRecord([]), { ...NOTHING, ...facts });
    expect(error.message).toBe(`No agent joined within 1 min 30 s: ${why}`);
  });

  test('a bot that took the chat is named, also when it has left', () => {
    const record = createRecord([]);
    record.observe(at(0, joined(BOT)));
    record.observe(at(0, left(BOT)));
    expect(noAgentError('miaw', 1000, record, NOTHING).message).toMatch(/a bot took the chat and no person followed$/);
  });

  test.each<[Channel, string]>([
    ['live-chat', 'live-chat.verify'],
    ['miaw', 'miaw.1'],
  ])('on %s the guide is opened at %s', (channel, step) => {
    expect(noAgentError(channel, 1000, createRecord([]), NOTHING).step).toBe(step);
  });
});

describe('a rejection', () => {
  const rejected = (code: string) => ({ at: 0, type: 'rejected', reason: 'Unavailable', code }) as const;

  test('keeps a cause that is known', () => {
    expect(rejectedError(rejected('OUTSIDE_BUSINESS_HOURS'), 'miaw')).toMatchObject({
      code: 'OUTSIDE_BUSINESS_HOURS',
      message: 'No agent will take this chat: Unavailable',
    });
  });

  test.each(['', 'NEW_REASON', 'toString', '__proto__'])(
    'with the unknown cause “%s” means that nobody is there',
    (code) => {
      expect(rejectedError(rejected(code), 'miaw').code).toBe('NO_AGENT_AVAILABLE');
    },
  );

  test.each<[Channel, string]>([
    ['live-chat', 'live-chat.verify'],
    ['miaw', 'miaw.1'],
  ])('because nobody is there points on %s to %s', (channel, step) => {
    expect(rejectedError(rejected('NO_AGENT_AVAILABLE'), channel).step).toBe(step);
  });

  test('for another cause points where that cause is mended', () => {
    expect(rejectedError(rejected('VISITOR_BLOCKED'), 'miaw').hint).toContain('IP Blocking');
  });
});

describe('what came last', () => {
  test.each([
    [joined(), 'Maria joined'],
    [joined({ role: 'agent' }), 'agent joined'],
    [message('hi', BOT), 'a message from Acme Bot: “hi”'],
    [{ type: 'queued' } as const, 'the queue'],
  ])('%o reads “%s”', (event, text) => {
    const record = createRecord([]);
    record.observe(at(0, event));
    expect(unmetError(1000, record, 1).message).toMatch(new RegExp(`what came last: ${text}$`));
  });

  test('nothing is not mentioned', () => {
    expect(unmetError(1000, createRecord([]), 1).message).toBe(
      'Still waiting after 1.0 s for one message to be accepted; nothing came instead',
    );
  });
});
