import { describe, expect, it } from 'vitest';
import { AGENT, BOT, changePayload, SECOND_AGENT, SYSTEM, VISITOR } from '../support/miaw-frames.ts';
import { type Step, tell } from '../support/miaw-tell.ts';

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
