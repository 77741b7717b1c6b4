import { expect, test } from 'vitest';
import { SESSION } from '../support/live-chat-server.ts';
import {
  type Bench,
  ENDED_BY_AGENT,
  liveChatBench,
  liveChatFixture,
  openWithAgent,
  said,
} from '../support/live-chat-session.ts';

const POLL = 'System/Messages';
const RECONNECT = 'System/ReconnectSession';
const SEND = 'Chasitor/ChatMessage';
const RESYNC = 'Chasitor/ChasitorResyncState';
const LOST = { status: 503, body: 'The server is unavailable to handle this request right now' };
const NEW_AFFINITY = 'c15d02ea';

function transcript(...agentTexts: string[]): unknown {
  const chatMessages = agentTexts.map((content) => ({ type: 'Agent', name: 'Sam A', content }));
  return { type: 'ChasitorSessionData', message: { chatMessages } };
}

/** Another server takes the chat over: new affinity, numbers from the start, the transcript first. */
function moveOver(bench: Bench, ...agentTexts: string[]): void {
  bench.server.script(RECONNECT, { status: 200, body: liveChatFixture('reconnect-response') });
  bench.server.restart();
  bench.server.deliver(transcript(...agentTexts));
}

test('a poll answered 503 reconnects with the old key, no affinity and the newest offset', async () => {
  await using bench = await liveChatBench();
  await openWithAgent(bench);
  bench.server.script(POLL, LOST);
  moveOver(bench);
  const { headers, query } = await bench.server.request(RECONNECT);
  expect(headers).toMatchObject({ 'x-liveagent-affinity': 'null', 'x-liveagent-session-key': SESSION.key });
  expect(query.get('ReconnectSession.offset')).toBe('1001');
});

test('after the reconnect acknowledgement and affinity start anew', async () => {
  await using bench = await liveChatBench();
  await openWithAgent(bench);
  bench.server.script(POLL, LOST);
  moveOver(bench);
  const { headers, query } = await bench.server.request(POLL, 3);
  expect(headers['x-liveagent-affinity']).toBe(NEW_AFFINITY);
  expect(query.get('ack')).toBe('-1');
});

test('the state is resynchronised with the sequence 1 once the transcript has come', async () => {
  await using bench = await liveChatBench();
  await openWithAgent(bench);
  bench.server.script(POLL, LOST);
  moveOver(bench);
  const { headers, body } = await bench.server.request(RESYNC);
  expect(headers['x-liveagent-sequence']).toBe('1');
  expect(body).toEqual({ organizationId: '00D8Z000001kQ7P' });
});

test('the repair is told, with what was missed in between', async () => {
  await using bench = await liveChatBench();
  const { reader } = await openWithAgent(bench);
  bench.server.script(POLL, LOST);
  moveOver(bench, 'missed');
  expect(await reader.until('reconnected')).toMatchObject({ resumedFrom: '1001' });
  expect(reader.events.slice(-3)).toMatchObject([
    { type: 'reconnecting', attempt: 1, delayMs: 0 },
    { type: 'message', text: 'missed' },
    { type: 'reconnected' },
  ]);
});

test('what the transcript has told and the same batch tells again is told once', async () => {
  await using bench = await liveChatBench();
  const { reader } = await openWithAgent(bench);
  bench.server.script(POLL, LOST);
  bench.server.script(RECONNECT, { status: 200, body: liveChatFixture('reconnect-response') });
  bench.server.restart();
  bench.server.deliver(transcript('missed'), said('missed'), said('new'));
  bench.server.deliver(said('missed'));
  await reader.until('message', 3);
  const texts = reader.events.flatMap((event) => (event.type === 'message' ? event.text : []));
  expect(texts).toEqual(['missed', 'new', 'missed']);
});

