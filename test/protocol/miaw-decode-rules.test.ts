import { describe, expect, it } from 'vitest';
import type { AgentEventBody } from '../../src/core/events.ts';
import { decodeMiaw } from '../../src/transport/miaw-decode.ts';
import { readFrame } from '../../src/transport/miaw-entry.ts';
import {
  createMiawState,
  type EndSign,
  type MiawState,
  withOwnMessage,
  withRefusedMessage,
} from '../../src/transport/miaw-state.ts';
import {
  AGENT,
  BOT,
  changePayload,
  type EntryParts,
  frame,
  SECOND_AGENT,
  SYSTEM,
  textPayload,
  VISITOR,
} from '../support/miaw-frames.ts';

interface Told {
  readonly events: AgentEventBody[];
  readonly signs: EndSign[];
  readonly state: MiawState;
}

type Step = readonly [event: string, payload: unknown, parts?: EntryParts];

/** What a course of entries tells, one after the other. */
function tell(steps: readonly Step[], start = createMiawState(VISITOR.subject)): Told {
  let state = start;
  const events: AgentEventBody[] = [];
  const signs: EndSign[] = [];
  for (const [event, payload, parts] of steps) {
    const entry = readFrame(frame(event, payload, parts));
    if (!entry) throw new Error('the frame holds no entry');
    const decoded = decodeMiaw(state, entry);
    state = decoded.state;
    events.push(...decoded.events);
    if (decoded.end) signs.push(decoded.end);
  }
  return { events, signs, state };
}

const routed = (routingType: string, failureType: string, more: Record<string, unknown> = {}): Step => [
  'CONVERSATION_ROUTING_RESULT',
  { routingType, failureType, ...more },
  { sender: SYSTEM },
];
const work = (workType: string): Step => ['CONVERSATION_ROUTING_WORK_RESULT', { workType }, { sender: SYSTEM }];
const change = (operation: string, participant: unknown, name: string | null): Step => [
  'CONVERSATION_PARTICIPANT_CHANGED',
  changePayload(operation, participant, name),
  { sender: SYSTEM },
];
const session = (sessionStatus: string, more: Record<string, unknown> = {}): Step => [
  'CONVERSATION_SESSION_STATUS_CHANGED',
  { sessionStatus, ...more },
];
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
const RAVI = { id: SECOND_AGENT.subject, name: 'Ravi K.', role: 'agent' };

describe('routing over MIAW', () => {
  it('queues without a waiting time where none is known', () => {
    const wait = { estimatedWaitTime: { estimatedWaitTimeInSeconds: null } };
    expect(tell([routed('Initial', 'None', wait)]).events).toEqual([{ type: 'queued' }]);
  });

  it.each([
    [{ failureReason: 'Come back tomorrow', errorMessages: ['x'] }, 'Come back tomorrow'],
    [{ failureReason: null, errorMessages: ['one', 'two'] }, 'one; two'],
    [{ failureReason: ' ', errorMessages: [], cancelReason: 'Unavailable' }, 'Unavailable'],
    [{}, 'SubmissionError'],
  ])('rejects %j for the reason %s', (more, reason) => {
    expect(tell([routed('Initial', 'SubmissionError', more)]).events).toEqual([
      { type: 'rejected', reason, code: 'NO_AGENT_AVAILABLE' },
    ]);
  });

  it('does not call it a rejection when the visitor has left the queue', () => {
    const { events } = tell([routed('Initial', 'Cancelled', { cancelReason: 'EndUserEnded' })]);
    expect(events).toMatchObject([{ type: 'unknown' }]);
  });

  it('keeps the results of conferences and of types to come', () => {
    const { events } = tell([routed('Conference', 'None'), routed('Teleport', 'None')]);
    expect(events).toMatchObject([
      { type: 'unknown', wireType: 'CONVERSATION_ROUTING_RESULT' },
      { type: 'unknown', wireType: 'CONVERSATION_ROUTING_RESULT' },
    ]);
  });

  it('counts what became of the agents’ work', () => {
    const { state } = tell([work('Assigned'), work('Declined'), work('Assigned'), work('Accepted'), work('Closed')]);
    expect(state.routing).toEqual({ routed: false, offered: 2, declined: 1, accepted: 1 });
  });
});

