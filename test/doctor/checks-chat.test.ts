import { describe, expect, test } from 'vitest';
import type { Check } from '../../src/core/check.ts';
import { systemClock } from '../../src/core/clock.ts';
import type { HandoffConfig } from '../../src/core/config.ts';
import { HandoffError } from '../../src/core/errors.ts';
import type { AgentEventBody } from '../../src/core/events.ts';
import { CHAT_CHECKS } from '../../src/doctor/checks/chat.ts';
import { createProbe, type Probe } from '../../src/doctor/probe.ts';
import { runChecks } from '../../src/doctor/run-checks.ts';
import { manualClock } from '../support/manual-clock.ts';
import { liveChatConfig, miawConfig, statuses, validValues } from './local-service.ts';
import { type Script, type ScriptedChat, scriptedChat } from './scripted-chat.ts';

const QUEUED: AgentEventBody = { type: 'queued', position: 2, estimatedWaitSeconds: 60 };
const AGENT: AgentEventBody = { type: 'joined', participant: { role: 'agent', name: 'Maria Lopez' } };
const BOT: AgentEventBody = { type: 'joined', participant: { role: 'bot', name: 'Acme Bot' } };
const MIAW = miawConfig('http://127.0.0.1:9');

interface Setting {
  readonly config?: HandoffConfig;
  readonly clock?: typeof systemClock;
  readonly signal?: AbortSignal;
  readonly ids?: readonly string[];
  readonly timeoutMs?: number;
}

/** Runs the checks of the chat alone, and closes the probe. */
async function ring(chat: ScriptedChat, setting: Setting = {}) {
  const { config = MIAW, clock = systemClock, signal = new AbortController().signal, timeoutMs = 1000 } = setting;
  const refuse = () => Promise.reject(new Error('the chat is scripted'));
  const http = { request: refuse, stream: refuse, resolve: refuse, connect: refuse, handshake: refuse, close: refuse };
  const parts = { http, clock, signal, timeoutMs, level: 'chat' as const, openChat: chat.open, agentWithinMs: 30_000 };
  const secrets = { add: () => undefined, redact: (text: string) => text };
  const random = { next: () => 0, uuid: () => 'b2f1c0de-0000-4000-8000-000000000002' };
  const checks: Check<Probe>[] = CHAT_CHECKS.filter((check) => setting.ids?.includes(check.id) ?? true);
  const results = [];
  await using probe = createProbe({ ...parts, secrets, random, validation: validValues(config), config });
  for await (const result of runChecks(checks, probe, parts)) results.push(result);
  return Object.fromEntries(results.map((result) => [result.id, result]));
}

/** Rings with a clock that is moved past the wait for an agent as soon as somebody waits. */
async function ringInVain(script: Script, config: HandoffConfig = MIAW) {
  const chat = scriptedChat(script);
  const clock = manualClock();
  const running = ring(chat, { clock, config });
  await chat.told;
  // One turn of the event loop, so that whoever waited for these events has gone on to wait for the agent.
  await new Promise(setImmediate);
  clock.advance(30_000);
  return { results: await running, done: chat.done };
}

describe('a chat that an agent takes', () => {
  test('passes every stage', async () => {
    const results = await ring(scriptedChat({ events: [QUEUED, AGENT] }));
    expect(statuses(results)).toEqual({
      'chat.open': 'pass',
      'chat.every-session': 'skip',
      'chat.routing': 'pass',
      'chat.agent': 'pass',
      'chat.message': 'pass',
      'chat.close': 'pass',
    });
  });

  test('tells queue, agent and conversation', async () => {
    const results = await ring(scriptedChat({ events: [QUEUED, AGENT] }));
    expect(results['chat.open']).toMatchObject({ detail: 'b2f1c0de-0000-4000-8000-000000000001' });
    expect(results['chat.routing']).toMatchObject({ detail: 'queued, position 2, about 60 s to wait' });
    expect(results['chat.agent']).toMatchObject({ detail: expect.stringMatching(/^Maria Lopez after \d+ ms$/) });
  });

  test('is opened once, written to once, and closed once', async () => {
    const chat = scriptedChat({ events: [QUEUED, AGENT] });
    await ring(chat);
    expect(chat.done).toEqual(['open', 'send', 'end', 'dispose']);
  });

  test('may be joined without a word about its queue', async () => {
    const results = await ring(scriptedChat({ events: [AGENT] }));
    expect(results['chat.routing']).toMatchObject({ status: 'pass', detail: 'routed' });
  });

  test('may be begun by a bot', async () => {
    const results = await ring(scriptedChat({ events: [BOT, QUEUED, AGENT] }));
    expect(results['chat.agent']?.status).toBe('pass');
  });
});

