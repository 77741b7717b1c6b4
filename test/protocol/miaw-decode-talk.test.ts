import { describe, expect, it } from 'vitest';
import {
  createMiawState,
  withOwnMessage,
  withRefusedMessage,
  withTakenMessage,
} from '../../src/transport/miaw-state.ts';
import { AGENT, BOT, type EntryParts, SYSTEM, textPayload, VISITOR } from '../support/miaw-frames.ts';
import { type Step, tell } from '../support/miaw-tell.ts';

const token = (sequenceNumber: number, text: string, target = 'final'): Step => [
  'CONVERSATION_STREAMING_TOKEN',
  { streamingToken: { sequenceNumber, targetMessageIdentifier: target, token: { formatType: 'Text', text } } },
  { sender: BOT, name: 'Assistant' },
];
const ack = (kind: string, messageId: string, parts: EntryParts = {}): Step => [
  `CONVERSATION_${kind}_ACKNOWLEDGEMENT`,
  { recipient: AGENT },
  { relatedRecords: [messageId], ...parts },
];

const PRIYA = { id: AGENT.subject, name: 'Priya N.', role: 'agent' };

describe('messages over MIAW', () => {
  it.each([
    ['Agent', 'agent'],
    ['Chatbot', 'bot'],
    ['System', 'system'],
    ['Router', 'system'],
    ['Supervisor', 'supervisor'],
    ['EndUser', 'visitor'],
  ])('come from %s as %s', (role, expected) => {
    const { events } = tell([['CONVERSATION_MESSAGE', textPayload('x'), { sender: { role, subject: 's' } }]]);
    expect(events).toMatchObject([{ from: { role: expected } }]);
  });

  it('come from the application’s kind where the role is new', () => {
    const sender = { role: 'Concierge', appType: 'agent' };
    expect(tell([['CONVERSATION_MESSAGE', textPayload('x'), { sender }]]).events).toMatchObject([
      { from: { role: 'agent' } },
    ]);
  });

  it.each([
    ['AutomatedResponse', true],
    ['Consent', true],
    [null, undefined],
  ])('with the reason %s are automated: %s', (reason, automated) => {
    const [event] = tell([['CONVERSATION_MESSAGE', textPayload('x', reason)]]).events;
    expect(event?.type === 'message' && event.automated).toBe(automated);
  });

  it('of ours that a refusal kept out are still ours when their echo comes late', () => {
    const sent = withRefusedMessage(withOwnMessage(createMiawState(), 'm', 'x'), 'm');
    expect(tell([['CONVERSATION_MESSAGE', textPayload('x'), { id: 'm', sender: VISITOR }]], sent).events).toEqual([]);
  });

  const link = (url: string) => ({
    abstractMessage: { staticContent: { formatType: 'RichLink', linkItem: { titleItem: { title: 'T' }, url } } },
  });

  it('that the service cut out of ours are ours', () => {
    const sent = withOwnMessage(createMiawState(VISITOR.subject), 'm', 'see https://a.example/x');
    const step: Step = ['CONVERSATION_MESSAGE', link('https://a.example/x'), { sender: VISITOR }];
    expect(tell([step], sent).events).toEqual([]);
  });

  it('with a link that we did not send are somebody’s', () => {
    const sent = withOwnMessage(createMiawState(VISITOR.subject), 'm', 'see https://a.example/x');
    const step: Step = ['CONVERSATION_MESSAGE', link('https://b.example'), { sender: VISITOR }];
    expect(tell([step], sent).events).toMatchObject([{ type: 'message', format: 'rich-link' }]);
  });
});

