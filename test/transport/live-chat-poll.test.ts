import { expect, test } from 'vitest';
import { SESSION, startLiveChatServer } from '../support/live-chat-server.ts';
import {
  agent,
  ENDED_BY_AGENT,
  liveChatBench,
  liveChatFixture,
  openChat,
  openWithAgent,
  said,
} from '../support/live-chat-session.ts';

const POLL = 'System/Messages';
const SUCCESS = liveChatFixture('message-chat-request-success');
const EMPTY = { status: 204 };
const acks = (requests: readonly { query: URLSearchParams }[]) => requests.map(({ query }) => query.get('ack'));

test('acknowledgements start at -1, and a sequence of 0 is the next', async () => {
  await using bench = await liveChatBench();
  await openChat(bench);
  bench.server.deliver(SUCCESS);
  await bench.server.request(POLL, 2);
  expect(acks(bench.server.of(POLL))).toEqual(['-1', '0']);
});

test('a poll carries version, affinity and key but no sequence', async () => {
  await using bench = await liveChatBench();
  await openChat(bench);
  const { headers } = await bench.server.request(POLL);
  expect(headers).toMatchObject({
    'x-liveagent-affinity': SESSION.affinityToken,
    'x-liveagent-session-key': SESSION.key,
    'x-liveagent-api-version': expect.any(String),
  });
  expect(headers).not.toHaveProperty('x-liveagent-sequence');
});

test('an empty answer is followed by the same acknowledgement', async () => {
  await using bench = await liveChatBench();
  await openChat(bench);
  bench.server.deliver(SUCCESS, agent());
  await bench.server.request(POLL, 2);
  bench.server.script(POLL, EMPTY);
  await bench.clock.waitUntilSleeping(100);
  bench.clock.advance(100);
  await bench.server.request(POLL, 3);
  expect(acks(bench.server.of(POLL))).toEqual(['-1', '1', '1']);
});

test('an empty answer that came at once is not followed at once', async () => {
  await using bench = await liveChatBench();
  await openChat(bench);
  bench.server.script(POLL, EMPTY);
  await bench.clock.waitUntilSleeping(100);
  expect(bench.server.of(POLL)).toHaveLength(1);
});

test('a batch that is delivered twice is told once', async () => {
  await using bench = await liveChatBench();
  const { reader } = await openWithAgent(bench);
  const again = { status: 200, body: { messages: [said('once')], sequence: 2 } };
  bench.server.script(POLL, again, again);
  bench.server.script(POLL, { status: 200, body: { messages: [ENDED_BY_AGENT], sequence: 3 } });
  await reader.finished;
  expect(reader.types().filter((type) => type === 'message')).toHaveLength(1);
});

test('there is never more than one poll', async () => {
  await using bench = await liveChatBench();
  const { session, reader } = await openWithAgent(bench);
  await session.send('one');
  bench.server.deliver(said('two'));
  await reader.until('message');
  bench.clock.advance(100);
  await session.send('three');
  expect(bench.server.mostPolls).toBe(1);
});

test('a poll of a session that is gone ends the chat', async () => {
  await using bench = await liveChatBench();
  const { session, reader } = await openWithAgent(bench);
  bench.server.script(POLL, { status: 403, body: 'Session required but was invalid or not found' });
  await reader.finished;
  expect(reader.events.at(-1)).toMatchObject({ type: 'ended', by: 'system', reason: expect.any(String) });
  expect(session.closed).toBe(true);
});

test('a first poll that is forbidden loses the session', async () => {
  await using bench = await liveChatBench();
  bench.server.script(POLL, { status: 403, body: 'no' });
  const { reader } = await openChat(bench);
  await expect(reader.finished).rejects.toMatchObject({ code: 'SESSION_LOST' });
});

test('a poll that is refused for good fails', async () => {
  await using bench = await liveChatBench();
  bench.server.script(POLL, { status: 404, body: 'no' });
  const { reader } = await openChat(bench);
  await expect(reader.finished).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('what follows the end in the same answer is not told', async () => {
  await using bench = await liveChatBench();
  const { reader } = await openWithAgent(bench);
  bench.server.deliver(ENDED_BY_AGENT, said('too late'));
  await reader.finished;
  expect(reader.events.at(-1)).toMatchObject({ type: 'ended' });
});

test('a chat that has been accepted may wait for longer', async () => {
  await using bench = await liveChatBench();
  const { reader } = await openChat(bench);
  bench.server.deliver(SUCCESS);
  await reader.until('queued');
  bench.clock.advance(120_000);
  bench.server.deliver(agent());
  expect(await reader.until('joined')).toMatchObject({ participant: { name: 'Sam A' } });
});

test('a SwitchServer during the chat moves the poll', async () => {
  await using bench = await liveChatBench();
  await using other = await startLiveChatServer();
  const { session, reader } = await openWithAgent(bench);
  bench.server.deliver({ type: 'SwitchServer', message: { newUrl: other.url } });
  expect((await other.request(POLL)).query.get('ack')).toBe('2');
  expect(reader.events.at(-1)).toMatchObject({ type: 'unknown', wireType: 'SwitchServer' });
  await session[Symbol.asyncDispose]();
});

test('a refused chat ends the events with its reason', async () => {
  await using bench = await liveChatBench();
  const { session, reader } = await openChat(bench);
  bench.server.deliver(liveChatFixture('message-chat-request-fail'));
  await reader.finished;
  expect(reader.types()).toEqual(['started', 'rejected']);
  expect(session.closed).toBe(true);
});

test('the token of a file request is a secret from then on', async () => {
  await using bench = await liveChatBench();
  const { reader } = await openWithAgent(bench);
  bench.server.deliver(liveChatFixture('message-file-transfer'));
  await reader.until('message');
  expect(bench.secrets.redact('QmFzZTY0TG9va2luZ1Rva2Vu')).toBe('[redacted]');
});

test('typing notes in the wrong order end in not typing', async () => {
  await using bench = await liveChatBench();
  const { reader } = await openWithAgent(bench);
  bench.server.deliver({ type: 'AgentNotTyping', message: {} }, { type: 'AgentTyping', message: {} });
  await reader.until('typing', 2);
  expect(reader.events.at(-1)).toMatchObject({ type: 'typing', active: false });
});

test('what is known of the routing grows with the chat', async () => {
  await using bench = await liveChatBench();
  const { session, reader } = await openChat(bench);
  const before = session.routing();
  bench.server.deliver(SUCCESS, agent());
  await reader.until('joined');
  expect([before, session.routing()]).toMatchObject([
    { routed: false, accepted: 0 },
    { routed: true, accepted: 1 },
  ]);
});

test('an abort from outside throws its reason to the reader', async () => {
  await using bench = await liveChatBench();
  const { reader } = await openWithAgent(bench);
  bench.outside.abort(new Error('interrupted'));
  await expect(reader.finished).rejects.toThrow('interrupted');
});
