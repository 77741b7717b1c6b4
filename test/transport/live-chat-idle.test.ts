import { expect, test } from 'vitest';
import { idleAlarmAt, idleDue } from '../../src/transport/live-chat-idle.ts';
import { agent, type Bench, liveChatBench, openChat } from '../support/live-chat-session.ts';

const IDLE = 'Chasitor/ChasitorIdleTimeoutWarningEvent';
const END = 'Chasitor/ChatEnd';
const LIMITS = { warningMs: 5000, timeoutMs: 10_000 };

async function openIdle(bench: Bench) {
  const chat = await openChat(bench);
  bench.server.deliver(agent({ chasitorIdleTimeout: { isEnabled: true, warningTime: 5, timeout: 10 } }));
  await chat.reader.until('joined');
  await bench.server.request('System/Messages', 2);
  await bench.clock.waitUntilSleeping(5000);
  return chat;
}

test('without limits there is no alarm', () => {
  expect(idleAlarmAt({ limits: undefined, since: 0, warned: false })).toBeUndefined();
});

test('the first alarm is the warning, the second the end', () => {
  const watch = { limits: LIMITS, since: 100, warned: false };
  expect([idleAlarmAt(watch), idleAlarmAt({ ...watch, warned: true })]).toEqual([5100, 10_100]);
});

test('a warning behind the end is left out', () => {
  const watch = { limits: { warningMs: 20_000, timeoutMs: 10_000 }, since: 0, warned: false };
  expect([idleAlarmAt(watch), idleDue(watch, 10_000)]).toEqual([10_000, 'end']);
});

test('nothing is due before its time', () => {
  expect(idleDue({ limits: LIMITS, since: 0, warned: false }, 4999)).toBeUndefined();
});

test('a warning is due once', () => {
  const watch = { limits: LIMITS, since: 0, warned: false };
  expect([idleDue(watch, 5000), idleDue({ ...watch, warned: true }, 6000)]).toEqual(['warn', undefined]);
});

test('a silent visitor is warned, and the agent is told', async () => {
  await using bench = await liveChatBench();
  const { reader } = await openIdle(bench);
  bench.clock.advance(5000);
  expect((await bench.server.request(IDLE)).body).toEqual({ idleTimeoutWarningEvent: 'triggered' });
  await reader.until((event) => event.type === 'session' && event.state === 'inactive');
});

test('a visitor who speaks again takes the warning back', async () => {
  await using bench = await liveChatBench();
  const { session, reader } = await openIdle(bench);
  bench.clock.advance(5000);
  await bench.server.request(IDLE);
  await session.send('I am here');
  expect((await bench.server.request(IDLE, 2)).body).toEqual({ idleTimeoutWarningEvent: 'cleared' });
  await reader.until((event) => event.type === 'session' && event.state === 'active', 2);
});

test('typing is activity, too', async () => {
  await using bench = await liveChatBench();
  const { session } = await openIdle(bench);
  bench.clock.advance(5000);
  await bench.server.request(IDLE);
  await session.typing(true);
  expect((await bench.server.request(IDLE, 2)).body).toEqual({ idleTimeoutWarningEvent: 'cleared' });
});

test('a message before the warning puts it off', async () => {
  await using bench = await liveChatBench();
  const { session } = await openIdle(bench);
  bench.clock.advance(4000);
  await session.send('still here');
  bench.clock.advance(1000);
  await bench.clock.waitUntilSleeping(4000);
  expect(bench.server.of(IDLE)).toHaveLength(0);
});

test('a visitor who stays silent has ended the chat', async () => {
  await using bench = await liveChatBench();
  const { session, reader } = await openIdle(bench);
  bench.clock.advance(5000);
  await bench.clock.waitUntilSleeping(5000);
  bench.clock.advance(5000);
  await reader.finished;
  expect((await bench.server.request(END)).body).toEqual({ reason: 'clientIdleTimeout' });
  expect(reader.events.slice(-2)).toMatchObject([
    { type: 'session', state: 'ended' },
    { type: 'ended', by: 'system', reason: 'clientIdleTimeout' },
  ]);
  expect(session.closed).toBe(true);
});

test('the poll stays open through warnings', async () => {
  await using bench = await liveChatBench();
  const { reader } = await openIdle(bench);
  bench.clock.advance(5000);
  await reader.until((event) => event.type === 'session' && event.state === 'inactive');
  expect([bench.server.of('System/Messages').length, bench.server.mostPolls]).toEqual([2, 1]);
});

test('an agent’s message is no activity of the visitor', async () => {
  await using bench = await liveChatBench();
  const { reader } = await openIdle(bench);
  bench.clock.advance(4000);
  bench.server.deliver({ type: 'ChatMessage', message: { text: 'Hello?' } });
  await reader.until('message');
  bench.clock.advance(1000);
  expect((await bench.server.request(IDLE)).body).toEqual({ idleTimeoutWarningEvent: 'triggered' });
});

test('a clock that leaps an hour ahead warns first and leaves the time between warning and end', async () => {
  await using bench = await liveChatBench();
  const { reader } = await openIdle(bench);
  bench.clock.advance(3_600_000);
  await bench.server.request(IDLE);
  await bench.clock.waitUntilSleeping(5000);
  expect([bench.server.of(END).length, reader.types().includes('ended')]).toEqual([0, false]);
});

test('a clock that is set back puts the warning off once, not by an hour', async () => {
  await using bench = await liveChatBench();
  await openIdle(bench);
  bench.clock.leap(-3_600_000);
  bench.clock.advance(5000);
  await bench.clock.waitUntilSleeping(5000);
  bench.clock.advance(5000);
  expect((await bench.server.request(IDLE)).body).toEqual({ idleTimeoutWarningEvent: 'triggered' });
});