test('what was heard before the repair is not told again', async () => {
  await using bench = await liveChatBench();
  const { reader } = await openWithAgent(bench);
  bench.server.deliver(said('heard'));
  await reader.until('message');
  bench.server.script(POLL, LOST);
  moveOver(bench, 'heard');
  await reader.until('reconnected');
  expect(reader.types().filter((type) => type === 'message')).toHaveLength(1);
});

test('a send answered 503 repairs the chat and is sent again with the next new number', async () => {
  await using bench = await liveChatBench();
  const { session } = await openWithAgent(bench);
  bench.server.script(SEND, LOST);
  const sending = session.send('keep me');
  await bench.server.request(SEND);
  bench.server.script(RECONNECT, { status: 200, body: liveChatFixture('reconnect-response') });
  bench.server.restart();
  await bench.server.request(POLL, 3);
  bench.server.deliver(transcript());
  await sending;
  const [first, second] = bench.server.of(SEND);
  expect(first?.headers['x-liveagent-sequence']).toBe('2');
  expect(second).toMatchObject({ body: { text: 'keep me' } });
  expect(second?.headers).toMatchObject({ 'x-liveagent-sequence': '2', 'x-liveagent-affinity': NEW_AFFINITY });
});

test('a chat that the agent ends during the repair is told to its end', async () => {
  await using bench = await liveChatBench();
  const { reader } = await openWithAgent(bench);
  bench.server.script(POLL, LOST);
  bench.server.script(RESYNC, { status: 403, body: 'Session required but was invalid or not found' });
  moveOver(bench);
  bench.server.deliver(ENDED_BY_AGENT);
  await reader.finished;
  expect(reader.events.slice(-3)).toMatchObject([
    { type: 'reconnected' },
    { type: 'session', state: 'ended' },
    { type: 'ended', by: 'agent' },
  ]);
});

test('nothing is sent before the repair is complete', async () => {
  await using bench = await liveChatBench();
  const { session } = await openWithAgent(bench);
  bench.server.script(RECONNECT, 'hold');
  bench.server.script(POLL, LOST);
  await bench.server.request(RECONNECT);
  const sending = session.send('later');
  bench.server.restart();
  bench.server.script(RECONNECT, { status: 200, body: liveChatFixture('reconnect-response') });
  bench.server.deliver(transcript());
  await sending;
  const posts = bench.server.received.filter(({ method }) => method === 'POST').map(({ noun }) => noun);
  expect(posts.slice(-2)).toEqual([RESYNC, SEND]);
});

test('a send that waits for the repair does not need a reader', async () => {
  await using bench = await liveChatBench();
  const session = await bench.open();
  bench.server.deliver(liveChatFixture('message-chat-established'));
  bench.server.script(SEND, LOST);
  const sending = session.send('alone');
  await bench.server.request(SEND);
  moveOver(bench);
  expect(await sending).toMatchObject({ id: expect.any(String) });
});

test('a session that never lost its server goes on as before', async () => {
  await using bench = await liveChatBench();
  const { reader } = await openWithAgent(bench);
  bench.server.script(RECONNECT, { status: 405, body: 'no' });
  bench.server.script(POLL, LOST);
  await bench.server.request(POLL, 3);
  bench.server.deliver(said('still here'));
  expect(await reader.until('message')).toMatchObject({ text: 'still here' });
});

test('a chat that is only said to be there is not back before a poll has worked', async () => {
  await using bench = await liveChatBench();
  const { reader } = await openWithAgent(bench);
  bench.server.script(RECONNECT, { status: 405, body: 'no' });
  bench.server.script(POLL, LOST);
  await bench.server.request(POLL, 3);
  expect(reader.types()).not.toContain('reconnected');
  bench.server.deliver(said('still here'));
  await reader.until('message');
  expect(reader.types().slice(-3)).toEqual(['reconnecting', 'reconnected', 'message']);
});

