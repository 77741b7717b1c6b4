import { expect, test } from 'vitest';
import {
  agent,
  ENDED_BY_AGENT,
  liveChatBench,
  liveChatFixture,
  openChat,
  openWithAgent,
} from '../support/live-chat-session.ts';

const SEND = 'Chasitor/ChatMessage';
const REJECTED = liveChatFixture('message-chat-request-fail');
const sequences = (requests: readonly { headers: Record<string, string | undefined> }[]) =>
  requests.map(({ headers }) => headers['x-liveagent-sequence']);

test('a message is posted with its text and the next sequence', async () => {
  await using bench = await liveChatBench();
  const { session } = await openWithAgent(bench);
  const { id } = await session.send('Where is my order?');
  const { body, headers } = await bench.server.request(SEND);
  expect(body).toEqual({ text: 'Where is my order?' });
  expect(headers['x-liveagent-sequence']).toBe('2');
  expect(id).not.toBe('');
});

test('a message waits until an agent is there', async () => {
  await using bench = await liveChatBench();
  const { session, reader } = await openChat(bench);
  const sending = session.send('early');
  bench.server.deliver(liveChatFixture('message-chat-request-success'));
  await reader.until('queued');
  expect(bench.server.of(SEND)).toHaveLength(0);
  bench.server.deliver(agent());
  await sending;
  expect(bench.server.of(SEND)).toHaveLength(1);
});

test('a message waits for an agent although nobody reads the events', async () => {
  await using bench = await liveChatBench();
  const session = await bench.open();
  bench.server.deliver(agent());
  await session.send('alone');
  expect(bench.server.of(SEND)).toHaveLength(1);
});

test('a message for which no agent comes fails when the chat is over', async () => {
  await using bench = await liveChatBench();
  const { session } = await openChat(bench);
  const sending = session.send('in vain');
  bench.server.deliver(REJECTED);
  await expect(sending).rejects.toMatchObject({ code: 'CHAT_ENDED_EARLY' });
});

test('a message after the end fails', async () => {
  await using bench = await liveChatBench();
  const { session, reader } = await openWithAgent(bench);
  bench.server.deliver(ENDED_BY_AGENT);
  await reader.finished;
  await expect(session.send('late')).rejects.toMatchObject({ code: 'CHAT_ENDED_EARLY' });
});

test('messages go out in order and one at a time', async () => {
  await using bench = await liveChatBench();
  const { session } = await openWithAgent(bench);
  bench.server.script(SEND, 'hold');
  const first = session.send('one');
  const second = session.send('two');
  await bench.server.request(SEND);
  expect(bench.server.of(SEND)).toHaveLength(1);
  bench.server.script(SEND, { status: 200, body: 'OK' });
  await first;
  await bench.clock.waitUntilSleeping(100);
  bench.clock.advance(100);
  await second;
  expect(bench.server.of(SEND).map(({ body }) => body)).toEqual([{ text: 'one' }, { text: 'two' }]);
  expect(sequences(bench.server.of(SEND))).toEqual(['2', '3']);
});

test('a hundred milliseconds lie between two messages', async () => {
  await using bench = await liveChatBench();
  const { session } = await openWithAgent(bench);
  await session.send('one');
  const second = session.send('two');
  await bench.clock.waitUntilSleeping(100);
  bench.clock.advance(99);
  await bench.clock.waitUntilSleeping(1);
  expect(bench.server.of(SEND)).toHaveLength(1);
  bench.clock.advance(1);
  await second;
});

test('202 is as good as 200', async () => {
  await using bench = await liveChatBench();
  const { session } = await openWithAgent(bench);
  bench.server.script(SEND, { status: 202, body: '' });
  expect(await session.send('x')).toMatchObject({ id: expect.any(String) });
});

test('a message whose answer got lost is repeated once with the same number', async () => {
  await using bench = await liveChatBench();
  const { session } = await openWithAgent(bench);
  bench.server.script(SEND, 'drop');
  const sending = session.send('x');
  await bench.clock.waitUntilSleeping(1000);
  bench.clock.advance(1000);
  await sending;
  expect(sequences(bench.server.of(SEND))).toEqual(['2', '2']);
});

test('a message whose answers got lost twice is not confirmed, and not sent a third time', async () => {
  await using bench = await liveChatBench();
  const { session } = await openWithAgent(bench);
  bench.server.script(SEND, 'drop', 'drop');
  const sending = session.send('x');
  await bench.clock.waitUntilSleeping(1000);
  bench.clock.advance(1000);
  await expect(sending).rejects.toMatchObject({
    code: 'MESSAGE_NOT_CONFIRMED',
    message: expect.stringContaining('broke off'),
  });
  expect(bench.server.of(SEND)).toHaveLength(2);
});

test('a number out of step is mended from the server’s count and sent again', async () => {
  await using bench = await liveChatBench();
  const { session } = await openWithAgent(bench);
  bench.server.script(SEND, { status: 409, body: 'Out of sync Ack. Expected 2. Actual 6', type: 'text/plain' });
  await session.send('one');
  bench.clock.advance(100);
  await session.send('two');
  expect(sequences(bench.server.of(SEND))).toEqual(['2', '7', '8']);
});