describe('a chat that nobody takes', () => {
  test('fails at the agent, with what the routing knows, and is closed', async () => {
    const { results, done } = await ringInVain({
      events: [QUEUED],
      routing: { routed: true, offered: 2, declined: 1 },
    });
    expect(results['chat.agent']).toMatchObject({
      status: 'fail',
      cause: 'NO_AGENT_AVAILABLE',
      message: 'No agent joined within 30 s: offered 2 ×, declined 1 ×',
      step: 'miaw.1',
    });
    expect(done).toEqual(['open', 'end', 'dispose']);
  });

  test('still passes its close, and skips its message', async () => {
    const { results } = await ringInVain({ events: [QUEUED] });
    expect(results['chat.message']).toMatchObject({ reason: 'not asked, because chat.agent failed' });
    expect(results['chat.close']).toMatchObject({ status: 'pass', detail: 'closed, nothing left open' });
  });

  test('but a bot says so', async () => {
    const { results } = await ringInVain({ events: [BOT] });
    expect(results['chat.agent']).toMatchObject({
      cause: 'NO_AGENT_AVAILABLE',
      message: 'A bot took the chat, and no human agent joined within 30 s',
    });
  });

  test('and that was never routed fails at the routing', async () => {
    const { results } = await ringInVain({});
    expect(results['chat.routing']).toMatchObject({ status: 'fail', cause: 'NEVER_ROUTED', step: 'miaw.1' });
    expect(results['chat.agent']).toMatchObject({ reason: 'not asked, because chat.routing failed' });
  });

  test('and that was never routed points to the URL where the channel is Live Chat', async () => {
    const { results } = await ringInVain({}, liveChatConfig('http://127.0.0.1:9'));
    expect(results['chat.routing']).toMatchObject({ cause: 'NEVER_ROUTED', step: 'live-chat.2' });
  });

  test('counts as routed where the service has noted so', async () => {
    const { results } = await ringInVain({ routing: { routed: true } });
    expect(results['chat.routing']?.status).toBe('pass');
  });

  test('because it was rejected fails at the agent at once', async () => {
    const rejected: AgentEventBody = { type: 'rejected', reason: 'all have declined', code: 'NO_AGENT_AVAILABLE' };
    const results = await ring(scriptedChat({ events: [rejected] }), { config: liveChatConfig('http://127.0.0.1:9') });
    expect(results['chat.routing']?.status).toBe('pass');
    expect(results['chat.agent']).toMatchObject({
      cause: 'NO_AGENT_AVAILABLE',
      message: 'No agent took the chat: all have declined',
      step: 'live-chat.verify',
    });
  });

  test('because the visitor is blocked fails at the routing', async () => {
    const rejected: AgentEventBody = { type: 'rejected', reason: 'blocked', code: 'VISITOR_BLOCKED' };
    const results = await ring(scriptedChat({ events: [rejected] }));
    expect(results['chat.routing']).toMatchObject({ status: 'fail', cause: 'VISITOR_BLOCKED' });
  });

  test.each([
    [MIAW, 'miaw.1'],
    [liveChatConfig('http://127.0.0.1:9'), 'live-chat.verify'],
  ])('because the service failed has a step', async (config, step) => {
    const rejected: AgentEventBody = { type: 'rejected', reason: 'InternalFailure', code: 'SERVICE_ERROR' };
    const results = await ring(scriptedChat({ events: [rejected] }), { config });
    expect(results['chat.routing']).toMatchObject({ status: 'fail', cause: 'SERVICE_ERROR', step });
  });

  test('because of a reason of the service’s own is rejected', async () => {
    const rejected: AgentEventBody = { type: 'rejected', reason: 'odd', code: 'toString' };
    const results = await ring(scriptedChat({ events: [rejected] }));
    expect(results['chat.routing']).toMatchObject({ cause: 'REQUEST_REJECTED', message: 'The chat was refused: odd' });
  });

  test('because it ended fails at the agent', async () => {
    const results = await ring(scriptedChat({ events: [QUEUED, { type: 'ended', by: 'system', reason: 'closed' }] }));
    expect(results['chat.agent']).toMatchObject({
      cause: 'CHAT_ENDED_EARLY',
      message: 'The chat ended before an agent joined: closed',
    });
  });

  test.each(['agentsUnavailable', 'agentPushTimeout'])('because of %s found no agent', async (reason) => {
    const { results } = await ringInVain({ events: [QUEUED, { type: 'ended', by: 'system', reason }] });
    expect(results['chat.agent']).toMatchObject({
      cause: 'NO_AGENT_AVAILABLE',
      message: `No agent took the chat: ${reason}`,
    });
  });
});