test('attempts and pauses go on from repair to repair, and come to an end', async () => {
  await using bench = await liveChatBench();
  const { reader } = await openWithAgent(bench);
  bench.server.script(RECONNECT, ...Array(12).fill({ status: 405, body: 'no' }));
  bench.server.script(POLL, ...Array(13).fill(LOST));
  const finished = reader.finished.catch((error: unknown) => error);
  await driveUntil(bench, finished);
  expect(await finished).toMatchObject({ code: 'SESSION_LOST' });
  const attempts = reader.events.flatMap((event) => (event.type === 'reconnecting' ? event.attempt : []));
  expect(attempts).toEqual([1, 2, 3, 4, 5]);
  expect(reader.types()).not.toContain('reconnected');
});

test('a reconnect that fails is tried again', async () => {
  await using bench = await liveChatBench();
  const { reader } = await openWithAgent(bench);
  bench.server.script(RECONNECT, LOST);
  bench.server.script(POLL, LOST);
  await reader.until('reconnecting');
  await bench.server.request(RECONNECT);
  moveOver(bench);
  await driveUntil(bench, reader.until('reconnected'));
  expect(bench.server.of(RECONNECT)).toHaveLength(2);
});

test.each([403, 404])('a reconnect refused with %i loses the session', async (status) => {
  await using bench = await liveChatBench();
  const { reader } = await openWithAgent(bench);
  bench.server.script(RECONNECT, { status, body: 'no' });
  bench.server.script(POLL, LOST);
  await expect(reader.finished).rejects.toMatchObject({ code: 'SESSION_LOST' });
});

test('a send that waits for a repair learns that it failed', async () => {
  await using bench = await liveChatBench();
  const { session } = await openWithAgent(bench);
  bench.server.script(RECONNECT, { status: 403, body: 'no' });
  bench.server.script(SEND, LOST);
  await expect(session.send('x')).rejects.toMatchObject({ code: 'SESSION_LOST' });
});

test('a chat that ended during the repair has ended', async () => {
  await using bench = await liveChatBench();
  const { reader } = await openWithAgent(bench);
  bench.server.script(RECONNECT, { status: 200, body: liveChatFixture('reconnect-response') });
  bench.server.script(POLL, LOST);
  bench.server.restart();
  bench.server.deliver(transcript(), ENDED_BY_AGENT);
  await reader.finished;
  expect(reader.events.at(-1)).toMatchObject({ type: 'ended', by: 'agent' });
});

test('a server without a transcript is not waited for', async () => {
  await using bench = await liveChatBench();
  const { reader } = await openWithAgent(bench);
  bench.server.script(RECONNECT, { status: 200, body: liveChatFixture('reconnect-response') });
  bench.server.script(POLL, LOST, { status: 204 }, { status: 204 }, { status: 204 });
  await reader.until('reconnected');
  expect(bench.server.of(RESYNC)).toHaveLength(1);
});

/** Moves the clock on whenever somebody sleeps for a moment, until the work is done. */
async function driveUntil(bench: Bench, work: Promise<unknown>): Promise<void> {
  let done = false;
  const finished = work.finally(() => {
    done = true;
  });
  while (!done) {
    bench.clock.advance(1000);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await finished;
}

test.each([
  ['shows it', ['x'], 1],
  ['does not show it', [], 2],
])(
  'a message whose answer was lost is looked for in the transcript after a move, which %s',
  async (_what, texts, times) => {
    await using bench = await liveChatBench();
    const { session } = await openWithAgent(bench);
    bench.server.script(SEND, 'drop');
    bench.server.script(RECONNECT, { status: 200, body: liveChatFixture('reconnect-response') });
    const sending = session.send('x');
    await bench.clock.waitUntilSleeping(1000);
    bench.server.script(POLL, LOST);
    bench.server.restart();
    const chatMessages = texts.map((content) => ({ type: 'Chasitor', name: 'Visitor', content }));
    bench.server.deliver({ type: 'ChasitorSessionData', message: { chatMessages } });
    await bench.server.request(RESYNC);
    bench.clock.advance(1000);
    await sending;
    expect(bench.server.of(SEND)).toHaveLength(times);
  },
);
