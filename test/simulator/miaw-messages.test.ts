import { expect, test } from 'vitest';
import { startSimulator } from '../../src/simulator/start-simulator.ts';
import { manualClock } from '../support/manual-clock.ts';
import { API, entryOf, type Frame, messageOf, payloadOf, type RawVisitor, visit } from './raw-visitor.ts';
import { fixture } from './shape.ts';

const post = (visitor: RawVisitor, id: string, part: string, body: unknown) =>
  visitor.request('POST', `${API}/conversation/${id}/${part}`, body);

const isEcho = (frame: Frame) => frame.event === 'CONVERSATION_MESSAGE' && entryOf(frame).sender.role === 'EndUser';

async function sent(more: Record<string, unknown>, message: Record<string, unknown> = {}) {
  await using simulator = await startSimulator({ scenario: 'never-routed' });
  const visitor = await visit(simulator);
  const id = await visitor.create();
  const staticContent = { formatType: 'Text', text: 'hello' };
  const whole = { id: crypto.randomUUID(), messageType: 'StaticContentMessage', staticContent, ...message };
  return await post(visitor, id, 'message', { message: whole, esDeveloperName: 'Acme_Bot', ...more });
}

test('a message is accepted with 202 and its own id', async () => {
  await using simulator = await startSimulator();
  const visitor = await visit(simulator);
  const { id, answer } = await visitor.say(await visitor.create(), 'hello');
  expect([answer.status, answer.json()]).toEqual([
    202,
    { conversationEntries: [{ id, clientTimestamp: expect.any(Number) }] },
  ]);
});

test('a message comes back on the stream as the visitor’s own', async () => {
  await using simulator = await startSimulator({ scenario: 'never-routed' });
  const visitor = await visit(simulator);
  await using stream = await visitor.stream();
  const { id } = await visitor.say(await visitor.create(), 'where is my parcel?');
  const echo = await stream.until(isEcho);
  expect([entryOf(echo).identifier, messageOf(echo).text]).toEqual([id, 'where is my parcel?']);
});

test('a message is read by the agent: delivered, then read', async () => {
  await using simulator = await startSimulator({ scenario: 'visitor-ends', pace: 0 });
  const visitor = await visit(simulator);
  await using stream = await visitor.stream();
  const conversation = await visitor.create();
  await stream.until('CONVERSATION_PARTICIPANT_CHANGED');
  const { id } = await visitor.say(conversation, 'hello');
  const delivered = await stream.until('CONVERSATION_DELIVERY_ACKNOWLEDGEMENT');
  const read = await stream.until('CONVERSATION_READ_ACKNOWLEDGEMENT');
  expect([entryOf(delivered).relatedRecords, entryOf(read).relatedRecords]).toEqual([[id], [id]]);
  expect(payloadOf(read).acknowledgedConversationEntryIdentifier).toBe(id);
});

test('a message sent before anybody is there is acknowledged when somebody comes', async () => {
  const clock = manualClock();
  await using simulator = await startSimulator({ scenario: 'visitor-ends', clock });
  const visitor = await visit(simulator);
  await using stream = await visitor.stream();
  const conversation = await visitor.create();
  const { id } = await visitor.say(conversation, 'hello');
  await clock.waitUntilSleeping(500);
  clock.advance(500);
  const delivered = await stream.until('CONVERSATION_DELIVERY_ACKNOWLEDGEMENT');
  expect(entryOf(delivered).relatedRecords).toEqual([id]);
});

test('nobody acknowledges a message to nobody', async () => {
  await using simulator = await startSimulator({ scenario: 'never-routed' });
  const visitor = await visit(simulator);
  await using stream = await visitor.stream();
  const conversation = await visitor.create();
  await visitor.say(conversation, 'hello');
  await visitor.request('DELETE', `${API}/conversation/${conversation}?esDeveloperName=Acme_Bot`);
  await stream.until('CONVERSATION_CLOSE_CONVERSATION');
  expect(stream.frames.filter(({ event }) => event.includes('ACKNOWLEDGEMENT'))).toEqual([]);
});

test('the agent types and answers with a quotation', async () => {
  await using simulator = await startSimulator({ scenario: 'visitor-ends', pace: 0 });
  const visitor = await visit(simulator);
  await using stream = await visitor.stream();
  await visitor.say(await visitor.create(), 'my order 4711');
  await stream.until('CONVERSATION_TYPING_STARTED_INDICATOR');
  const reply = await stream.until('CONVERSATION_MESSAGE');
  await stream.until('CONVERSATION_TYPING_STOPPED_INDICATOR');
  expect(messageOf(reply)).toEqual({ text: expect.stringContaining('my order 4711'), from: 'Maria Lopez' });
});