describe('a chat that breaks', () => {
  test.each(['REQUEST_REJECTED', 'ACCESS_DENIED'] as const)('at the handshake by %s has a step', async (code) => {
    const handshake = () => Promise.reject(new HandoffError(code));
    const results = await ring(scriptedChat({ handshake }), { ids: ['chat.open'] });
    expect(results['chat.open']).toMatchObject({ status: 'fail', cause: code, step: 'miaw.capabilities' });
  });

  test.each([
    [MIAW, 'miaw.1'],
    [liveChatConfig('http://127.0.0.1:9'), 'live-chat.verify'],
  ])('by an end before the agent has a step', async (config, step) => {
    const results = await ring(scriptedChat({ events: [QUEUED, { type: 'ended', by: 'system' }] }), { config });
    expect(results['chat.agent']).toMatchObject({ cause: 'CHAT_ENDED_EARLY', step });
  });

  test('by a session that is lost has a step', async () => {
    const error = { code: 'SESSION_LOST', message: 'gone', hint: 'again' };
    const config = liveChatConfig('http://127.0.0.1:9');
    const results = await ring(scriptedChat({ events: [{ type: 'error', error }] }), { config });
    expect(results['chat.routing']).toMatchObject({ cause: 'SESSION_LOST', step: 'live-chat.verify' });
  });

  test('at the handshake fails to open, and skips the rest', async () => {
    const handshake = () => Promise.reject(new HandoffError('CHANNEL_INACTIVE'));
    const results = await ring(scriptedChat({ handshake }));
    expect(Object.values(results)).toMatchObject([
      { status: 'fail', cause: 'CHANNEL_INACTIVE' },
      { id: 'chat.every-session', status: 'skip' },
      ...Array.from({ length: 4 }, () => ({ status: 'skip', reason: 'not asked, because chat.open failed' })),
    ]);
  });

  test('at the message fails there, and is closed', async () => {
    const send = () => Promise.reject(new HandoffError('MESSAGE_NOT_CONFIRMED'));
    const chat = scriptedChat({ events: [QUEUED, AGENT], send });
    const results = await ring(chat);
    expect(results['chat.message']).toMatchObject({ status: 'fail', cause: 'MESSAGE_NOT_CONFIRMED' });
    expect(chat.done).toContain('end');
  });

  test('by an end before the message has a step', async () => {
    const send = () => Promise.reject(new HandoffError('CHAT_ENDED_EARLY'));
    const results = await ring(scriptedChat({ events: [QUEUED, AGENT], send }));
    expect(results['chat.message']).toMatchObject({ cause: 'CHAT_ENDED_EARLY', step: 'miaw.capabilities' });
  });

  test('at the message for longer than the limit is not confirmed', async () => {
    const send = () => new Promise<never>(() => {});
    const results = await ring(scriptedChat({ events: [QUEUED, AGENT], send }), { timeoutMs: 50 });
    expect(results['chat.message']).toMatchObject({ cause: 'MESSAGE_NOT_CONFIRMED' });
  });

  test('at its end stays open, and says so', async () => {
    const end = () => Promise.reject(new HandoffError('CHAT_LEFT_OPEN'));
    const chat = scriptedChat({ events: [QUEUED, AGENT], end });
    const results = await ring(chat);
    expect(results['chat.close']).toMatchObject({ status: 'fail', cause: 'CHAT_LEFT_OPEN' });
    expect(chat.done).toContain('dispose');
  });

  test('at its end for longer than the limit passes where the hard stop has closed it', async () => {
    let closed = false;
    const session = scriptedChat({ events: [QUEUED, AGENT], end: () => new Promise<never>(() => {}) });
    const open: ScriptedChat['open'] = async (...chat) => {
      const inner = await session.open(...chat);
      const dispose = async () => {
        closed = true;
        await inner[Symbol.asyncDispose]();
      };
      const outer = { ...inner, [Symbol.asyncDispose]: dispose };
      return Object.defineProperty(outer, 'closed', { get: () => closed });
    };
    const results = await ring({ ...session, open }, { timeoutMs: 50 });
    expect(results['chat.close']?.status).toBe('pass');
  });

  test('at its end for longer than the limit is disposed of all the same', async () => {
    const chat = scriptedChat({ events: [QUEUED, AGENT], end: () => new Promise<never>(() => {}) });
    const results = await ring(chat, { timeoutMs: 50 });
    expect(results['chat.close']).toMatchObject({ cause: 'CHAT_LEFT_OPEN' });
    expect(chat.done).toContain('dispose');
  });
});