test('a number that is out of step twice is refused', async () => {
  await using bench = await liveChatBench();
  const { session } = await openWithAgent(bench);
  const conflict = { status: 409, body: 'Out of sync Ack. Expected 2. Actual 6' };
  bench.server.script(SEND, conflict, conflict);
  await expect(session.send('x')).rejects.toMatchObject({ code: 'REQUEST_REJECTED' });
  expect(bench.server.of(SEND)).toHaveLength(2);
});

test('a repeat that the server has counted already is confirmed by that', async () => {
  await using bench = await liveChatBench();
  const { session } = await openWithAgent(bench);
  bench.server.script(SEND, 'drop', { status: 409, body: 'Out of sync Ack. Expected 2. Actual 2' });
  const sending = session.send('x');
  await bench.clock.waitUntilSleeping(1000);
  bench.clock.advance(1000);
  await sending;
  expect(bench.server.of(SEND)).toHaveLength(2);
});

test.each([
  [403, 'SESSION_LOST'],
  [400, 'REQUEST_REJECTED'],
])('a message answered %i fails with %s and is not repeated', async (status, code) => {
  await using bench = await liveChatBench();
  const { session } = await openWithAgent(bench);
  bench.server.script(SEND, { status, body: 'no' });
  await expect(session.send('x')).rejects.toMatchObject({ code });
  expect(bench.server.of(SEND)).toHaveLength(1);
});

test('a message answered 500 is repeated once under its own number', async () => {
  await using bench = await liveChatBench();
  const { session } = await openWithAgent(bench);
  bench.server.script(SEND, { status: 500, body: 'no' });
  const sending = session.send('x');
  await bench.clock.waitUntilSleeping(1000);
  bench.clock.advance(1000);
  expect(await sending).toMatchObject({ id: expect.any(String) });
  expect(sequences(bench.server.of(SEND))).toEqual(['2', '2']);
});

test('a message that failed does not hold up the next', async () => {
  await using bench = await liveChatBench();
  const { session } = await openWithAgent(bench);
  bench.server.script(SEND, { status: 400, body: 'no' });
  await session.send('bad').catch(() => undefined);
  bench.clock.advance(100);
  expect(await session.send('good')).toMatchObject({ id: expect.any(String) });
});

test('a number that was refused is given to the next message', async () => {
  await using bench = await liveChatBench();
  const { session } = await openWithAgent(bench);
  bench.server.script(SEND, { status: 400, body: 'no' });
  await session.send('bad').catch(() => undefined);
  bench.clock.advance(100);
  await session.send('good');
  expect(sequences(bench.server.of(SEND))).toEqual(['2', '2']);
});

test('a number answered 500 may have been taken and is not given to the next message', async () => {
  await using bench = await liveChatBench();
  const { session } = await openWithAgent(bench);
  bench.server.script(SEND, { status: 500, body: 'no' }, { status: 500, body: 'no' });
  const sending = session.send('bad');
  const failure = expect(sending).rejects.toMatchObject({
    code: 'MESSAGE_NOT_CONFIRMED',
    message: expect.stringContaining('500'),
  });
  await bench.clock.waitUntilSleeping(1000);
  bench.clock.advance(1000);
  await failure;
  bench.clock.advance(100);
  await session.send('good');
  expect(sequences(bench.server.of(SEND))).toEqual(['2', '2', '3']);
});

test('a number that was lost on its way is not given to the next message', async () => {
  await using bench = await liveChatBench();
  const { session } = await openWithAgent(bench);
  bench.server.script(SEND, 'drop', { status: 500, body: 'no' });
  const sending = session.send('lost');
  sending.catch(() => undefined);
  await bench.clock.waitUntilSleeping(1000);
  bench.clock.advance(1000);
  await sending.catch(() => undefined);
  bench.clock.advance(100);
  await session.send('next');
  expect(sequences(bench.server.of(SEND))).toEqual(['2', '2', '3']);
});

test('typing is told on and off, in step with the messages', async () => {
  await using bench = await liveChatBench();
  const { session } = await openWithAgent(bench);
  await session.typing(true);
  await session.typing(false);
  const [on] = bench.server.of('Chasitor/ChasitorTyping');
  const [off] = bench.server.of('Chasitor/ChasitorNotTyping');
  expect([on, off].map((request) => request?.body)).toEqual([{}, {}]);
  expect(sequences([on, off].flatMap((request) => request ?? []))).toEqual(['2', '3']);
});

test('typing while nobody is there is not told', async () => {
  await using bench = await liveChatBench();
  const { session } = await openChat(bench);
  await session.typing(true);
  expect(bench.server.of('Chasitor/ChasitorTyping')).toHaveLength(0);
});

test('an abort from outside stops a waiting message with its reason', async () => {
  await using bench = await liveChatBench();
  const { session } = await openChat(bench);
  const sending = session.send('x');
  bench.outside.abort(new Error('interrupted'));
  await expect(sending).rejects.toThrow('interrupted');
});

test('a message is not sent into an outage', async () => {
  await using bench = await liveChatBench();
  const { session, reader } = await openWithAgent(bench);
  bench.server.script('System/Messages', 'drop');
  await reader.until('reconnecting');
  const sending = session.send('later');
  await bench.clock.waitUntilSleeping(2000);
  expect(bench.server.of(SEND)).toHaveLength(0);
  bench.clock.advance(2000);
  bench.server.deliver({ type: 'AgentTyping', message: {} });
  await sending;
  expect(reader.types()).toContain('reconnected');
});
