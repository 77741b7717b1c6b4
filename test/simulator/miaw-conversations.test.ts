import { expect, test } from 'vitest';
import { startSimulator } from '../../src/simulator/start-simulator.ts';
import { manualClock } from '../support/manual-clock.ts';
import { API, call, payloadOf, type RawVisitor, visit } from './raw-visitor.ts';
import { differences, fixture } from './shape.ts';

const CONVERSATION = `${API}/conversation`;

function create(visitor: RawVisitor, more: Record<string, unknown>) {
  const body = { conversationId: crypto.randomUUID(), esDeveloperName: 'Acme_Bot', ...more };
  return visitor.request('POST', CONVERSATION, body);
}

async function created(faults: readonly string[], more: Record<string, unknown> = {}) {
  await using simulator = await startSimulator({ faults, scenario: 'never-routed' });
  const { status, text } = await create(await visit(simulator), more);
  return { status, text };
}

test('a conversation is created with 201 and no body', async () => {
  expect(await created([])).toEqual({ status: 201, text: '' });
});

test('the other answer to a creation is 200 with the id', async () => {
  const conversationId = crypto.randomUUID();
  const expected = { status: 200, text: JSON.stringify({ conversationId }) };
  expect(await created(['create-json'], { conversationId })).toEqual(expected);
});

test('the request of the wire reference is accepted', async () => {
  const { routingAttributes, language } = fixture('create-request.json');
  expect((await created([], { routingAttributes, language })).status).toBe(201);
});

test.each([
  ['an upper-case id', [], { conversationId: crypto.randomUUID().toUpperCase() }, 400],
  ['an id of another version', [], { conversationId: 'b8a0d7e2-41c5-1f6f-8a39-0c6be1f2d9a4' }, 400],
  ['a missing id', [], { conversationId: undefined }, 400],
  ['a missing developer name', [], { esDeveloperName: undefined }, 400],
  ['another developer name', [], { esDeveloperName: 'Other' }, 400],
  ['a language that is no string', [], { language: 7 }, 400],
  ['a start outside business hours', ['closed-hours'], {}, 412],
  ['an inactive channel', ['channel-inactive'], {}, 428],
  ['a pre-chat value that is no string', [], { routingAttributes: { City: 7 } }, 400],
  ['a pre-chat value over its length', [], { routingAttributes: { Pincode: '1'.repeat(21) } }, 400],
  ['pre-chat values that are no object', [], { routingAttributes: ['City'] }, 400],
  ['an unknown pre-chat name where names are strict', ['reject-attributes'], { routingAttributes: { city: 'x' } }, 400],
])('%s is refused', async (_case, faults, more, status) => {
  expect((await created(faults, more)).status).toBe(status);
});

test.each([
  ['no pre-chat values', { routingAttributes: null }],
  ['an unknown pre-chat name', { routingAttributes: { Nonsense: 'x' } }],
  ['known pre-chat names', { routingAttributes: { City: 'Lyon', _email: 'dana@example.com' } }],
])('%s are accepted', async (_case, more) => {
  expect((await created([], more)).status).toBe(201);
});

test('creating twice is harmless', async () => {
  await using simulator = await startSimulator();
  const visitor = await visit(simulator);
  const conversationId = await visitor.create();
  expect([(await create(visitor, { conversationId })).status, simulator.openChats()]).toEqual([201, [conversationId]]);
});

test('a creation without a token is answered 401', async () => {
  await using simulator = await startSimulator();
  expect((await call(simulator, 'POST', CONVERSATION, {})).status).toBe(401);
});

test('a creation with a body that is no JSON is answered 400', async () => {
  await using simulator = await startSimulator();
  expect((await (await visit(simulator)).request('POST', CONVERSATION, 'text')).status).toBe(400);
});

test.each(['GET', 'POST'])('the conversation of somebody else is refused to a %s', async (method) => {
  await using simulator = await startSimulator();
  const conversationId = await (await visit(simulator)).create();
  const stranger = await visit(simulator);
  const answer =
    method === 'GET'
      ? await stranger.request('GET', `${CONVERSATION}/${conversationId}`)
      : await create(stranger, { conversationId });
  expect(answer.status).toBe(403);
});

test('an unknown conversation is not found', async () => {
  await using simulator = await startSimulator();
  const visitor = await visit(simulator);
  expect((await visitor.request('GET', `${CONVERSATION}/${crypto.randomUUID()}`)).status).toBe(404);
});

test('something below a conversation that does not exist is not found', async () => {
  await using simulator = await startSimulator();
  const visitor = await visit(simulator);
  const id = await visitor.create();
  expect((await visitor.request('POST', `${CONVERSATION}/${id}/messages`, {})).json()).toMatchObject({
    message: 'Not Found',
  });
});

test('a conversation that nobody has taken is in its initial state', async () => {
  await using simulator = await startSimulator({ scenario: 'never-routed' });
  const visitor = await visit(simulator);
  const conversationId = await visitor.create();
  const answer = await visitor.request('GET', `${CONVERSATION}/${conversationId}`);
  expect(answer.json()).toEqual({ conversationId, routingStatus: 'INITIAL' });
});

