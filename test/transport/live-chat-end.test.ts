import { expect, test } from 'vitest';
import { SESSION } from '../support/live-chat-server.ts';
import {
  agent,
  ENDED_BY_AGENT,
  ENDED_BY_US,
  liveChatBench,
  openChat,
  openWithAgent,
  said,
} from '../support/live-chat-session.ts';

const POLL = 'System/Messages';
const END = 'Chasitor/ChatEnd';
const SESSION_ID = 'System/SessionId';
const deletes = (requests: readonly { method: string }[]) => requests.filter(({ method }) => method === 'DELETE');

test('an end is posted with the reason client, and the service’s own end is awaited', async () => {
  await using bench = await liveChatBench();
  const { session, reader } = await openWithAgent(bench);
  const ending = session.end();
  expect((await bench.server.request(END)).body).toEqual({ reason: 'client' });
  bench.server.deliver(ENDED_BY_US);
  await ending;
  await reader.finished;
  expect(reader.types().filter((type) => type === 'ended')).toHaveLength(1);
  expect(reader.events.at(-1)).toMatchObject({ type: 'ended', by: 'visitor' });
});

test('an end is confirmed', async () => {
  await using bench = await liveChatBench();
  const { session } = await openWithAgent(bench);
  bench.server.deliver(ENDED_BY_US);
  await session.end();
  expect(session.closed).toBe(true);
});

test('the session is deleted afterwards, with its key encoded in the path', async () => {
  await using bench = await liveChatBench();
  const { session } = await openWithAgent(bench);
  bench.server.deliver(ENDED_BY_US);
  await session.end();
  const [request] = deletes(bench.server.received);
  expect(request).toMatchObject({ noun: SESSION_ID });
  const encoded = encodeURIComponent(SESSION.key).replaceAll('!', '%21');
  expect(bench.server.received.at(-1)?.path).toBe(`${SESSION_ID}/${encoded}`);
});

test('a service that never tells the end is not waited for longer than two seconds', async () => {
  await using bench = await liveChatBench();
  const { session, reader } = await openWithAgent(bench);
  const ending = session.end();
  await bench.clock.waitUntilSleeping(2000);
  bench.clock.advance(2000);
  await ending;
  await reader.finished;
  expect(reader.events.at(-1)).toMatchObject({ type: 'ended', by: 'visitor' });
});

test('an end without a reader looks for the service’s end itself', async () => {
  await using bench = await liveChatBench();
  const session = await bench.open();
  bench.server.script(POLL, 'hold');
  const ending = session.end();
  await bench.server.request(POLL);
  bench.server.deliver(ENDED_BY_US);
  await ending;
  expect(session.closed).toBe(true);
});

test('a reader that ends the chat in the middle of its loop is no deadlock', async () => {
  await using bench = await liveChatBench();
  const session = await bench.open();
  bench.server.deliver(agent());
  bench.server.deliver(ENDED_BY_US);
  const types: string[] = [];
  for await (const event of session.events()) {
    types.push(event.type);
    if (event.type === 'joined') await session.end();
  }
  expect(types.at(-1)).toBe('ended');
});

test('what arrives while the chat is being ended is still told', async () => {
  await using bench = await liveChatBench();
  const { session, reader } = await openWithAgent(bench);
  const ending = session.end();
  await bench.server.request(END);
  bench.server.deliver(said('Bye'), ENDED_BY_US);
  await ending;
  await reader.finished;
  expect(reader.types().slice(-3)).toEqual(['message', 'session', 'ended']);
});

test('an agent who was faster is fine, even where the session cannot be deleted', async () => {
  await using bench = await liveChatBench();
  const { session } = await openWithAgent(bench);
  bench.server.script(END, { status: 403, body: 'no' });
  bench.server.script(SESSION_ID, { status: 500, body: 'no' });
  const ending = session.end();
  await bench.clock.waitUntilSleeping(2000);
  bench.clock.advance(2000);
  await ending;
  expect(session.closed).toBe(true);
});

