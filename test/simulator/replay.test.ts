import { describe, expect, it, test } from 'vitest';
import { systemClock, systemRandom } from '../../src/core/clock.ts';
import type { HandoffError } from '../../src/core/errors.ts';
import type { AgentEvent, Channel } from '../../src/core/events.ts';
import { RECORDING_FORMAT, type RecordingLine } from '../../src/core/recording.ts';
import { createSecrets } from '../../src/core/redact.ts';
import { createHttp } from '../../src/http/client.ts';
import { recordHttp } from '../../src/http/record.ts';
import type { SimulatorOptions } from '../../src/simulator/model.ts';
import { replayScenario } from '../../src/simulator/replay.ts';
import { startSimulator } from '../../src/simulator/start-simulator.ts';
import { openSession } from '../../src/transport/open-session.ts';

const HEADER = {
  format: RECORDING_FORMAT,
  version: 1,
  channel: 'miaw',
  startedAt: '2026-01-01T00:00:00.000Z',
  tool: 'test',
  texts: 'kept',
};

interface Chat {
  readonly events: readonly AgentEvent[];
  readonly recording: string;
}

/** How a visitor carries the chat: one message whenever an agent or bot has come, `last` says when it has been seen whole. */
interface Visit {
  readonly messages: number;
  readonly last: (events: readonly AgentEvent[]) => boolean;
}

/** One chat of our client with the simulator, kept as `--record` would. */
async function chat(channel: Channel, simulated: SimulatorOptions, visit: Visit): Promise<Chat> {
  await using simulator = await startSimulator({ pace: 0, ...simulated });
  const inner = await createHttp({ timeoutMs: 5000, env: {}, clock: systemClock, userAgent: 'test' });
  const lines: RecordingLine[] = [];
  const secrets = createSecrets();
  const http = recordHttp(inner, {
    clock: systemClock,
    secrets,
    startedAt: systemClock.now(),
    keepTexts: true,
    write: async (line) => void lines.push(line),
  });
  const signal = AbortSignal.timeout(15_000);
  const deps = { http, clock: systemClock, random: systemRandom, secrets, signal, timeoutMs: 5000 };
  const events: AgentEvent[] = [];
  const session = await openSession(simulator.values[channel], {}, deps);
  let sent = 0;
  try {
    for await (const event of session.events()) {
      events.push(event);
      const isThere = events.some(({ type }) => type === 'joined');
      if (isThere && sent < visit.messages && (sent === 0 || event.type === 'message')) {
        sent += 1;
        await session.send(`message ${sent}`);
      }
      if (visit.last(events)) break;
    }
  } finally {
    await session.end().catch(() => undefined);
    await session[Symbol.asyncDispose]();
    await inner.close();
  }
  return { events, recording: [{ ...HEADER, channel }, ...lines].map((line) => JSON.stringify(line)).join('\n') };
}

/** Without what differs from chat to chat. */
function essence(events: readonly AgentEvent[]): readonly unknown[] {
  return events.map((event) => {
    switch (event.type) {
      case 'unknown':
        return { type: event.type, wireType: event.wireType };
      case 'message':
      case 'sent':
        return { ...event, at: 0, id: '' };
      case 'receipt':
        return { ...event, at: 0, messageId: '' };
      case 'started':
        return { type: event.type, channel: event.channel };
      case 'reconnecting':
        return { type: event.type };
      case 'reconnected':
        return { type: event.type };
      default:
        return { ...event, at: 0 };
    }
  });
}

const messages = (count: number) => (events: readonly AgentEvent[]) =>
  events.filter(({ type }) => type === 'message').length >= count;
const seen = (type: AgentEvent['type']) => (events: readonly AgentEvent[]) =>
  events.some((event) => event.type === type);

const COURSES: readonly (readonly [string, Visit])[] = [
  ['happy-path', { messages: 1, last: messages(3) }],
  ['transfer', { messages: 1, last: messages(3) }],
  ['transfer-abrupt', { messages: 2, last: messages(2) }],
  ['transfer-failed', { messages: 2, last: messages(3) }],
  ['conference', { messages: 2, last: messages(3) }],
  ['queue', { messages: 1, last: messages(2) }],
  ['agent-ends', { messages: 1, last: seen('ended') }],
  ['declined', { messages: 0, last: seen('rejected') }],
  ['nobody', { messages: 0, last: seen('rejected') }],
  ['forms', { messages: 1, last: messages(7) }],
  ['unknown-event', { messages: 1, last: messages(1) }],
  ['bot-first', { messages: 1, last: messages(3) }],
  ['streaming', { messages: 1, last: messages(1) }],
  ['inactivity', { messages: 0, last: seen('ended') }],
  ['agent-drops', { messages: 2, last: messages(3) }],
];