describe('an agent who leaves at once', () => {
  const left: AgentEventBody = { type: 'left', participant: { role: 'agent', name: 'Maria Lopez' } };

  test.each([
    [MIAW, 'miaw.1'],
    [liveChatConfig('http://127.0.0.1:9'), 'live-chat.verify'],
  ])('and is followed by nobody fails the message', async (config, step) => {
    const results = await ring(scriptedChat({ events: [QUEUED, AGENT, left] }), { config, timeoutMs: 50 });
    expect(results['chat.message']).toMatchObject({ status: 'fail', cause: 'NO_AGENT_AVAILABLE', step });
  });

  test('and is followed by a colleague is no alarm', async () => {
    const results = await ring(scriptedChat({ events: [QUEUED, AGENT, left, AGENT] }), { timeoutMs: 50 });
    expect(results['chat.message']?.status).toBe('pass');
  });

  test('and ends the chat is no alarm', async () => {
    const events: AgentEventBody[] = [QUEUED, AGENT, left, { type: 'ended', by: 'agent' }];
    const results = await ring(scriptedChat({ events }), { timeoutMs: 50 });
    expect(results['chat.message']?.status).toBe('pass');
  });
});

describe('a chat that breaks at the message', () => {
  test.each([
    ['SESSION_LOST', MIAW, 'miaw.capabilities'],
    ['REQUEST_REJECTED', MIAW, 'miaw.capabilities'],
    ['SESSION_LOST', liveChatConfig('http://127.0.0.1:9'), 'live-chat.verify'],
    ['ACCESS_DENIED', liveChatConfig('http://127.0.0.1:9'), 'live-chat.verify'],
  ] as const)('by %s has a step', async (code, config, step) => {
    const send = () => Promise.reject(new HandoffError(code));
    const results = await ring(scriptedChat({ events: [QUEUED, AGENT], send }), { config });
    expect(results['chat.message']).toMatchObject({ status: 'fail', cause: code, step });
  });
});

describe('what is left behind', () => {
  test('is nothing where only the opening was asked for', async () => {
    const chat = scriptedChat({ events: [QUEUED] });
    const results = await ring(chat, { ids: ['chat.open'] });
    expect([statuses(results), chat.done]).toEqual([{ 'chat.open': 'pass' }, ['open', 'end', 'dispose']]);
  });

  test('is nothing after an interrupt while an agent is waited for', async () => {
    const controller = new AbortController();
    const chat = scriptedChat({ events: [QUEUED] });
    const running = ring(chat, { signal: controller.signal });
    await chat.told;
    controller.abort(new HandoffError('INTERRUPTED'));
    await expect(running).rejects.toMatchObject({ code: 'INTERRUPTED' });
    expect(chat.done).toEqual(['open', 'end', 'dispose']);
  });

  test('is nothing after an interrupt of the handshake, which is stopped', async () => {
    const controller = new AbortController();
    const handshake = (signal: AbortSignal) =>
      new Promise<void>((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
        controller.abort(new HandoffError('INTERRUPTED'));
      });
    const chat = scriptedChat({ handshake });
    await expect(ring(chat, { signal: controller.signal })).rejects.toMatchObject({ code: 'INTERRUPTED' });
    expect(chat.done).toEqual([]);
  });
});

test('below level chat no chat can be asked for', async () => {
  const chat = scriptedChat();
  const validation = validValues(MIAW);
  const refuse = () => Promise.reject(new Error('nothing is asked'));
  const http = { request: refuse, stream: refuse, resolve: refuse, connect: refuse, handshake: refuse, close: refuse };
  await using probe = createProbe({
    validation,
    config: MIAW,
    http,
    clock: systemClock,
    random: { next: () => 0, uuid: () => '' },
    secrets: { add: () => undefined, redact: (text) => text },
    signal: new AbortController().signal,
    timeoutMs: 1000,
    level: 'service',
    openChat: chat.open,
  });
  expect(() => probe.chat()).toThrow('below --level chat');
});
