import { expect, test } from 'vitest';
import { liveChatBench, liveChatFixture, openChat, openWithAgent, said } from '../support/live-chat-session.ts';

const POLL = 'System/Messages';
const SUCCESS = liveChatFixture('message-chat-request-success');
const EMPTY = { status: 204 };
const acks = (requests: readonly { query: URLSearchParams }[]) => requests.map(({ query }) => query.get('ack'));

test('a conflict is tried once more with the same acknowledgement', async () => {
  await using bench = await liveChatBench();
  const { reader } = await openWithAgent(bench);
  bench.server.script(POLL, { status: 409, body: 'Out of sync Ack. Expected 1. Actual 0' });
  await bench.clock.waitUntilSleeping(1000);
  bench.clock.advance(1000);
  bench.server.deliver(said('still here'));
  await reader.until('message');
  expect(acks(bench.server.of(POLL)).slice(1, 3)).toEqual(['1', '1']);
});

test('a second conflict loses the session', async () => {
  await using bench = await liveChatBench();
  const { reader } = await openWithAgent(bench);
  bench.server.script(POLL, { status: 409, body: 'no' }, { status: 409, body: 'no' });
  await bench.clock.waitUntilSleeping(1000);
  bench.clock.advance(1000);
  await expect(reader.finished).rejects.toMatchObject({ code: 'SESSION_LOST' });
});

test('a server error is tried again after two seconds', async () => {
  await using bench = await liveChatBench();
  const { reader } = await openWithAgent(bench);
  bench.server.script(POLL, { status: 500, body: 'no' });
  await bench.clock.waitUntilSleeping(2000);
  bench.clock.advance(2000);
  bench.server.deliver(said('back'));
  expect(await reader.until('message')).toMatchObject({ text: 'back' });
});

test('a web page in place of messages is tried again like a server error', async () => {
  await using bench = await liveChatBench();
  const { reader } = await openWithAgent(bench);
  bench.server.script(POLL, { status: 200, body: '<html></html>', type: 'text/html' });
  await bench.clock.waitUntilSleeping(2000);
  bench.clock.advance(2000);
  bench.server.deliver(said('back'));
  expect(await reader.until('message')).toMatchObject({ text: 'back' });
});

test('a lost connection is told, retried after two seconds, and its return is told', async () => {
  await using bench = await liveChatBench();
  const { reader } = await openWithAgent(bench);
  bench.server.script(POLL, 'drop');
  expect(await reader.until('reconnecting')).toMatchObject({ attempt: 1, delayMs: 2000 });
  await bench.clock.waitUntilSleeping(2000);
  bench.clock.advance(2000);
  bench.server.deliver(said('back'));
  await reader.until('message');
  expect(reader.types().slice(-3)).toEqual(['reconnecting', 'reconnected', 'message']);
});

test('a poll whose answer got lost is repeated with the same acknowledgement', async () => {
  await using bench = await liveChatBench();
  await openWithAgent(bench);
  bench.server.script(POLL, 'drop');
  await bench.clock.waitUntilSleeping(2000);
  bench.clock.advance(2000);
  await bench.server.request(POLL, 3);
  expect(acks(bench.server.of(POLL))).toEqual(['-1', '1', '1']);
});

test('a chat that is not routed within thirty seconds is diagnosed', async () => {
  await using bench = await liveChatBench();
  const { reader } = await openChat(bench);
  bench.server.script(POLL, EMPTY);
  await bench.clock.waitUntilSleeping(100);
  bench.clock.advance(30_000);
  await expect(reader.finished).rejects.toMatchObject({ code: 'NEVER_ROUTED' });
});

test('an outage is not mistaken for a chat that is never routed', async () => {
  await using bench = await liveChatBench();
  const { reader } = await openChat(bench);
  bench.server.script(POLL, 'drop');
  await bench.clock.waitUntilSleeping(2000);
  bench.clock.advance(40_000);
  bench.server.deliver(SUCCESS);
  expect(await reader.until('queued')).toMatchObject({ position: 1 });
});