describe('a transfer over MIAW', () => {
  it('is completed by the next agent who joins', () => {
    const { events } = tell([
      change('add', AGENT, 'Priya N.'),
      routed('Transfer', 'None'),
      change('remove', AGENT, 'Priya N.'),
      change('add', SECOND_AGENT, 'Ravi K.'),
    ]);
    expect(events).toEqual([
      { type: 'joined', participant: PRIYA },
      { type: 'transferred', state: 'requested' },
      { type: 'left', participant: PRIYA },
      { type: 'joined', participant: RAVI },
      { type: 'transferred', state: 'completed', to: 'Ravi K.' },
    ]);
  });

  it('is not completed by a bot', () => {
    const { events } = tell([routed('Transfer', 'None'), change('add', BOT, 'Assistant')]);
    expect(events.map((event) => event.type)).toEqual(['transferred', 'joined']);
  });

  it('fails as the routing says', () => {
    const { events } = tell([routed('Transfer', 'None'), routed('Transfer', 'RoutingError')]);
    expect(events).toEqual([
      { type: 'transferred', state: 'requested' },
      { type: 'transferred', state: 'failed' },
    ]);
  });

  it.each([
    ['Transferred', 'completed'],
    ['TransferError', 'failed'],
  ])('that is pending is decided by the work result %s: %s', (workType, state) => {
    const { events } = tell([routed('Transfer', 'None'), work(workType)]);
    expect(events.filter((event) => event.type === 'transferred').at(-1)).toEqual({ type: 'transferred', state });
  });

  it('that the work result has completed is not completed again by who joins', () => {
    const { events } = tell([routed('Transfer', 'None'), work('Transferred'), change('add', SECOND_AGENT, 'Ravi K.')]);
    expect(events.filter((event) => event.type === 'transferred')).toHaveLength(2);
  });

  it('is not decided by a work result where none is pending', () => {
    const { events } = tell([work('Transferred'), work('TransferError')]);
    expect(events.map((event) => event.type)).toEqual(['unknown', 'unknown']);
  });
});

describe('participants over MIAW', () => {
  it('tells all changes of one entry', () => {
    const entries = [
      { operation: 'remove', participant: BOT, displayName: 'Assistant' },
      { operation: 'add', participant: AGENT, displayName: 'Priya N.' },
    ];
    const { events } = tell([['CONVERSATION_PARTICIPANT_CHANGED', { entries }]]);
    expect(events.map((event) => event.type)).toEqual(['left', 'joined']);
  });

  it('gives the name again to who leaves without one', () => {
    const { events } = tell([change('add', AGENT, 'Priya N.'), change('remove', AGENT, null)]);
    expect(events.at(-1)).toEqual({ type: 'left', participant: PRIYA });
  });

  it('tells once that somebody is there', () => {
    const { events } = tell([change('add', AGENT, 'Priya N.'), change('add', AGENT, 'Priya N.')]);
    expect(events.map((event) => event.type)).toEqual(['joined', 'unknown']);
  });

  it('keeps an update whole', () => {
    expect(tell([change('update', AGENT, 'Priya N.')]).events).toMatchObject([{ type: 'unknown' }]);
  });

  it('does not take ourselves for somebody who joined', () => {
    expect(tell([change('add', VISITOR, 'Guest')]).events).toMatchObject([{ type: 'unknown' }]);
  });

  it('sees no sign of the end while another agent is there', () => {
    const { signs } = tell([
      change('add', AGENT, 'Priya N.'),
      change('add', SECOND_AGENT, 'Ravi K.'),
      change('remove', AGENT, 'Priya N.'),
    ]);
    expect(signs).toEqual([]);
  });

  it('sees no sign of the end in a bot that leaves', () => {
    const { signs } = tell([change('add', BOT, 'Assistant'), change('remove', BOT, 'Assistant')]);
    expect(signs).toEqual([]);
  });

  it('sees one in an agent who leaves and whose coming was missed', () => {
    expect(tell([change('remove', AGENT, 'Priya N.')]).signs).toEqual([{ cause: 'last-agent-left', by: 'agent' }]);
  });
});

describe('the session over MIAW', () => {
  it.each([
    ['New', 'waiting'],
    ['Waiting', 'waiting'],
    ['Consent', 'waiting'],
    ['Active', 'active'],
    ['Inactive', 'inactive'],
    ['Paused', 'inactive'],
  ])('%s is %s', (wire, state) => {
    expect(tell([session(wire)]).events).toEqual([{ type: 'session', state }]);
  });

  it('tells a state once', () => {
    const { events } = tell([session('New'), session('Waiting'), session('Active'), session('Active')]);
    expect(events).toEqual([
      { type: 'session', state: 'waiting' },
      { type: 'session', state: 'active' },
    ]);
  });

  it('that ends out of inactivity says so, also where only our own memory knows', () => {
    const { signs } = tell([session('Inactive'), session('Ended')]);
    expect(signs).toEqual([{ cause: 'session-ended', by: 'system', reason: 'inactivity' }]);
  });

  it('that fails has ended', () => {
    expect(tell([session('Error')]).signs).toEqual([{ cause: 'session-ended', by: 'system', reason: 'error' }]);
  });

  it('of a status to come is kept whole', () => {
    expect(tell([session('Dreaming')]).events).toMatchObject([{ type: 'unknown' }]);
  });
});

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
  const sent = ['a', 'b', 'c'].reduce((state, id) => withOwnMessage(state, id, id), createMiawState());

  it('are read for all messages before, once', () => {
    const { events } = tell([ack('READ', 'b'), ack('READ', 'c')], sent);
    expect(events).toMatchObject([
      { messageId: 'a', state: 'read' },
      { messageId: 'b', state: 'read' },
      { messageId: 'c', state: 'read' },
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
  const final: Step = ['CONVERSATION_MESSAGE', textPayload('Hello world'), { id: 'final', sender: BOT, name: 'Assistant' }];

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
    expect(events.slice(1)).toMatchObject([{ type: 'typing', active: false }, { type: 'message', text: 'Hello world' }]);
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