test('a session that is gone while the end is awaited is fine', async () => {
  await using bench = await liveChatBench();
  const { session, reader } = await openWithAgent(bench);
  const ending = session.end();
  await bench.server.request(END);
  bench.server.script(POLL, { status: 403, body: 'no' });
  await ending;
  await reader.finished;
  expect(reader.events.at(-1)).toMatchObject({ type: 'ended', by: 'visitor' });
});

test('an end after the agent’s end posts nothing and deletes the session', async () => {
  await using bench = await liveChatBench();
  const { session, reader } = await openWithAgent(bench);
  bench.server.deliver(ENDED_BY_AGENT);
  await reader.finished;
  await session.end();
  expect(bench.server.of(END)).toHaveLength(0);
  expect(deletes(bench.server.received)).toHaveLength(1);
});

test('two ends are one', async () => {
  await using bench = await liveChatBench();
  const { session } = await openWithAgent(bench);
  bench.server.deliver(ENDED_BY_US);
  await Promise.all([session.end(), session.end()]);
  await session.end();
  expect([bench.server.of(END).length, deletes(bench.server.received).length]).toEqual([1, 1]);
});

test('an end is tried four times at most, and deleting the session ends the chat as well', async () => {
  await using bench = await liveChatBench();
  const { session } = await openWithAgent(bench);
  const failure = { status: 500, body: 'no' };
  bench.server.script(END, failure, failure, failure, failure);
  const ending = session.end();
  for (let pause = 1; pause <= 3; pause += 1) {
    await bench.server.request(END, pause);
    await bench.clock.waitUntilSleeping(1000);
    bench.clock.advance(1000);
  }
  await ending;
  expect(bench.server.of(END).map(({ headers }) => headers['x-liveagent-sequence'])).toEqual(['2', '2', '2', '2']);
  expect(session.closed).toBe(true);
});

test('a ChatEnd that hangs does not keep the session from being deleted', async () => {
  await using bench = await liveChatBench();
  const { session } = await openWithAgent(bench);
  bench.server.script(END, 'hold');
  const ending = session.end();
  await bench.server.request(END);
  await bench.clock.waitUntilSleeping(3500);
  bench.clock.advance(3500);
  await ending;
  expect(deletes(bench.server.received)).toHaveLength(1);
  expect(session.closed).toBe(true);
});

test('a chat that can neither be ended nor deleted is left open, and says so', async () => {
  await using bench = await liveChatBench();
  const { session } = await openWithAgent(bench);
  bench.server.script(END, { status: 400, body: 'no' });
  bench.server.script(SESSION_ID, { status: 500, body: 'no' });
  await expect(session.end()).rejects.toMatchObject({ code: 'CHAT_LEFT_OPEN', cause: { code: 'REQUEST_REJECTED' } });
  expect(session.closed).toBe(false);
});

test('a chat can be ended while it waits in the queue', async () => {
  await using bench = await liveChatBench();
  const { session } = await openChat(bench);
  bench.server.deliver(ENDED_BY_US);
  await session.end();
  expect(bench.server.of(END)).toHaveLength(1);
});

test('empty answers after the end disturb neither the end nor the reader', async () => {
  await using bench = await liveChatBench();
  const { session, reader } = await openWithAgent(bench);
  const ending = session.end();
  await bench.server.request(END);
  bench.server.script(POLL, { status: 204 }, { status: 204 });
  for (const pauseMs of [100, 200]) {
    await bench.clock.waitUntilSleeping(pauseMs);
    bench.clock.advance(pauseMs);
  }
  await bench.server.request(POLL, 4);
  bench.clock.advance(1700);
  await ending;
  await expect(reader.finished).resolves.toBeUndefined();
  expect(reader.events.at(-1)).toMatchObject({ type: 'ended', by: 'visitor' });
});
