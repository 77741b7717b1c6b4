import { expect, test } from 'vitest';
import { startSimulator } from '../../src/simulator/start-simulator.ts';
import { manualClock } from '../support/manual-clock.ts';
import { call, entryOf, messageOf, type RawStream, STREAM, visit } from './raw-visitor.ts';

async function refusal(faults: readonly string[], headers: Record<string, string>) {
  await using simulator = await startSimulator({ faults });
  const { token } = await visit(simulator);
  const { orgId } = simulator.values.miaw;
  const authorization = `Bearer ${token}`;
  const given = { authorization, 'x-org-id': orgId, ...headers };
  const answer = await call(simulator, 'GET', STREAM, undefined, given);
  return { status: answer.status, text: answer.text };
}

const namesOf = (stream: RawStream) => stream.frames.map(({ event }) => event).filter((event) => event !== 'ping');

async function untilWelcome(stream: RawStream): Promise<void> {
  await stream.until((frame) => frame.event === 'CONVERSATION_MESSAGE' && messageOf(frame).from === 'Maria Lopez');
}

test('the stream opens at once and begins with a ping', async () => {
  await using simulator = await startSimulator();
  await using stream = await (await visit(simulator)).stream();
  const ping = await stream.until('ping');
  expect([stream.status, stream.headers.get('content-type'), ping.data, ping.id]).toEqual([
    200,
    'text/event-stream;charset=UTF-8',
    '0',
    undefined,
  ]);
});

test('a ping comes every twenty seconds', async () => {
  const clock = manualClock();
  await using simulator = await startSimulator({ clock });
  await using stream = await (await visit(simulator)).stream();
  await stream.until('ping');
  await clock.waitUntilSleeping(20_000);
  clock.advance(20_000);
  expect((await stream.until('ping')).data).toBe('0');
});

test('a chat is told in the order of the wire reference', async () => {
  await using simulator = await startSimulator({ pace: 0 });
  const visitor = await visit(simulator);
  await using stream = await visitor.stream();
  await visitor.create();
  await untilWelcome(stream);
  expect(namesOf(stream)).toEqual([
    'CONVERSATION_MESSAGE',
    'CONVERSATION_ROUTING_RESULT',
    'CONVERSATION_QUEUE_POSITION',
    'CONVERSATION_QUEUE_POSITION',
    'CONVERSATION_ROUTING_WORK_RESULT',
    'CONVERSATION_ROUTING_WORK_RESULT',
    'CONVERSATION_SESSION_STATUS_CHANGED',
    'CONVERSATION_PARTICIPANT_CHANGED',
    'CONVERSATION_MESSAGE',
  ]);
});

test('every event has an increasing id and a name for its sender', async () => {
  await using simulator = await startSimulator({ pace: 0 });
  const visitor = await visit(simulator);
  await using stream = await visitor.stream();
  await visitor.create();
  await untilWelcome(stream);
  const events = stream.frames.filter(({ event }) => event !== 'ping');
  const ids = events.map(({ id }) => Number(id));
  expect(ids).toEqual(ids.map((_, index) => (ids[0] ?? 0) + index));
  expect(events.filter((frame) => entryOf(frame).senderDisplayName === '')).toEqual([]);
});

test('a stream opened late replays from the position of the token', async () => {
  await using simulator = await startSimulator({ pace: 0 });
  const visitor = await visit(simulator);
  await visitor.create();
  await using stream = await visitor.stream();
  await untilWelcome(stream);
  expect(namesOf(stream).slice(0, 2)).toEqual(['CONVERSATION_MESSAGE', 'CONVERSATION_ROUTING_RESULT']);
});

test('a stream resumes behind the last event that was read', async () => {
  await using simulator = await startSimulator({ pace: 0 });
  const visitor = await visit(simulator);
  await using first = await visitor.stream();
  await visitor.create();
  const { id = '' } = await first.until('CONVERSATION_ROUTING_RESULT');
  await using second = await visitor.stream({ 'last-event-id': id });
  await untilWelcome(second);
  expect(namesOf(second)[0]).toBe('CONVERSATION_QUEUE_POSITION');
});