test.each([
  ['visitor-ends', 'CONVERSATION_PARTICIPANT_CHANGED', 'ROUTED'],
  ['ghost-agent', 'remove', 'TRANSFER'],
  ['agent-ends', 'Ended', 'NEEDS_ROUTING'],
])('the routing status in the course of %s follows the events', async (scenario, mark, routingStatus) => {
  await using simulator = await startSimulator({ scenario, pace: 0 });
  const visitor = await visit(simulator);
  await using stream = await visitor.stream();
  const id = await visitor.create();
  await visitor.say(id, 'hello');
  await stream.until((frame) => frame.event === mark || frame.data.includes(mark));
  expect((await visitor.request('GET', `${CONVERSATION}/${id}`)).json()).toMatchObject({ routingStatus });
});

test('the list has the members of the wire reference', async () => {
  await using simulator = await startSimulator();
  const visitor = await visit(simulator);
  await visitor.create();
  const answer = await visitor.request('GET', `${CONVERSATION}/list`);
  expect(differences(answer.json(), fixture('list-response.json'))).toEqual([]);
});

test('the list is ascending by time and counts closed conversations apart', async () => {
  const clock = manualClock();
  await using simulator = await startSimulator({ clock, scenario: 'never-routed' });
  const visitor = await visit(simulator);
  const ids: string[] = [];
  for (let count = 0; count < 3; count++) {
    ids.push(await visitor.create());
    clock.advance(1000);
  }
  await visitor.request('DELETE', `${CONVERSATION}/${ids[0]}?esDeveloperName=Acme_Bot`);
  const list = async (query: string) => (await visitor.request('GET', `${CONVERSATION}/list${query}`)).json();
  const idsOf = (body: Record<string, unknown>) =>
    (body.conversations as { conversationId: string }[]).map((item) => item.conversationId);
  expect(await list('')).toMatchObject({ openConversationsFound: 2, closedConversationsFound: 1 });
  expect(idsOf(await list(''))).toEqual(ids.slice(1));
  expect(idsOf(await list('?inclClosedConvs=true&limit=2'))).toEqual(ids.slice(0, 2));
  expect(idsOf(await list(`?conversationId=${ids[2]}`))).toEqual([ids[2]]);
  expect(idsOf(await list(`?startTimestamp=${clock.now() - 1500}`))).toEqual([ids[2]]);
});

test('nobody sees the conversations of others', async () => {
  await using simulator = await startSimulator();
  await (await visit(simulator)).create();
  const answer = await (await visit(simulator)).request('GET', `${CONVERSATION}/list`);
  expect(answer.json().conversations).toEqual([]);
});

test('ending session and then conversation succeeds both times and tells both', async () => {
  await using simulator = await startSimulator({ scenario: 'visitor-ends', pace: 0 });
  const visitor = await visit(simulator);
  await using stream = await visitor.stream();
  const id = await visitor.create();
  await stream.until('CONVERSATION_PARTICIPANT_CHANGED');
  const session = await visitor.request('DELETE', `${CONVERSATION}/${id}/session?esDeveloperName=Acme_Bot`);
  const whole = await visitor.request('DELETE', `${CONVERSATION}/${id}?esDeveloperName=Acme_Bot`);
  const ended = await stream.until('CONVERSATION_SESSION_STATUS_CHANGED');
  const left = await stream.until('CONVERSATION_PARTICIPANT_CHANGED');
  const closed = await stream.until('CONVERSATION_CLOSE_CONVERSATION');
  expect([session.status, whole.status, session.text]).toEqual([204, 204, '']);
  expect(payloadOf(ended)).toMatchObject({ sessionStatus: 'Ended', sessionEndedByRole: 'EndUser' });
  expect(payloadOf(left).entries).toMatchObject([{ operation: 'remove' }]);
  expect(payloadOf(closed)).toMatchObject({ conversationIdentifier: id });
});

test('closing a conversation at once ends its session too', async () => {
  await using simulator = await startSimulator({ scenario: 'visitor-ends', pace: 0 });
  const visitor = await visit(simulator);
  await using stream = await visitor.stream();
  const id = await visitor.create();
  await visitor.request('DELETE', `${CONVERSATION}/${id}?esDeveloperName=Acme_Bot`);
  await stream.until((frame) => frame.data.includes('Ended'));
  await stream.until('CONVERSATION_CLOSE_CONVERSATION');
  expect(simulator.openChats()).toEqual([]);
});

test('ending a session that is over already is as good as ended', async () => {
  await using simulator = await startSimulator({ scenario: 'never-routed' });
  const visitor = await visit(simulator);
  const id = await visitor.create();
  const end = () => visitor.request('DELETE', `${CONVERSATION}/${id}/session`);
  expect([(await end()).status, (await end()).status]).toEqual([204, 204]);
});

test('closing needs the developer name', async () => {
  await using simulator = await startSimulator();
  const visitor = await visit(simulator);
  const id = await visitor.create();
  expect((await visitor.request('DELETE', `${CONVERSATION}/${id}`)).json().message).toContain('esDeveloperName');
});

test('a closed conversation takes nothing more', async () => {
  await using simulator = await startSimulator({ scenario: 'never-routed' });
  const visitor = await visit(simulator);
  const id = await visitor.create();
  const path = `${CONVERSATION}/${id}`;
  await visitor.request('DELETE', `${path}?esDeveloperName=Acme_Bot`);
  const answers = [
    (await visitor.say(id, 'hello')).answer,
    await visitor.request('POST', `${path}/entry`, { entryType: 'TypingStartedIndicator', id }),
    await visitor.request('DELETE', `${path}/session`),
    await create(visitor, { conversationId: id }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400]);
});
