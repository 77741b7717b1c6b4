import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AgentEventBody } from '../../src/core/events.ts';
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
const events = (...messages: unknown[]): readonly AgentEventBody[] => after(...messages).events;

const SUCCESS = liveChatFixture('message-chat-request-success');
const ESTABLISHED = liveChatFixture('message-chat-established');
const SAM = { id: '0058Z000004Hn3T', name: 'Sam A', role: 'agent' };
const KIM = { id: '0058Z000004Hn3f', name: 'Kim B', role: 'agent' };

test('an accepted request is queued and the session waits', () => {
  expect(events(SUCCESS)).toEqual([
    { type: 'queued', position: 1, estimatedWaitSeconds: 9 },
    { type: 'session', state: 'waiting' },
  ]);
});

test('the time the server waits for a lost client is kept', () => {
  expect(after(SUCCESS).state.connectionTimeoutMs).toBe(150_000);
});

test('an absurd connection timeout is cut to ten minutes', () => {
  expect(after(wire('ChatRequestSuccess', { connectionTimeout: 1e12 })).state.connectionTimeoutMs).toBe(600_000);
});

test('position 0 and waiting time -1 mean that they are unknown', () => {
  const message = { queuePosition: 0, estimatedWaitTime: -1 };
  expect(events(wire('ChatRequestSuccess', message))[0]).toEqual({ type: 'queued' });
});

test('a queue update tells position and waiting time', () => {
  expect(events(liveChatFixture('message-queue-update'))).toEqual([
    { type: 'queued', position: 2, estimatedWaitSeconds: 45 },
  ]);
});

test('a queue update during a transfer does not send the visitor back to the queue', () => {
  expect(after(ESTABLISHED, liveChatFixture('message-queue-update')).state.phase).toBe('active');
});

test('an agent who takes the chat joins it', () => {
  expect(events(ESTABLISHED)).toEqual([
    { type: 'joined', participant: SAM },
    { type: 'session', state: 'active' },
  ]);
});

test('the idle limits are read in seconds', () => {
  expect(after(ESTABLISHED).state.idle).toEqual({ warningMs: 60_000, timeoutMs: 120_000 });
});

test('the guide’s own spelling of the idle limits is read as well', () => {
  const chasitorIdletimeout = { isEnabled: true, warningTime: 5, timeout: 10 };
  expect(after(wire('ChatEstablished', { chasitorIdletimeout })).state.idle).toEqual({
    warningMs: 5000,
    timeoutMs: 10_000,
  });
});

test.each([{ isEnabled: false }, { isEnabled: true }, { isEnabled: true, timeout: 0 }, 'off', null])(
  'idle limits of %j are none',
  (chasitorIdleTimeout) => {
    expect(after(wire('ChatEstablished', { chasitorIdleTimeout })).state.idle).toBeUndefined();
  },
);

test('whoever brings menu entries is a bot', () => {
  const message = { name: 'Botty', items: [{ id: 'a', text: 'Menu' }] };
  expect(events(wire('ChatEstablished', message))[0]).toEqual({
    type: 'joined',
    participant: { name: 'Botty', role: 'bot' },
  });
});

test('a user id of a bot makes a bot', () => {
  expect(events(wire('ChatEstablished', { userId: '0Xx8Z0000008OIA' }))[0]).toMatchObject({
    participant: { role: 'bot' },
  });
});

test('a message comes from the current agent', () => {
  expect(events(ESTABLISHED, liveChatFixture('message-chat-message'))).toEqual([
    { type: 'message', id: 'message-1', from: SAM, text: 'Hello, how can I help?', format: 'text' },
  ]);
});

test('a message without a name comes from the current agent', () => {
  expect(events(ESTABLISHED, wire('ChatMessage', { text: 'x' }))[0]).toMatchObject({ from: SAM });
});

test('messages have different ids', () => {
  const message = liveChatFixture('message-chat-message');
  expect(events(ESTABLISHED, message, message)[0]).toMatchObject({ id: 'message-2' });
});

