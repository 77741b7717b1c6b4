import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { systemRandom } from '../../src/core/clock.ts';
import type { AgentEventBody, MessageEvent, Participant } from '../../src/core/events.ts';
import type { LiveChatMessage } from '../../src/protocol/live-chat.ts';
import { createEncoder, type Encode, type EncoderOptions } from '../../src/simulator/live-chat-encode.ts';
import { fileOutcome, sessionData } from '../../src/simulator/live-chat-messages.ts';

const SAM: Participant = { name: 'Sam A', role: 'agent' };
const KIM: Participant = { name: 'Kim B', role: 'agent' };
const BOT: Participant = { name: 'Acme Bot', role: 'bot' };

function encoder(options: Partial<EncoderOptions> = {}): Encode {
  return createEncoder({
    visitorId: '3f0c9b1e-7a52-4d7e-9c31-5b8e2a64d0f7',
    details: [],
    receiveQueueUpdates: true,
    idle: { isEnabled: true, warningTime: 60, timeout: 120 },
    baseUrl: 'http://127.0.0.1:1',
    random: systemRandom,
    typingDisorder: () => false,
    expectFile: () => undefined,
    ...options,
  });
}

/** Plays the events and gives what the last one became. */
function last(events: readonly AgentEventBody[], options: Partial<EncoderOptions> = {}): readonly LiveChatMessage[] {
  const encode = encoder(options);
  return events.map((event) => encode(event)).at(-1) ?? [];
}

function typesOf(events: readonly AgentEventBody[]): readonly string[] {
  const encode = encoder();
  return events.flatMap((event) => encode(event)).map((message) => message.type);
}

/** The body of the last message of that type. */
function bodyOf(type: string, events: readonly AgentEventBody[]): Record<string, unknown> {
  const encode = encoder();
  const found = events.flatMap((event) => encode(event)).findLast((message) => message.type === type);
  if (!found) throw new Error(`no ${type} was encoded`);
  return found.message as Record<string, unknown>;
}

function joins(participant: Participant): AgentEventBody {
  return { type: 'joined', participant };
}

function leaves(participant: Participant): AgentEventBody {
  return { type: 'left', participant };
}

function transfer(state: 'requested' | 'completed' | 'failed', to?: string): AgentEventBody {
  return to === undefined ? { type: 'transferred', state } : { type: 'transferred', state, to };
}

function says(from: Participant, parts: Partial<MessageEvent> = {}): MessageEvent {
  return { type: 'message', id: '1', from, text: 'Hello', format: 'text', ...parts };
}