describe('receipts over MIAW', () => {
  const underway = ['a', 'b', 'c'].reduce((state, id) => withOwnMessage(state, id, id), createMiawState());
  const sent = ['a', 'b', 'c'].reduce(withTakenMessage, underway);

  it('are read for all messages before, once', () => {
    const { events } = tell([ack('READ', 'b'), ack('READ', 'c')], sent);
    expect(events).toMatchObject([
      { messageId: 'a', state: 'read' },
      { messageId: 'b', state: 'read' },
      { messageId: 'c', state: 'read' },
    ]);
  });

  it('are not read again where the service names an earlier one afterwards', () => {
    expect(tell([ack('READ', 'b'), ack('READ', 'a')], sent).events).toHaveLength(2);
  });

  it('are read for a message that counted as refused, once somebody has read it', () => {
    expect(tell([ack('READ', 'a')], withRefusedMessage(underway, 'a')).events).toMatchObject([{ messageId: 'a' }]);
  });

  it('say nothing about a message before that may not have arrived', () => {
    const { events } = tell([ack('READ', 'b')], withTakenMessage(underway, 'b'));
    expect(events).toMatchObject([{ messageId: 'b' }]);
  });

  it.each([
    ['its echo', ['CONVERSATION_MESSAGE', textPayload('a'), { id: 'a', sender: VISITOR }]],
    ['its delivery', ack('DELIVERY', 'a')],
  ] as const)('are read for a message before once %s has shown that it arrived', (_, arrival) => {
    const { events } = tell([arrival, ack('READ', 'b')], underway);
    expect(events.slice(-2)).toMatchObject([
      { messageId: 'a', state: 'read' },
      { messageId: 'b', state: 'read' },
    ]);
  });

  it('are delivered for one message only', () => {
    expect(tell([ack('DELIVERY', 'b')], sent).events).toMatchObject([{ messageId: 'b', state: 'delivered' }]);
  });

  it('leave out a message that never arrived', () => {
    const { events } = tell([ack('READ', 'b')], withRefusedMessage(sent, 'a'));
    expect(events).toMatchObject([{ messageId: 'b' }]);
  });

  it('take the id from the payload where the records name none', () => {
    const payload = { acknowledgedConversationEntryIdentifier: 'c', recipient: AGENT };
    const { events } = tell([['CONVERSATION_DELIVERY_ACKNOWLEDGEMENT', payload]], sent);
    expect(events).toMatchObject([{ messageId: 'c' }]);
  });

  it('name who received, and its name where the sender is the same', () => {
    expect(tell([ack('DELIVERY', 'a')], sent).events).toMatchObject([{ by: PRIYA }]);
  });

  it('name the recipient without a name where another one sent the entry', () => {
    const { events } = tell([ack('DELIVERY', 'a', { sender: SYSTEM, name: 'Automated Process' })], sent);
    expect(events).toEqual([
      { type: 'receipt', messageId: 'a', state: 'delivered', by: { id: AGENT.subject, role: 'agent' } },
    ]);
  });

  it('of ours for others come back as nothing new', () => {
    const step: Step = ['CONVERSATION_READ_ACKNOWLEDGEMENT', { recipient: VISITOR }, { relatedRecords: ['theirs'] }];
    expect(tell([step], sent).events).toMatchObject([{ type: 'unknown' }]);
  });
});

describe('writing over MIAW', () => {
  const final: Step = [
    'CONVERSATION_MESSAGE',
    textPayload('Hello world'),
    { id: 'final', sender: BOT, name: 'Assistant' },
  ];

  it('streams words in their order, whatever the order of coming', () => {
    const { events } = tell([token(2, 'world'), token(1, 'Hello ')]);
    expect(events).toMatchObject([{ text: 'world' }, { text: 'Hello world' }]);
  });

  it('takes a word that comes twice once', () => {
    expect(tell([token(1, 'Hello '), token(1, 'Hello ')]).events.at(-1)).toMatchObject({ text: 'Hello ' });
  });

  it('keeps the words of two messages apart', () => {
    expect(tell([token(1, 'one', 'x'), token(1, 'two', 'y')]).events).toMatchObject([{ text: 'one' }, { text: 'two' }]);
  });

  it('throws the words away that a content check refuses', () => {
    const refused: Step = [
      'CONVERSATION_STREAMING_TOKEN',
      { streamingToken: { tokenType: 'StreamingTokenValidation', targetMessageIdentifier: 'final' } },
      { sender: BOT, name: 'Assistant' },
    ];
    const { events } = tell([token(1, 'bad'), refused, token(1, 'good')]);
    expect(events).toMatchObject([{ text: 'bad' }, { text: '' }, { text: 'good' }]);
  });

  it('ends with the final message', () => {
    const { events, state } = tell([token(1, 'Hello '), final]);
    expect(events.slice(1)).toMatchObject([
      { type: 'typing', active: false },
      { type: 'message', text: 'Hello world' },
    ]);
    expect([state.streamed.size, state.writing.size]).toEqual([0, 0]);
  });

  it('ends a progress note with the final message too', () => {
    const note: Step = [
      'CONVERSATION_PROGRESS_INDICATOR',
      { progressIndicator: { progressMessage: { text: 'Thinking' } } },
      { sender: BOT, name: 'Assistant' },
    ];
    expect(tell([note, final]).events.map((event) => event.type)).toEqual(['typing', 'typing', 'message']);
  });

  it('does not end what nobody was writing', () => {
    expect(tell([final]).events.map((event) => event.type)).toEqual(['message']);
  });

  it('keeps our own typing out', () => {
    const { events } = tell([['CONVERSATION_TYPING_STARTED_INDICATOR', {}, { sender: VISITOR }]]);
    expect(events).toMatchObject([{ type: 'unknown' }]);
  });

  it('remembers the words of a limited number of messages', () => {
    const steps = Array.from({ length: 100 }, (_, index) => token(1, 'x', `target-${index}`));
    expect(tell(steps).state.streamed.size).toBeLessThanOrEqual(20);
  });
});
