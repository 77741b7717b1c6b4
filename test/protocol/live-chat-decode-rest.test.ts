import { expect, test } from 'vitest';
import { decodeLiveChat } from '../../src/transport/live-chat-decode.ts';
import { type Decoded, FRESH_LIVE_CHAT } from '../../src/transport/live-chat-state.ts';
import { liveChatFixture } from '../support/live-chat-session.ts';

/** What the last of several messages brings. */
function after(...messages: unknown[]): Decoded {
  let decoded: Decoded = { state: FRESH_LIVE_CHAT, events: [], secrets: [] };
  for (const message of messages) decoded = decodeLiveChat(decoded.state, message);
  return decoded;
}

const wire = (type: string, message: unknown = {}) => ({ type, message });
const ESTABLISHED = liveChatFixture('message-chat-established');
const TRANSCRIPT = liveChatFixture('message-chasitor-session-data');

test('the agent ends the chat', () => {
  expect(after(ESTABLISHED, liveChatFixture('message-chat-ended')).events).toEqual([
    { type: 'session', state: 'ended' },
    { type: 'ended', by: 'agent' },
  ]);
});

test.each([
  ['client', { type: 'ended', by: 'visitor' }],
  ['clientIdleTimeout', { type: 'ended', by: 'system', reason: 'clientIdleTimeout' }],
  ['agentsUnavailable', { type: 'ended', by: 'system', reason: 'agentsUnavailable' }],
  [undefined, { type: 'ended', by: 'system' }],
])('an end for the reason %s is told', (reason, event) => {
  expect(after(wire('ChatEnded', { reason })).events[1]).toEqual(event);
});

test('an end is the end', () => {
  expect(after(liveChatFixture('message-chat-ended')).state.phase).toBe('over');
});

test('a refused request says the service’s word and what it means', () => {
  const [event] = after(liveChatFixture('message-chat-request-fail')).events;
  expect(event).toMatchObject({
    type: 'rejected',
    code: 'NO_AGENT_AVAILABLE',
    reason: expect.stringMatching(/^Unavailable: /),
  });
});

test.each([
  ['Unavailable', 'NO_AGENT_AVAILABLE'],
  ['Blocked', 'VISITOR_BLOCKED'],
  ['NoPost', 'PRE_CHAT_REJECTED'],
  ['InternalFailure', 'SERVICE_ERROR'],
  ['SomethingNew', 'NO_AGENT_AVAILABLE'],
  ['constructor', 'NO_AGENT_AVAILABLE'],
  [undefined, 'NO_AGENT_AVAILABLE'],
])('the reason %s has the code %s', (reason, code) => {
  expect(after(wire('ChatRequestFail', { reason })).events).toMatchObject([{ type: 'rejected', code }]);
});

test('a request that fails after somebody had joined has also ended', () => {
  const { events } = after(ESTABLISHED, liveChatFixture('message-chat-request-fail'));
  expect(events.slice(1)).toEqual([
    { type: 'session', state: 'ended' },
    { type: 'ended', by: 'system', reason: 'Unavailable' },
  ]);
});

test('the failure is kept to explain why nobody came', () => {
  expect(after(liveChatFixture('message-chat-request-fail')).state.failure).toBe('Unavailable');
});

test('a menu is a message with numbered options', () => {
  expect(after(ESTABLISHED, liveChatFixture('message-rich-message')).events).toMatchObject([
    {
      type: 'message',
      format: 'choices',
      text: 'Pick a topic\n1. Delivery\n2. Refund',
      options: [
        { id: '0', title: 'Delivery' },
        { id: '1', title: 'Refund' },
      ],
    },
  ]);
});

test('a request for a file is a message that does not hold the token', () => {
  const { events } = after(ESTABLISHED, liveChatFixture('message-file-transfer'));
  expect(events).toMatchObject([{ type: 'message', format: 'file-request' }]);
  expect(JSON.stringify(events)).not.toContain('QmFzZTY0TG9va2luZ1Rva2Vu');
});

test('the token of a file request is a secret', () => {
  expect(after(liveChatFixture('message-file-transfer')).secrets).toEqual(['QmFzZTY0TG9va2luZ1Rva2Vu']);
});

test.each(['Success', 'Canceled', 'Failure'])('a file transfer that is %s is kept, without its token', (type) => {
  const { events, secrets } = after(wire('FileTransfer', { type, fileToken: 'QmFzZTY0' }));
  expect(events).toEqual([{ type: 'unknown', wireType: 'FileTransfer', raw: { type } }]);
  expect(secrets).toEqual(['QmFzZTY0']);
});

test('a transcript brings what agents said and was missed', () => {
  expect(after(ESTABLISHED, TRANSCRIPT).events).toMatchObject([
    { type: 'message', text: 'Hello', from: { name: 'Sam A', role: 'agent' } },
  ]);
});

test('a transcript does not repeat what was heard', () => {
  const heard = wire('ChatMessage', { name: 'Sam A', text: 'Hello' });
  expect(after(ESTABLISHED, heard, TRANSCRIPT).events).toEqual([]);
});

test('a transcript with the same words twice brings the one that was missed', () => {
  const heard = wire('ChatMessage', { text: 'ok' });
  const chatMessages = [1, 2].map((sequence) => ({ type: 'Agent', name: 'Sam A', content: 'ok', sequence }));
  expect(after(ESTABLISHED, heard, wire('ChasitorSessionData', { chatMessages })).events).toHaveLength(1);
});

test('a transcript that comes twice brings its news once', () => {
  expect(after(ESTABLISHED, TRANSCRIPT, TRANSCRIPT).events).toEqual([]);
});

test('what the visitor said is no news in a transcript', () => {
  const chatMessages = [{ type: 'Chasitor', name: 'Robin', content: 'Hi', sequence: 1 }];
  expect(after(wire('ChasitorSessionData', { chatMessages })).events).toEqual([]);
});

test('a SwitchServer during the chat tells where to go on', () => {
  const message = { newUrl: 'https://d.la3-c2-ia4.salesforceliveagent.com/chat' };
  const decoded = after(wire('SwitchServer', message));
  expect(decoded.movedTo).toBe(message.newUrl);
  expect(decoded.events).toEqual([{ type: 'unknown', wireType: 'SwitchServer', raw: message }]);
});

test.each([
  'message-async-result',
  'message-custom-event',
  'message-new-visitor-breadcrumb',
  'message-sensitive-data-rules',
])('%s is kept whole as unknown', (name) => {
  const { type, message } = liveChatFixture(name);
  expect(after({ type, message }).events).toEqual([{ type: 'unknown', wireType: type, raw: message }]);
});

test('a type that nobody knows is kept whole', () => {
  expect(after(wire('FutureThing', { a: 1 })).events).toEqual([
    { type: 'unknown', wireType: 'FutureThing', raw: { a: 1 } },
  ]);
});

test.each([null, 7, 'text', [], {}, { type: 5 }, { type: '' }])('an entry of the odd shape %j is kept', (entry) => {
  expect(after(entry).events).toEqual([{ type: 'unknown', wireType: '(no type)', raw: entry }]);
});

test.each([wire('ChatMessage', { text: 5 }), wire('ChatMessage', null), wire('RichMessage', { items: 'none' })])(
  'the known type in %j with an odd shape is kept as unknown',
  (entry) => {
    expect(after(entry).events).toMatchObject([{ type: 'unknown', wireType: entry.type }]);
  },
);

test.each(['toString', '__proto__', 'constructor'])('the type %s is nothing special', (type) => {
  expect(after({ type, message: {} }).events).toMatchObject([{ type: 'unknown', wireType: type }]);
});
