import { expect, test } from 'vitest';
import { startSimulator } from '../../src/simulator/start-simulator.ts';
import { manualClock } from '../support/manual-clock.ts';
import { entryOf, messageOf, payloadOf, STREAM, visit } from './raw-visitor.ts';

test('progress and streamed words are for clients of version 63 and up', async () => {
  await using simulator = await startSimulator({ scenario: 'streaming', pace: 0 });
  const visitor = await visit(simulator, { capabilitiesVersion: '63' });
  await using stream = await visitor.stream();
  await visitor.say(await visitor.create(), 'where is it?');
  await stream.until('CONVERSATION_PROGRESS_INDICATOR');
  const token = payloadOf(await stream.until('CONVERSATION_STREAMING_TOKEN')).streamingToken;
  const final = await stream.until('CONVERSATION_MESSAGE');
  expect([token.sequenceNumber, token.targetMessageIdentifier]).toEqual([1, entryOf(final).identifier]);
});

test.each([
  ['1', ['CONVERSATION_TYPING_STARTED_INDICATOR']],
  ['62', ['CONVERSATION_TYPING_STARTED_INDICATOR', 'CONVERSATION_PROGRESS_INDICATOR']],
])('a client of version %s gets fewer kinds of events', async (capabilitiesVersion, kinds) => {
  await using simulator = await startSimulator({ scenario: 'streaming', pace: 0 });
  const visitor = await visit(simulator, { capabilitiesVersion });
  await using stream = await visitor.stream();
  await visitor.say(await visitor.create(), 'where is it?');
  await stream.until('CONVERSATION_TYPING_STOPPED_INDICATOR');
  expect(
    stream.frames.map(({ event }) => event).filter((name) => /TYPING_STARTED|PROGRESS|STREAMING/.test(name)),
  ).toEqual(kinds);
});

test('the streamed words in their order are the final text', async () => {
  await using simulator = await startSimulator({ scenario: 'streaming', pace: 0, faults: ['reordered-tokens'] });
  const visitor = await visit(simulator, { capabilitiesVersion: '65' });
  await using stream = await visitor.stream();
  await visitor.say(await visitor.create(), 'where is it?');
  await stream.until('CONVERSATION_STREAMING_TOKEN');
  const final = await stream.until('CONVERSATION_MESSAGE');
  const tokens = stream.frames
    .filter(({ event }) => event === 'CONVERSATION_STREAMING_TOKEN')
    .map((frame) => payloadOf(frame).streamingToken);
  const numbers = tokens.map(({ sequenceNumber }) => sequenceNumber);
  expect(numbers.slice(0, 4)).toEqual([2, 1, 4, 3]);
  const sorted = tokens.toSorted((a, b) => a.sequenceNumber - b.sequenceNumber);
  expect(sorted.map(({ token }) => token.text).join('')).toBe(messageOf(final).text);
});

test('a dropped stream loses nothing when it is resumed', async () => {
  await using simulator = await startSimulator({ pace: 0, faults: ['drop-stream'] });
  const visitor = await visit(simulator);
  await visitor.create();
  const ids: (string | undefined)[] = [];
  let last = visitor.lastEventId;
  for (let connection = 0; connection < 4; connection++) {
    await using stream = await visitor.stream({ 'last-event-id': last });
    expect(await stream.ended()).toBe('broken');
    const whole = stream.frames.filter(({ event, data }) => event !== 'ping' && data.endsWith('}'));
    ids.push(...whole.map(({ id }) => id));
    last = ids.at(-1) ?? last;
    if (ids.length >= 6) break;
  }
  const start = Number(visitor.lastEventId);
  expect(ids.slice(0, 6)).toEqual([1, 2, 3, 4, 5, 6].map((step) => String(start + step)));
});

test('a stream that a scenario breaks can be resumed', async () => {
  await using simulator = await startSimulator({ scenario: 'stream-drop', pace: 0 });
  const visitor = await visit(simulator);
  await using stream = await visitor.stream();
  await visitor.create();
  await stream.ended();
  const last = stream.frames.filter(({ id, data }) => id !== undefined && data.endsWith('}')).at(-1);
  await using resumed = await visitor.stream({ 'last-event-id': last?.id ?? visitor.lastEventId });
  await resumed.until((frame) => frame.data.includes('third message'));
  const heard = [...stream.frames, ...resumed.frames].map(({ data }) => data).join('\n');
  expect(heard.match(/This is the \w+ message/g)).toEqual(
    ['first', 'second', 'third'].map((word) => `This is the ${word} message`),
  );
});

test('a silent stream opens and sends nothing', async () => {
  const clock = manualClock();
  await using simulator = await startSimulator({ clock, faults: ['silent-stream'], pace: 0 });
  const visitor = await visit(simulator);
  await using stream = await visitor.stream();
  await visitor.create();
  clock.advance(60_000);
  await simulator[Symbol.asyncDispose]();
  expect([stream.status, await stream.ended(), stream.frames]).toEqual([200, 'broken', []]);
});

test('a stalled stream has not even headers', async () => {
  await using simulator = await startSimulator({ faults: ['stall-stream'] });
  const opening = (await visit(simulator)).stream();
  opening.catch(() => undefined);
  const request = await simulator.waitForRequest(({ path }) => path === STREAM);
  await simulator[Symbol.asyncDispose]();
  await expect(opening).rejects.toThrow();
  expect(request.status).toBe(0);
});

test('a stream ends when its token does', async () => {
  const clock = manualClock();
  await using simulator = await startSimulator({ clock, faults: ['token-expires'] });
  await using stream = await (await visit(simulator)).stream();
  await clock.waitUntilSleeping(5000);
  clock.advance(5000);
  expect([await stream.ended(), stream.frames.at(-1)?.data]).toEqual(['ended', 'Jwt is expired']);
});

test('events come twice under the fault duplicate-events', async () => {
  await using simulator = await startSimulator({ pace: 0, faults: ['duplicate-events'] });
  const visitor = await visit(simulator);
  await using stream = await visitor.stream();
  await visitor.create();
  const [first, second] = [
    await stream.until('CONVERSATION_QUEUE_POSITION'),
    await stream.until('CONVERSATION_QUEUE_POSITION'),
  ];
  expect(second).toEqual(first);
});

test('payloads are objects under the fault payload-object', async () => {
  await using simulator = await startSimulator({ pace: 0, faults: ['payload-object'] });
  const visitor = await visit(simulator);
  await using stream = await visitor.stream();
  await visitor.create();
  const frame = await stream.until('CONVERSATION_QUEUE_POSITION');
  expect(entryOf(frame).entryPayload).toMatchObject({ entryType: 'QueuePosition', position: 2 });
});

test('unknown kinds of events come under the fault unknown-event', async () => {
  await using simulator = await startSimulator({ pace: 0, faults: ['unknown-event'] });
  const visitor = await visit(simulator);
  await using stream = await visitor.stream();
  await visitor.create();
  expect(entryOf(await stream.until('CONVERSATION_FUTURE_THING')).entryType).toBe('FutureThing');
});

test('frames of odd shape come between right ones under the fault odd-shapes', async () => {
  await using simulator = await startSimulator({ pace: 0, faults: ['odd-shapes'] });
  const visitor = await visit(simulator);
  await using stream = await visitor.stream();
  await visitor.create();
  const isOf = (text: string) => stream.until(({ data }) => data === text);
  await isOf('not json');
  await isOf('null');
  expect(JSON.parse((await stream.until('CONVERSATION_ROUTING_RESULT')).data).conversationEntry).toBeTypeOf('object');
});
