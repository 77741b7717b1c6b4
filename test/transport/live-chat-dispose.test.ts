import { expect, test } from 'vitest';
import { ENDED_BY_US, liveChatBench, openChat, openWithAgent } from '../support/live-chat-session.ts';

const POLL = 'System/Messages';
const END = 'Chasitor/ChatEnd';
const SESSION_ID = 'System/SessionId';
const deletes = (requests: readonly { method: string }[]) => requests.filter(({ method }) => method === 'DELETE');

test('an abort from outside gives up the open poll', async () => {
  await using bench = await liveChatBench();
  await openWithAgent(bench);
  await bench.server.request(POLL, 2);
  bench.outside.abort(new Error('interrupted'));
  await bench.server.noPoll();
  expect(bench.server.of(POLL)).toHaveLength(2);
});

test('after an abort from outside the chat can still be ended', async () => {
  await using bench = await liveChatBench();
  const { session, reader } = await openWithAgent(bench);
  bench.outside.abort(new Error('interrupted'));
  await reader.finished.catch(() => undefined);
  bench.server.deliver(ENDED_BY_US);
  await session.end();
  expect(session.closed).toBe(true);
});

test('a dispose ends the events quietly and leaves nothing open', async () => {
  await using bench = await liveChatBench();
  const { session, reader } = await openWithAgent(bench);
  await session[Symbol.asyncDispose]();
  await reader.finished;
  expect(reader.types()).not.toContain('ended');
  expect(bench.server.of(END)).toHaveLength(1);
  expect(deletes(bench.server.received)).toHaveLength(1);
  expect(session.closed).toBe(true);
});

test('a dispose after an abort from outside still closes the chat', async () => {
  await using bench = await liveChatBench();
  const { session } = await openWithAgent(bench);
  bench.outside.abort(new Error('interrupted'));
  await session[Symbol.asyncDispose]();
  expect(session.closed).toBe(true);
});

test('a dispose does not wait for a server that says nothing', async () => {
  await using bench = await liveChatBench();
  const { session } = await openWithAgent(bench);
  bench.server.script(END, 'hold');
  bench.server.script(SESSION_ID, 'hold');
  const disposing = session[Symbol.asyncDispose]();
  await bench.clock.waitUntilSleeping(2000);
  bench.clock.advance(2000);
  await bench.server.request(SESSION_ID, 2);
  await bench.clock.waitUntilSleeping(1500);
  bench.clock.advance(1500);
  await disposing;
  expect(session.closed).toBe(false);
});

test('a dispose does not wait for a goodbye that hangs', async () => {
  await using bench = await liveChatBench();
  const { session } = await openWithAgent(bench);
  bench.server.script(END, 'hold');
  session.end().catch(() => undefined);
  await bench.server.request(END);
  const disposing = session[Symbol.asyncDispose]();
  for (const ms of [500, 2000]) {
    await bench.clock.waitUntilSleeping(ms);
    bench.clock.advance(ms);
  }
  await disposing;
  expect(deletes(bench.server.received)).toHaveLength(1);
  expect(session.closed).toBe(true);
});

test('a dispose after a proper end sends nothing more', async () => {
  await using bench = await liveChatBench();
  const { session } = await openWithAgent(bench);
  bench.server.deliver(ENDED_BY_US);
  await session.end();
  const before = bench.server.received.length;
  await session[Symbol.asyncDispose]();
  expect(bench.server.received.length).toBe(before);
});

test('a message that waits when the session is disposed fails', async () => {
  await using bench = await liveChatBench();
  const { session } = await openChat(bench);
  const sending = session.send('x');
  sending.catch(() => undefined);
  await session[Symbol.asyncDispose]();
  await expect(sending).rejects.toMatchObject({ code: 'CHAT_ENDED_EARLY' });
});