describe.each<Channel>(['miaw', 'live-chat'])('a recording of a chat over %s', (channel) => {
  test.each(COURSES)('of %s plays back with the same events', async (scenario, visit) => {
    const first = await chat(channel, { scenario }, visit);
    const again = await chat(channel, { script: replayScenario(first.recording, 'chat.jsonl') }, visit);
    expect(essence(again.events)).toEqual(essence(first.events));
  });
});

/** What must not differ where a race decides when a receipt or typing is told. */
function story(events: readonly AgentEvent[]) {
  return {
    texts: events.flatMap((event) => (event.type === 'message' ? [event.text] : [])),
    reconnected: events.some(({ type }) => type === 'reconnected'),
  };
}

const BREAKS: readonly (readonly [Channel, string])[] = [
  ['miaw', 'stream-drop'],
  ['live-chat', 'poll-drop'],
  ['live-chat', 'server-moved'],
];

test.each(BREAKS)('over %s, the break of %s is played back too, and nothing is lost', async (channel, scenario) => {
  const visit = { messages: 1, last: messages(4) };
  const first = await chat(channel, { scenario, pace: 0.4 }, visit);
  const again = await chat(channel, { script: replayScenario(first.recording, 'chat.jsonl'), pace: 1 }, visit);
  expect(story(again.events)).toEqual(story(first.events));
});

describe('a file that cannot be played back', () => {
  const refusal = (text: string) => {
    try {
      replayScenario(text, 'chat.jsonl');
    } catch (thrown) {
      const { code, message, hint } = thrown as HandoffError;
      return { code, message, hint };
    }
    return undefined;
  };
  const header = JSON.stringify(HEADER);

  it.each([
    ['nothing', ''],
    ['some other text', 'hello\nworld'],
    ['a JSON document', '{"events":[]}'],
    ['a list', '[]'],
  ])('is told apart from a recording: %s', (_, text) => {
    expect(refusal(text)).toMatchObject({
      code: 'RECORDING_INVALID',
      message: 'chat.jsonl is not a recording of sf-handoff',
    });
  });

  it('names the version where it is a newer one', () => {
    expect(refusal(JSON.stringify({ ...HEADER, version: 2 }))).toEqual({
      code: 'RECORDING_INVALID',
      message: 'chat.jsonl was recorded in version 2 of the format; this sf-handoff reads version 1',
      hint: 'play it back with the sf-handoff that recorded it, or a newer one',
    });
  });

  it('names the line that is broken', () => {
    expect(refusal(`${header}\n{"at":1,"exch\n{"at":2,"exchange":1,"type":"end","by":"client"}\n`)).toMatchObject({
      message: 'Line 2 of chat.jsonl is broken',
    });
  });

  it('says that no chat was opened', () => {
    expect(refusal(`${header}\n`)).toMatchObject({ message: expect.stringContaining('no chat was opened') });
  });
});

describe('a recording that a crash has cut off', () => {
  const request = {
    at: 0,
    type: 'request',
    exchange: 1,
    method: 'POST',
    origin: 'https://example.com',
    path: '/iamessage/api/v2/conversation',
    headers: {},
  };

  it('plays up to the last whole line', () => {
    const text = `${JSON.stringify(HEADER)}\n${JSON.stringify(request)}\n{"at":12,"type":"eve`;
    expect(replayScenario(text, 'chat.jsonl')).toMatchObject({ name: 'replay', steps: [] });
  });

  it('skips kinds of lines that are not known yet', () => {
    const later = { at: 3, exchange: 1, type: 'weather', sky: 'blue' };
    const text = [HEADER, request, later].map((line) => JSON.stringify(line)).join('\n');
    expect(replayScenario(text, 'chat.jsonl').steps).toEqual([]);
  });
});