test.each([
  ['without a position', {}],
  ['with the word undefined', { 'last-event-id': 'undefined' }],
  ['with a position of the future', { 'last-event-id': '999999' }],
])('a stream %s starts from now', async (_case, headers) => {
  await using simulator = await startSimulator({ scenario: 'no-answer', pace: 0 });
  const visitor = await visit(simulator);
  const id = await visitor.create();
  await using early = await visitor.stream();
  await early.until('CONVERSATION_MESSAGE');
  await using stream = await visitor.stream(headers);
  await visitor.say(id, 'hello');
  expect(messageOf(await stream.until('CONVERSATION_MESSAGE')).text).toBe('hello');
});

test('nothing is replayed under the fault no-replay', async () => {
  await using simulator = await startSimulator({ scenario: 'no-answer', pace: 0, faults: ['no-replay'] });
  const visitor = await visit(simulator);
  const id = await visitor.create();
  await using stream = await visitor.stream();
  await visitor.say(id, 'hello');
  expect(messageOf(await stream.until('CONVERSATION_MESSAGE')).text).toBe('hello');
});

test('every stream of a subject gets every event', async () => {
  await using simulator = await startSimulator({ pace: 0 });
  const visitor = await visit(simulator);
  await using one = await visitor.stream();
  await using two = await visitor.stream();
  await visitor.create();
  await untilWelcome(one);
  await untilWelcome(two);
  expect(namesOf(one)).toEqual(namesOf(two));
});

test('nobody hears the conversations of others', async () => {
  await using simulator = await startSimulator({ scenario: 'no-answer', pace: 0 });
  const [dana, robin] = [await visit(simulator), await visit(simulator)];
  await using stream = await robin.stream();
  await dana.say(await dana.create(), 'from Dana');
  await robin.say(await robin.create(), 'from Robin');
  await stream.until((frame) => frame.data.includes('from Robin'));
  expect(stream.frames.filter(({ data }) => data.includes('from Dana'))).toEqual([]);
});

test.each([
  ['without an organization id', {}, { 'x-org-id': undefined }, 400, 'Bad Request'],
  ['without a token', {}, { authorization: undefined }, 400, 'Bad Request'],
  ['with a foreign token', {}, { authorization: 'Bearer abc' }, 401, 'Unauthorized'],
])('a stream %s is refused like a Spring service', async (_case, _none, missing, status, error) => {
  await using simulator = await startSimulator();
  const { token } = await visit(simulator);
  const all = { authorization: `Bearer ${token}`, 'x-org-id': simulator.values.miaw.orgId, ...missing };
  const headers = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  const answer = await call(simulator, 'GET', STREAM, undefined, headers as Record<string, string>);
  expect([answer.status, answer.json()]).toEqual([
    status,
    { timestamp: expect.any(Number), status, error, path: STREAM },
  ]);
});

test.each(['00D8Z000001kQ7PUAU', '00D000000000001'])('the organization id %s is refused in plain words', async (id) => {
  const expected = { status: 400, text: 'OrgId in the header and token must match' };
  expect(await refusal([], { 'x-org-id': id })).toEqual(expected);
});

test('every token is refused under the fault sse-401', async () => {
  expect((await refusal(['sse-401'], {})).status).toBe(401);
});

test('an unknown query is ignored', async () => {
  await using simulator = await startSimulator();
  const { token } = await visit(simulator);
  const response = await fetch(`${simulator.urls.miaw}${STREAM}?_ts=1`, {
    headers: { authorization: `Bearer ${token}`, 'x-org-id': simulator.values.miaw.orgId },
  });
  await response.body?.cancel();
  expect(response.status).toBe(200);
});

test('another verb than GET is not allowed on the stream', async () => {
  await using simulator = await startSimulator();
  expect((await call(simulator, 'POST', STREAM, {})).status).toBe(405);
});
