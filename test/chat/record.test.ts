import { describe, expect, test } from 'vitest';
import { parseExpectation } from '../../src/chat/expectations.ts';
import { CAPABILITIES, type Capability, createRecord } from '../../src/chat/record.ts';
import { summarise } from '../../src/chat/summary.ts';
import type { AgentEvent, AgentEventBody } from '../../src/core/events.ts';
import { at, BOT, ended, JONAS, joined, left, MARIA, message, REJECTED, STARTED } from '../support/chat-events.ts';

function recordOf(events: readonly (AgentEvent | AgentEventBody)[], expected: readonly string[] = []) {
  const record = createRecord(expected.map(parseExpectation));
  for (const event of events) record.observe('at' in event ? event : at(0, event));
  return record;
}

const SENT: AgentEventBody = { type: 'sent', id: 's1', text: 'hi' };

describe('what is counted', () => {
  test('a chat that has not begun has nothing', () => {
    expect(recordOf([])).toMatchObject({
      conversationId: undefined,
      agentAt: undefined,
      sent: 0,
      received: 0,
      recent: [],
    });
  });

  test('the start gives conversation and time', () => {
    expect(recordOf([at(5, STARTED)])).toMatchObject({ conversationId: 'c1', startedAt: 5 });
  });

  test('the first place in the queue counts, later ones are progress', () => {
    expect(recordOf([at(5, { type: 'queued', position: 3 }), at(9, { type: 'queued', position: 2 })]).queuedAt).toBe(5);
  });

  test('the first agent counts', () => {
    expect(recordOf([at(5, joined(MARIA)), at(9, joined(JONAS))]).agentAt).toBe(5);
  });

  test('a bot is no agent', () => {
    expect(recordOf([at(5, joined(BOT)), at(9, joined(MARIA))]).agentAt).toBe(9);
  });

  test('messages of others are received, those of the visitor elsewhere are not', () => {
    const events = [
      message('a'),
      message('b', BOT),
      message('c', { role: 'system' }),
      message('d', { role: 'visitor' }),
    ];
    expect(recordOf(events).received).toBe(3);
  });

  test('the first answer is timed from the first message sent', () => {
    expect(recordOf([at(10, SENT), at(20, SENT), at(45, message('a')), at(60, message('b'))]).firstAnswerMs).toBe(35);
  });

  test('what an agent says unasked is no answer', () => {
    expect(recordOf([at(5, message('hello')), at(10, SENT)]).firstAnswerMs).toBeUndefined();
  });

  test('what a bot says is no answer of an agent', () => {
    expect(recordOf([at(10, SENT), at(20, message('a', BOT))]).firstAnswerMs).toBeUndefined();
  });

  test('reconnects count when they have succeeded', () => {
    const trying: AgentEventBody = { type: 'reconnecting', attempt: 1, delayMs: 0, reason: 'x' };
    expect(recordOf([trying, trying, { type: 'reconnected' }]).reconnects).toBe(1);
  });

  test('end and rejection are kept', () => {
    expect(recordOf([REJECTED, ended('system')])).toMatchObject({ rejected: REJECTED, ended: ended('system') });
  });

  test('the last event is the last', () => {
    expect(recordOf([STARTED, joined()]).recent.at(-1)).toMatchObject({ type: 'joined' });
  });
});

describe('expectations', () => {
  test('are met in any order', () => {
    expect(recordOf([message('hi'), joined()], ['joined', 'message']).unmet()).toEqual([]);
  });

  test('name what is missing', () => {
    expect(
      recordOf([joined()], ['joined', 'message', 'ended'])
        .unmet()
        .map(({ text }) => text),
    ).toEqual(['message', 'ended']);
  });

  test('one event may meet several', () => {
    expect(recordOf([message('hello')], ['message', 'message:hello', 'message:/^h/']).unmet()).toEqual([]);
  });

  test('stay met', () => {
    expect(recordOf([joined(), left()], ['joined']).unmet()).toEqual([]);
  });

  test('are listed in the order given', () => {
    expect(recordOf([message('hi')], ['joined', 'message']).expectations()).toEqual([
      { expect: 'joined', met: false },
      { expect: 'message', met: true },
    ]);
  });

  test('are met no more once the chat is decided', () => {
    const record = recordOf([], ['ended']);
    record.decide();
    record.observe(at(0, ended('visitor')));
    expect(record.expectations()).toEqual([{ expect: 'ended', met: false }]);
  });

  test('what comes after the decision is counted all the same', () => {
    const record = recordOf([], ['joined']);
    record.decide();
    record.observe(at(0, message('late')));
    expect(record.received).toBe(1);
  });
});