test('the same message twice is one entry', async () => {
  await using simulator = await startSimulator({ scenario: 'never-routed' });
  const visitor = await visit(simulator);
  const conversation = await visitor.create();
  const message = {
    id: crypto.randomUUID(),
    messageType: 'StaticContentMessage',
    staticContent: { formatType: 'Text', text: 'once' },
  };
  const send = () => post(visitor, conversation, 'message', { message, esDeveloperName: 'Acme_Bot' });
  const answers = [await send(), await send()];
  const history = await visitor.request('GET', `${API}/conversation/${conversation}/entries`);
  expect(answers[0]?.text).toBe(answers[1]?.text);
  expect(history.json().conversationEntries).toHaveLength(1);
});

test.each([
  ['no message', { message: undefined }, {}],
  ['no developer name', { esDeveloperName: undefined }, {}],
  ['another developer name', { esDeveloperName: 'Other' }, {}],
  ['a flag that is no boolean', { isNewMessagingSession: 'yes' }, {}],
  ['pre-chat values that are no strings', { routingAttributes: { City: 1 } }, {}],
  ['no id', {}, { id: undefined }],
  ['an id that is no UUID', {}, { id: '7' }],
  ['an unknown type', {}, { messageType: 'FormMessage' }],
  ['no content', {}, { staticContent: undefined }],
  ['content of another type', {}, { messageType: 'ChoicesResponseMessage' }],
  ['another format', {}, { staticContent: { formatType: 'RichLink', text: 'x' } }],
  ['a blank text', {}, { staticContent: { formatType: 'Text', text: ' \n ' } }],
])('a message with %s is refused with 400', async (_case, more, message) => {
  expect((await sent(more, message)).status).toBe(400);
});

test('a message may leave out what is optional', async () => {
  expect((await sent({ isNewMessagingSession: null, routingAttributes: null })).status).toBe(202);
});

test('picked choices are echoed as sent and answered by their titles', async () => {
  await using simulator = await startSimulator({ scenario: 'visitor-ends', pace: 0 });
  const visitor = await visit(simulator);
  await using stream = await visitor.stream();
  const id = await visitor.create();
  const body = { ...fixture('choices-response-request.json'), esDeveloperName: 'Acme_Bot' };
  await post(visitor, id, 'message', body);
  const echo = await stream.until(isEcho);
  const reply = await stream.until((frame) => frame.event === 'CONVERSATION_MESSAGE' && !isEcho(frame));
  expect(payloadOf(echo).abstractMessage).toMatchObject(body.message);
  expect(messageOf(reply).text).toContain('Delivery');
});

test('a filled-in form is echoed as sent and answered by its values', async () => {
  await using simulator = await startSimulator({ scenario: 'visitor-ends', pace: 0 });
  const visitor = await visit(simulator);
  await using stream = await visitor.stream();
  const id = await visitor.create();
  const body = { ...fixture('form-response-request.json'), esDeveloperName: 'Acme_Bot' };
  await post(visitor, id, 'message', body);
  const echo = await stream.until(isEcho);
  const reply = await stream.until((frame) => frame.event === 'CONVERSATION_MESSAGE' && !isEcho(frame));
  expect(payloadOf(echo).abstractMessage).toMatchObject(body.message);
  expect(messageOf(reply).text).toContain('12345678, 2026-01-09');
});

test('after the end the next message starts a new session in the same conversation', async () => {
  await using simulator = await startSimulator({ scenario: 'agent-ends', pace: 0 });
  const visitor = await visit(simulator);
  await using stream = await visitor.stream();
  const id = await visitor.create();
  await visitor.say(id, 'first');
  const ended = await stream.until((frame) => frame.data.includes('\\"Ended\\"'));
  const { answer } = await visitor.say(id, 'second');
  const active = await stream.until((frame) => frame.data.includes('\\"Active\\"'));
  expect(answer.status).toBe(202);
  expect(payloadOf(active).sessionId).not.toBe(payloadOf(ended).sessionId);
});

test('with a form for every session the next message is refused with 417 until it starts one', async () => {
  await using simulator = await startSimulator({ scenario: 'agent-ends', pace: 0, faults: ['form-per-session'] });
  const visitor = await visit(simulator);
  await using stream = await visitor.stream();
  const id = await visitor.create();
  await visitor.say(id, 'first');
  await stream.until((frame) => frame.data.includes('\\"Ended\\"'));
  const refused = await visitor.say(id, 'second');
  const typing = await post(visitor, id, 'entry', { entryType: 'TypingStartedIndicator', id: crypto.randomUUID() });
  const accepted = await visitor.say(id, 'second', { isNewMessagingSession: true, routingAttributes: {} });
  expect([refused.answer.status, typing.status, accepted.answer.status]).toEqual([417, 417, 202]);
});

