import { expect, test } from 'vitest';
import type { Link } from '../../src/transport/live-chat-link.ts';
import { pollTimeoutMs } from '../../src/transport/live-chat-session-id.ts';
import { SESSION } from '../support/live-chat-server.ts';
import { agent, ENDED_BY_AGENT, liveChatBench, openChat, openWithAgent, said } from '../support/live-chat-session.ts';

test('a chat from request to the end by the agent gives its events in order', async () => {
  await using bench = await liveChatBench();
  const { session, reader } = await openWithAgent(bench);
  bench.server.deliver(said('Hello'));
  await reader.until('message');
  bench.server.deliver(ENDED_BY_AGENT);
  await reader.finished;
  expect(reader.types()).toEqual(['started', 'queued', 'session', 'joined', 'session', 'message', 'session', 'ended']);
  expect(session.closed).toBe(true);
});

test('the conversation id is the session id', async () => {
  await using bench = await liveChatBench();
  const { reader } = await openChat(bench);
  expect(await reader.until('started')).toMatchObject({ channel: 'live-chat', conversationId: SESSION.id });
});

test.each([
  [40, 60_000],
  [30, 60_000],
  [55, 65_000],
  [1e9, 610_000],
  [-5, 60_000],
])('with a poll timeout of %i seconds a poll may take %i milliseconds', async (clientPollTimeoutSeconds, ms) => {
  const link = { clientPollTimeoutSeconds } as Link;
  expect(pollTimeoutMs(link)).toBe(ms);
});

test('a reader may stop and go on reading later', async () => {
  await using bench = await liveChatBench();
  const session = await bench.open();
  bench.server.deliver(agent());
  for await (const event of session.events()) if (event.type === 'joined') break;
  bench.server.deliver(said('Hello'), ENDED_BY_AGENT);
  const types: string[] = [];
  for await (const event of session.events()) types.push(event.type);
  expect(types).toEqual(['session', 'message', 'session', 'ended']);
});

test('events carry the moment they were read', async () => {
  await using bench = await liveChatBench();
  const { reader } = await openChat(bench);
  const opened = bench.clock.now();
  bench.clock.advance(5000);
  bench.server.deliver(agent());
  expect([await reader.until('started'), await reader.until('joined')].map(({ at }) => at)).toEqual([
    opened,
    opened + 5000,
  ]);
});

test('no event holds the session key', async () => {
  await using bench = await liveChatBench();
  const { reader } = await openWithAgent(bench);
  bench.server.deliver(said('Hello'), ENDED_BY_AGENT);
  await reader.finished;
  expect(JSON.stringify(reader.events)).not.toContain(SESSION.key);
});