describe('capabilities', () => {
  const seenIn = (...events: readonly AgentEventBody[]) => {
    const record = recordOf(events);
    return CAPABILITIES.filter((capability) => record.seen(capability));
  };
  const requested: AgentEventBody = { type: 'transferred', state: 'requested' };
  const completed: AgentEventBody = { type: 'transferred', state: 'completed' };

  test.each<[Capability, AgentEventBody]>([
    ['agentName', joined(MARIA)],
    ['joinsAndExits', joined(BOT)],
    ['joinsAndExits', left(BOT)],
    ['transfer', completed],
    ['readReceipts', { type: 'receipt', messageId: 's1', state: 'read' }],
    ['inactivity', { type: 'session', state: 'inactive' }],
    ['standardResponses', { ...message('hi'), automated: true }],
  ])('%s shows in one event (%#)', (capability, event) => {
    expect(seenIn(event)).toContain(capability);
  });

  test.each<[Capability, AgentEventBody]>([
    ['agentName', joined({ id: 'u1', role: 'agent' })],
    ['agentName', joined(BOT)],
    ['transfer', requested],
    ['transfer', { type: 'transferred', state: 'failed' }],
    ['readReceipts', { type: 'receipt', messageId: 's1', state: 'delivered' }],
    ['inactivity', { type: 'session', state: 'active' }],
    ['standardResponses', message('hi')],
  ])('%s does not show in another (%#)', (capability, event) => {
    expect(seenIn(event)).not.toContain(capability);
  });

  test.each<[string, readonly AgentEventBody[]]>([
    ['a second agent beside the first', [joined(MARIA), joined(JONAS)]],
    ['a guest after a transfer told before', [requested, left(MARIA), joined(JONAS), completed, joined(MARIA)]],
    ['a guest after a transfer told with the name', [joined(JONAS), { ...completed, to: 'Jonas' }, joined(MARIA)]],
    [
      'a guest after a transfer that failed',
      [joined(MARIA), requested, { ...completed, state: 'failed' }, joined(JONAS)],
    ],
  ])('a conference is %s', (_what, events) => {
    expect(seenIn(...events)).toContain('conference');
  });

  test.each<[string, readonly AgentEventBody[]]>([
    ['one agent after the other', [joined(MARIA), left(MARIA), joined(JONAS)]],
    ['an agent beside a bot', [joined(BOT), joined(MARIA)]],
    ['the same agent again', [joined(MARIA), joined(MARIA)]],
    ['one who takes over, before the completion is told', [joined(MARIA), requested, joined(JONAS), completed]],
    ['one who takes over, after it was told', [joined(MARIA), requested, completed, joined(JONAS)]],
    ['one who takes over unannounced', [joined(MARIA), completed, joined(JONAS)]],
  ])('a conference is not %s', (_what, events) => {
    expect(seenIn(...events)).not.toContain('conference');
  });

  test.each<[string, readonly AgentEventBody[]]>([
    ['another agent comes', [joined(MARIA), left(MARIA), joined(JONAS)]],
    ['somebody writes', [joined(MARIA), left(MARIA), message('still here', JONAS)]],
  ])('the session outlives an agent when %s', (_what, events) => {
    expect(seenIn(...events)).toContain('sessionContinuity');
  });

  test.each<[string, readonly AgentEventBody[]]>([
    ['the chat ends', [joined(MARIA), left(MARIA), ended()]],
    ['it was a bot that left', [joined(BOT), left(BOT), joined(MARIA), message('hi')]],
  ])('the session has not outlived an agent when %s', (_what, events) => {
    expect(seenIn(...events)).not.toContain('sessionContinuity');
  });
});

describe('the summary', () => {
  test('tells all that was recorded', () => {
    const record = recordOf(
      [at(100, STARTED), at(2100, joined()), at(3000, SENT), at(4000, message('hi')), { type: 'reconnected' }],
      ['joined', 'ended'],
    );
    expect(summarise(record, { outcome: 'failed', reason: 'EXPECTATION_NOT_MET', closed: true })).toEqual({
      type: 'summary',
      outcome: 'failed',
      reason: 'EXPECTATION_NOT_MET',
      conversationId: 'c1',
      timeToAgentMs: 2000,
      messagesSent: 1,
      messagesReceived: 1,
      reconnects: 1,
      closed: true,
      expectations: [
        { expect: 'joined', met: true },
        { expect: 'ended', met: false },
      ],
      capabilities: {
        agentName: 'seen',
        joinsAndExits: 'seen',
        transfer: 'not-seen',
        conference: 'not-seen',
        readReceipts: 'not-seen',
        inactivity: 'not-seen',
        standardResponses: 'not-seen',
        sessionContinuity: 'not-seen',
      },
    });
  });

  test('leaves out what there was not', () => {
    const summary = summarise(recordOf([]), { outcome: 'passed', closed: true });
    expect(Object.keys(summary).filter((key) => ['reason', 'conversationId', 'timeToAgentMs'].includes(key))).toEqual(
      [],
    );
  });

  test('an agent at once took no time', () => {
    const record = recordOf([at(100, STARTED), at(100, joined())]);
    expect(summarise(record, { outcome: 'passed', closed: true }).timeToAgentMs).toBe(0);
  });
});