test('a message while the session is inactive makes it active again', async () => {
  const clock = manualClock();
  await using simulator = await startSimulator({ scenario: 'inactivity', clock });
  const visitor = await visit(simulator);
  await using stream = await visitor.stream();
  const id = await visitor.create();
  for (const ms of [1500, 800, 8000]) {
    await clock.waitUntilSleeping(ms);
    clock.advance(ms);
  }
  await stream.until((frame) => frame.data.includes('\\"Inactive\\"'));
  await visitor.say(id, 'still here');
  const next = await stream.until('CONVERSATION_SESSION_STATUS_CHANGED');
  expect(payloadOf(next)).toMatchObject({ sessionStatus: 'Active', sessionStatusPrev: 'Inactive' });
});

test('a lost answer leaves a message that arrived', async () => {
  await using simulator = await startSimulator({ scenario: 'never-routed', faults: ['lost-send'] });
  const visitor = await visit(simulator);
  await using stream = await visitor.stream();
  const id = await visitor.create();
  await expect(visitor.say(id, 'did it arrive?')).rejects.toThrow();
  expect(messageOf(await stream.until(isEcho)).text).toBe('did it arrive?');
});

test.each([
  ['see https://example.com/a', 'see', 'https://example.com/a'],
  ['https://example.com/b is it', 'is it', 'https://example.com/b'],
])('the message “%s” comes back as text and link', async (text, rest, url) => {
  await using simulator = await startSimulator({ scenario: 'never-routed', faults: ['split-urls'] });
  const visitor = await visit(simulator);
  await using stream = await visitor.stream();
  await visitor.say(await visitor.create(), text);
  const [first, second] = [await stream.until(isEcho), await stream.until(isEcho)];
  expect(messageOf(first).text).toBe(rest);
  expect(payloadOf(second).abstractMessage.staticContent).toMatchObject({ formatType: 'RichLink', linkItem: { url } });
});

test.each(['see https://example.com/a now', 'https://example.com/alone', 'no link'])(
  'the message “%s” stays one message',
  async (text) => {
    await using simulator = await startSimulator({ scenario: 'never-routed', faults: ['split-urls'] });
    const visitor = await visit(simulator);
    await using stream = await visitor.stream();
    await visitor.say(await visitor.create(), text);
    expect(messageOf(await stream.until(isEcho)).text).toBe(text);
  },
);

test.each([
  ['TypingStartedIndicator', 202],
  ['TypingStoppedIndicator', 202],
  ['Typing', 400],
])('the indicator %s is answered %i', async (entryType, status) => {
  await using simulator = await startSimulator();
  const visitor = await visit(simulator);
  const answer = await post(visitor, await visitor.create(), 'entry', { entryType, id: crypto.randomUUID() });
  expect([answer.status, answer.status === 202 ? answer.text : '']).toEqual([status, '']);
});

const ack = { id: crypto.randomUUID(), entryType: 'Read', conversationEntryId: crypto.randomUUID() };
test.each([
  ['one receipt', { acks: [ack] }, 202],
  ['several receipts', { acks: [{ ...ack, entryType: 'Delivery' }, ack] }, 202],
  ['no receipts', { acks: [] }, 400],
  ['no list', {}, 400],
  ['a receipt that is no object', { acks: ['x'] }, 400],
  ['a receipt of another type', { acks: [{ ...ack, entryType: 'Seen' }] }, 400],
  ['a receipt without an entry', { acks: [{ ...ack, conversationEntryId: undefined }] }, 400],
])('%s to the server is answered %3$i', async (_case, body, status) => {
  await using simulator = await startSimulator();
  const visitor = await visit(simulator);
  expect((await post(visitor, await visitor.create(), 'acknowledge-entries', body)).status).toBe(status);
});

test('a conversation takes 22 messages in a minute under the fault message-limit', async () => {
  const clock = manualClock();
  await using simulator = await startSimulator({ scenario: 'never-routed', faults: ['message-limit'], clock });
  const visitor = await visit(simulator);
  const [id, other] = [await visitor.create(), await visitor.create()];
  for (let count = 0; count < 22; count++) await visitor.say(id, `message ${count}`);
  clock.advance(20_000);
  const { answer } = await visitor.say(id, 'one too many');
  const elsewhere = (await visitor.say(other, 'hello')).answer.status;
  clock.advance(40_000);
  const later = (await visitor.say(id, 'a minute later')).answer.status;
  expect([answer.status, answer.headers.get('retry-after'), elsewhere, later]).toEqual([429, '40', 202, 202]);
});

test('without the fault there is no limit on messages', async () => {
  await using simulator = await startSimulator({ scenario: 'never-routed' });
  const visitor = await visit(simulator);
  const id = await visitor.create();
  const answers = await Promise.all(Array.from({ length: 30 }, (_, index) => visitor.say(id, `message ${index}`)));
  expect(answers.filter(({ answer }) => answer.status !== 202)).toEqual([]);
});