test('what the service escaped for HTML reads as it was typed', () => {
  expect(events(wire('ChatMessage', { text: 'It&#39;s &lt;b&gt; &amp;amp; &quot;c&quot;' }))[0]).toMatchObject({
    text: 'It\'s <b> &amp; "c"',
  });
});

test('a message by another name in the chat is a guest’s', () => {
  const joined = liveChatFixture('message-agent-joined-conference');
  expect(events(ESTABLISHED, joined, wire('ChatMessage', { text: 'x', name: 'Kim B' }))[0]).toMatchObject({
    from: { name: 'Kim B', role: 'agent' },
  });
});

test('typing is told of the agent by the id known, not the one of the typing note', () => {
  expect(events(ESTABLISHED, liveChatFixture('message-agent-typing'))).toEqual([
    { type: 'typing', participant: SAM, active: true },
  ]);
});

test('a message ends the typing before it', () => {
  const message = liveChatFixture('message-chat-message');
  expect(events(ESTABLISHED, liveChatFixture('message-agent-typing'), message)).toMatchObject([
    { type: 'typing', active: false },
    { type: 'message' },
  ]);
});

test('not typing is told', () => {
  expect(events(ESTABLISHED, wire('AgentNotTyping'))).toEqual([{ type: 'typing', participant: SAM, active: false }]);
});

test('a transfer to another agent is a leaving, a joining and a completed transfer', () => {
  expect(events(ESTABLISHED, liveChatFixture('message-chat-transferred'))).toEqual([
    { type: 'left', participant: SAM },
    { type: 'joined', participant: KIM },
    { type: 'transferred', state: 'completed', to: 'Kim B' },
  ]);
});

test('a transfer replaces the idle limits', () => {
  expect(after(ESTABLISHED, liveChatFixture('message-chat-transferred')).state.idle).toBeUndefined();
});

test('a transfer to a bot is marked by its flag', () => {
  expect(events(ESTABLISHED, wire('ChatTransferred', { name: 'Botty', isTransferToBot: true }))[1]).toEqual({
    type: 'joined',
    participant: { name: 'Botty', role: 'bot' },
  });
});

test('a second ChatEstablished is the end of a transfer to a button', () => {
  const types = events(ESTABLISHED, wire('ChatEstablished', { name: 'Kim B' })).map((event) => event.type);
  expect(types).toEqual(['left', 'joined', 'transferred']);
});

test('a transfer to a button is requested first', () => {
  expect(events(ESTABLISHED, liveChatFixture('message-transfer-to-button-initiated'))).toEqual([
    { type: 'transferred', state: 'requested' },
  ]);
});

test('a chat that comes back from a transfer tells that it failed', () => {
  expect(events(ESTABLISHED, liveChatFixture('message-chat-resumed-after-transfer'))).toEqual([
    { type: 'transferred', state: 'failed' },
  ]);
});

test('a conference member joins', () => {
  expect(events(liveChatFixture('message-agent-joined-conference'))).toEqual([
    { type: 'joined', participant: { name: 'Kim B', role: 'agent' } },
  ]);
});

test('a conference member leaves', () => {
  const joined = liveChatFixture('message-agent-joined-conference');
  const { state, events: left } = after(joined, wire('AgentLeftConference', { name: 'Kim B' }));
  expect(left).toEqual([{ type: 'left', participant: { name: 'Kim B', role: 'agent' } }]);
  expect(state.guests).toEqual([]);
});

test('an agent whose connection drops has left while the chat goes on', () => {
  const { state, events: left } = after(ESTABLISHED, liveChatFixture('message-agent-disconnect'));
  expect(left).toEqual([{ type: 'left', participant: SAM }]);
  expect(state.phase).toBe('active');
});

test('a random message of any shape never throws and always says something or nothing new', () => {
  const type = fc.oneof(
    fc.constantFrom('ChatMessage', 'ChatEstablished', 'RichMessage', 'ChasitorSessionData'),
    fc.string(),
  );
  const entry = fc.oneof(fc.jsonValue(), fc.record({ type, message: fc.jsonValue() }));
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 5 }), (entries) => {
      expect(Array.isArray(after(...entries).events)).toBe(true);
    }),
  );
});