function fixture(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../fixtures/wire/live-chat/${name}.json`, import.meta.url), 'utf8'));
}

/** Keys and types of a value without its contents; a list counts by its first entry. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? 'list' : [shapeOf(value[0])];
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shapeOf(inner)]));
}

describe('the shape of each message is that of the neutral fixture', () => {
  const options = [
    { id: '0', title: 'Delivery' },
    { id: '1', title: 'Refund' },
  ];
  const off = { idle: { isEnabled: false } };
  const line = { type: 'Agent', name: 'Sam A', content: 'Hello', timestamp: 1 } as const;
  test.each<[string, LiveChatMessage | undefined]>([
    ['message-chat-request-success', last([{ type: 'queued', position: 1, estimatedWaitSeconds: 9 }])[0]],
    ['message-chat-request-fail', last([{ type: 'rejected', reason: 'x', code: 'Unavailable' }])[0]],
    ['message-queue-update', last([{ type: 'queued' }, { type: 'queued', position: 2, estimatedWaitSeconds: 45 }])[0]],
    ['message-chat-established', last([{ type: 'queued' }, joins(SAM)])[0]],
    ['message-chat-message', last([{ type: 'queued' }, says(SAM)])[0]],
    ['message-agent-typing', last([{ type: 'typing', participant: SAM, active: true }])[0]],
    ['message-agent-disconnect', last([joins(SAM), leaves(SAM)])[0]],
    ['message-chat-transferred', last([joins(SAM), transfer('requested'), joins(KIM)], off)[0]],
    ['message-transfer-to-button-initiated', last([joins(SAM), transfer('requested')])[0]],
    ['message-chat-resumed-after-transfer', last([joins(SAM), transfer('requested'), transfer('failed')])[0]],
    ['message-agent-joined-conference', last([joins(SAM), joins(KIM)])[0]],
    ['message-file-transfer', last([{ type: 'queued' }, says(SAM, { format: 'file-request' })])[0]],
    ['message-rich-message', last([{ type: 'queued' }, says(BOT, { format: 'choices', options })])[0]],
    ['message-chasitor-session-data', sessionData([line, line])],
  ])('%s', (name, message) => {
    expect(shapeOf(message)).toEqual(shapeOf(fixture(name)));
  });

  test('message-chat-ended', () => {
    expect(last([joins(SAM), { type: 'ended', by: 'agent' }])).toEqual([
      { type: 'ChatEnded', message: { reason: 'agent', attachedRecords: [expect.stringMatching(/^500\w{12}$/)] } },
    ]);
  });
});

describe('people', () => {
  test('whoever comes first is preceded by the acceptance of the request', () => {
    expect(typesOf([joins(SAM)])).toEqual(['ChatRequestSuccess', 'ChatEstablished']);
  });

  test('a second agent without a transfer is a conference', () => {
    expect(typesOf([joins(SAM), joins(KIM), leaves(KIM)]).slice(2)).toEqual([
      'AgentJoinedConference',
      'AgentLeftConference',
    ]);
  });

  test('the last one to leave has lost the connection', () => {
    expect(typesOf([joins(SAM), joins(KIM), leaves(SAM), leaves(KIM)]).slice(3)).toEqual([
      'AgentLeftConference',
      'AgentDisconnect',
    ]);
  });

  test('who takes an abandoned chat over is told as a transfer', () => {
    expect(typesOf([joins(SAM), leaves(SAM), joins(KIM)]).at(-1)).toBe('ChatTransferred');
  });

  test('who lost the connection and comes back simply writes on', () => {
    const back = typesOf([joins(SAM), leaves(SAM), joins(SAM), says(SAM), joins(KIM)]);
    expect(back.slice(2)).toEqual(['AgentDisconnect', 'ChatMessage', 'AgentJoinedConference']);
  });

  test.each([
    ['who leaves before the new one joins', [leaves(SAM), joins(KIM), transfer('completed', 'Kim B')]],
    ['who leaves after the new one joined', [joins(KIM), leaves(SAM), transfer('completed', 'Kim B')]],
    ['to a queue by name', [joins(KIM), leaves(SAM), transfer('completed', 'Billing')]],
    ['completed without a name before the new one joins', [transfer('completed'), leaves(SAM), joins(KIM)]],
    ['completed by name before the new one joins', [transfer('completed', 'Kim B'), joins(KIM), leaves(SAM)]],
  ])('a transfer is told once by one %s', (_, rest) => {
    const told = typesOf([joins(SAM), transfer('requested', 'Billing'), ...rest]).slice(2);
    expect(told).toEqual(['TransferToButtonInitiated', 'ChatTransferred']);
  });

  test('a transfer that was never announced is told by its completion', () => {
    const [told] = last([joins(SAM), transfer('completed', 'Kim B')]);
    expect(told).toMatchObject({ type: 'ChatTransferred', message: { name: 'Kim B' } });
  });

  test('a second transfer is told as the first was', () => {
    const once = [transfer('requested'), leaves(SAM), joins(KIM), transfer('completed')];
    const back = [transfer('requested'), leaves(KIM), joins(SAM), transfer('completed')];
    expect(typesOf([joins(SAM), ...once, ...back]).slice(4)).toEqual(['TransferToButtonInitiated', 'ChatTransferred']);
  });

  test('after a failed transfer the first agent is named and still there', () => {
    const [resumed] = last([joins(SAM), transfer('requested'), leaves(SAM), transfer('failed')]);
    expect(resumed).toEqual({ type: 'ChatResumedAfterTransfer', message: { name: 'Sam A' } });
  });

  test.each([
    [BOT, true],
    [KIM, false],
  ])('a transfer to %j says whether it is to a bot', (participant, isTransferToBot) => {
    const [told] = last([joins(SAM), transfer('requested'), joins(participant)]);
    expect(told).toMatchObject({ message: { isTransferToBot } });
  });

  test('a bot comes with a footer menu, a human with none', () => {
    const items = [BOT, SAM]
      .map((one) => bodyOf('ChatEstablished', [joins(one)]).items)
      .map((list) => (list as []).length);
    expect(items).toEqual([1, 0]);
  });

  test('the visitor and the system neither join nor leave', () => {
    const visitor: Participant = { role: 'visitor' };
    expect(typesOf([joins(visitor), leaves(visitor), joins({ role: 'system' })])).toEqual([]);
  });

  test('an agent keeps the user id over all messages, of the right form', () => {
    const established = bodyOf('ChatEstablished', [joins(SAM)]);
    const message = bodyOf('ChatMessage', [joins(SAM), says(SAM)]);
    expect([message.agentId, established.userId]).toEqual([
      established.userId,
      expect.stringMatching(/^005[0-9A-Za-z]{12}$/),
    ]);
  });
});

describe('content', () => {
  test('a queue update is sent only to who asked for it', () => {
    const events: AgentEventBody[] = [{ type: 'queued' }, { type: 'queued', position: 2 }];
    expect(last(events, { receiveQueueUpdates: false })).toEqual([]);
  });

  test('an unknown waiting time is -1', () => {
    expect(last([{ type: 'queued' }])[0]).toMatchObject({ message: { estimatedWaitTime: -1, queuePosition: 0 } });
  });

  const greeting = says({ role: 'system' }, { automated: true });

  test('a standard response waits for somebody and is said in that name', () => {
    const established = [greeting, { type: 'queued', position: 1 } as const, joins(BOT)];
    expect(typesOf(established)).toEqual(['ChatRequestSuccess', 'ChatEstablished', 'ChatMessage']);
    expect(bodyOf('ChatMessage', established)).toMatchObject({ name: 'Acme Bot', text: 'Hello' });
  });

  test('a standard response in mid-chat is said at once, in the name of whoever is there', () => {
    expect(last([joins(SAM), greeting])).toEqual([
      { type: 'ChatMessage', message: expect.objectContaining({ name: 'Sam A' }) },
    ]);
  });

  test('a standard response is never said where nobody comes', () => {
    expect(typesOf([greeting, { type: 'rejected', reason: '', code: 'Unavailable' }])).toEqual(['ChatRequestFail']);
  });

  test('the visitor gets no echo', () => {
    expect(last([says({ role: 'visitor' })])).toEqual([]);
  });

  test('choices carry ids as values in their order', () => {
    const options = [{ id: 'a', title: 'A' }];
    expect(last([joins(BOT), says(BOT, { format: 'choices', options })])).toEqual([
      {
        type: 'RichMessage',
        message: { type: 'ChatWindowMenu', header: 'Hello', items: [{ text: 'A', value: 'a' }] },
      },
    ]);
  });

  test('the token of a file request is the one that is expected back', () => {
    const tokens: string[] = [];
    const [, asked] = last([says(SAM, { format: 'file-request' })], { expectFile: (token) => tokens.push(token) });
    expect(asked).toMatchObject({ message: { type: 'Requested', fileToken: tokens[0] } });
  });

  test.each(['Success', 'Failure'] as const)('the outcome of an upload is %s', (outcome) => {
    expect(fileOutcome(outcome)).toEqual({ type: 'FileTransfer', message: { type: outcome } });
  });

  test.each([
    [{ note: 1 }, { note: 1 }],
    [null, null],
    [undefined, {}],
  ])('an unknown event with %j is passed on as it is', (raw, message) => {
    expect(last([{ type: 'unknown', wireType: 'FutureThing', raw }])).toEqual([{ type: 'FutureThing', message }]);
  });

  test('typing that stops before it starts comes at once, in that order', () => {
    const encode = encoder({ typingDisorder: () => true });
    const started = encode({ type: 'typing', participant: SAM, active: true });
    const stopped = encode({ type: 'typing', participant: SAM, active: false });
    expect([started, stopped.map((message) => message.type)]).toEqual([[], ['AgentNotTyping', 'AgentTyping']]);
  });

  test.each<AgentEventBody>([
    { type: 'connecting', channel: 'live-chat', host: 'x' },
    { type: 'started', channel: 'live-chat', conversationId: 'x' },
    { type: 'sent', id: '1', text: 'x' },
    { type: 'receipt', messageId: '1', state: 'read' },
    { type: 'session', state: 'inactive' },
    { type: 'reconnecting', attempt: 1, delayMs: 0, reason: 'x' },
    { type: 'reconnected' },
    { type: 'error', error: { code: 'X', message: 'x', hint: 'x' } },
  ])('there is no word for $type', (event) => {
    expect(last([event])).toEqual([]);
  });
});

describe('the end', () => {
  const off = { idle: { isEnabled: false } };
  test.each<[AgentEventBody & { type: 'ended' }, string]>([
    [{ type: 'ended', by: 'agent' }, 'agent'],
    [{ type: 'ended', by: 'visitor' }, 'client'],
    [{ type: 'ended', by: 'system' }, 'unknown'],
    [{ type: 'ended', by: 'system', reason: 'agentsUnavailable' }, 'agentsUnavailable'],
  ])('%j has the reason %s', (event, reason) => {
    expect(last([event], off)[0]).toMatchObject({ type: 'ChatEnded', message: { reason } });
  });

  test('the system leaves the end to the visitor where the visitor measures silence', () => {
    expect(last([{ type: 'ended', by: 'system' }])).toEqual([]);
  });

  test.each([
    ['Blocked', 'anything', 'Blocked'],
    ['NoPost', 'anything', 'NoPost'],
    ['anything', 'InternalFailure', 'InternalFailure'],
    ['anything', 'VISITOR_BLOCKED', 'Blocked'],
    ['The agent declined.', 'Declined', 'Unavailable'],
  ])('a rejection for %s with the code %s fails as %s', (reason, code, failed) => {
    expect(last([{ type: 'rejected', reason, code }])[0]).toMatchObject({ message: { reason: failed } });
  });
});
