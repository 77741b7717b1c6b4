import { expect, test } from 'vitest';
import type { AgentEventBody, MessageEvent } from '../../src/core/events.ts';
import { closeEntry, type EncodeContext, encodeMiaw, messageEntry } from '../../src/simulator/miaw-encode.ts';
import { envelope, finishEntry, withTextPayload } from '../../src/simulator/miaw-entry.ts';
import { messageContent } from '../../src/simulator/miaw-message-content.ts';
import { present, visitor } from '../../src/simulator/miaw-participants.ts';
import { differences, fixture, fixtureFrame, withParsedPayload } from './shape.ts';

const AGENT = { name: 'Priya N.', role: 'agent' } as const;
const BOT = { name: 'Acme Assistant', role: 'bot' } as const;
const GUEST = visitor('v2/iamessage/UNAUTH/NA/uid:5c2f7b16-90e4-4d27-8f1b-7a6e3d0c4b92', 'client');
const ID = '7f4f2c1e-3a77-4d61-9a0e-5b8c2f6d1e90';

const CONTEXT: EncodeContext = {
  conversationId: '3f0c9a52-7d61-4c1e-9b8a-52d1c7e40a17',
  sessionId: '0Mw8Z00000JkLmN',
  status: 'Waiting',
  startedAt: 1_767_225_605_200,
  now: 1_767_225_640_000,
  routed: false,
  transferring: false,
  streaming: false,
  present: [present(AGENT)],
  uuid: () => ID,
};

const message = (from: MessageEvent['from'], more: Partial<MessageEvent>): MessageEvent => ({
  type: 'message',
  id: ID,
  from,
  text: 'Hi Dana',
  format: 'text',
  ...more,
});

/** Everything that an event is told as, as a reader of the stream sees it. */
function told(event: AgentEventBody, context: EncodeContext = CONTEXT) {
  return encodeMiaw(event, context).map((draft) => {
    const entry = finishEntry(draft, draft.id ?? ID, context.now);
    const text = JSON.stringify(envelope(context.conversationId, withTextPayload(entry)));
    return { event: draft.event, envelope: withParsedPayload(text) };
  });
}

function expectLike(frames: ReturnType<typeof told>, name: string): void {
  const expected = fixtureFrame(name);
  const actual = frames.find(({ event }) => event === expected.event);
  expect(actual, `no ${expected.event} among ${frames.map(({ event }) => event).join(', ')}`).toBeDefined();
  expect(differences(actual?.envelope, expected.envelope)).toEqual([]);
}

const joined = (who: MessageEvent['from']): AgentEventBody => ({ type: 'joined', participant: who });
const options = [
  { id: 'a', title: 'Yes' },
  { id: 'b', title: 'No' },
];
const attachments = [{ name: 'receipt.pdf', mimeType: 'application/pdf', url: 'https://files.example.com/d/1' }];
const inputs = [{ id: 'order', label: 'Order', kind: 'TextInput', required: true, maxLength: 8 }];
const rejected = { type: 'rejected', reason: 'No agents are available.', code: 'Unavailable' } as const;

test.each<[string, AgentEventBody]>([
  ['message-agent-text.sse', message(AGENT, {})],
  ['message-automated.sse', message({ role: 'system' }, { automated: true })],
  ['message-rich-link.sse', message(AGENT, { format: 'rich-link', attachments })],
  ['message-attachments.sse', message(AGENT, { format: 'attachments', attachments })],
  ['message-choices.sse', message(BOT, { format: 'choices', options })],
  ['message-form.sse', message(BOT, { format: 'form', inputs })],
  ['routing-result-initial.sse', { type: 'queued', position: 3, estimatedWaitSeconds: 45 }],
  ['queue-position.sse', { type: 'queued', position: 3 }],
  ['routing-result-failed.sse', rejected],
  ['routing-result-transfer.sse', { type: 'transferred', state: 'requested' }],
  ['routing-work-result.sse', joined(AGENT)],
  ['session-status-changed.sse', joined(AGENT)],
  ['participant-changed.sse', joined(AGENT)],
  ['typing-started-indicator.sse', { type: 'typing', participant: AGENT, active: true }],
  ['typing-stopped-indicator.sse', { type: 'typing', participant: AGENT, active: false }],
  ['delivery-acknowledgement.sse', { type: 'receipt', messageId: ID, state: 'delivered' }],
  ['read-acknowledgement.sse', { type: 'receipt', messageId: ID, state: 'read', by: AGENT }],
  ['progress-indicator.sse', { type: 'typing', participant: BOT, active: true, text: 'Looking up your order' }],
])('%s has the members of its event', (name, event) => {
  expectLike(told(event), name);
});

test('a streamed word has the members of the wire reference', () => {
  expectLike(
    told(message(BOT, { text: 'Your parcel left us' }), { ...CONTEXT, streaming: true }),
    'streaming-token.sse',
  );
});

test('the visitor’s own message has the members of the wire reference', () => {
  const content = { messageType: 'StaticContentMessage', staticContent: { formatType: 'Text', text: 'Where?' } };
  const entry = finishEntry(messageEntry(ID, content, GUEST, null, [CONTEXT.sessionId]), ID, CONTEXT.now);
  const frame = withParsedPayload(JSON.stringify(envelope(CONTEXT.conversationId, withTextPayload(entry))));
  expect(differences(frame, fixtureFrame('message-own-echo.sse').envelope)).toEqual([]);
});

test('a closed conversation has the members of the wire reference', () => {
  const entry = finishEntry(closeEntry(CONTEXT.conversationId, GUEST), ID, CONTEXT.now);
  const frame = withParsedPayload(JSON.stringify(envelope(CONTEXT.conversationId, withTextPayload(entry))));
  expect(differences(frame, fixtureFrame('close-conversation.sse').envelope)).toEqual([]);
});

test.each<[string, AgentEventBody, string]>([
  ['payload-participant-bot-joined.json', joined(BOT), 'ParticipantChanged'],
  ['payload-participant-agent-left.json', { type: 'left', participant: AGENT }, 'ParticipantChanged'],
  ['payload-session-ended.json', { type: 'ended', by: 'agent' }, 'SessionStatusChanged'],
  ['payload-session-inactive.json', { type: 'session', state: 'inactive' }, 'SessionStatusChanged'],
])('%s has the members of its payload', (name, event, entryType) => {
  const draft = encodeMiaw(event, CONTEXT).find((candidate) => candidate.entryType === entryType);
  const payload = { entryType, id: ID, ...draft?.payload };
  expect(differences(payload, fixture(name))).toEqual([]);
});

test('a carousel has the members of the wire reference', () => {
  const { part } = messageContent(message(BOT, { format: 'choices', options, attachments }));
  expect(differences(part.choices, fixture('payload-carousel-choices.json'))).toEqual([]);
});

test('a survey has the members of the wire reference', () => {
  const { part } = messageContent(message(BOT, { format: 'web-view', attachments }));
  expect(differences(part.staticContent, fixture('payload-web-view-content.json'))).toEqual([]);
});

test.each(['media', 'links', 'other', 'form-result'] as const)(
  'the format %s is told as another than text',
  (format) => {
    const { part } = messageContent(message(AGENT, { format, attachments }));
    const [content] = Object.values(part) as { formatType?: string }[];
    expect(content?.formatType).toMatch(/^(?:Media|Links|ExperienceType|Result)$/);
  },
);

test('a request for a file is told as text', () => {
  const { part } = messageContent(message(AGENT, { format: 'file-request', text: 'Send a photo' }));
  expect(part.staticContent).toEqual({ formatType: 'Text', text: 'Send a photo' });
});

const workTypes = (event: AgentEventBody, context?: EncodeContext) =>
  encodeMiaw(event, context ?? CONTEXT).flatMap(({ payload }) => payload.workType ?? []);
const routing = (event: AgentEventBody, context?: EncodeContext) =>
  encodeMiaw(event, context ?? CONTEXT).find(({ entryType }) => entryType === 'RoutingResult')?.payload;

test('a refusal by the agent is told as offered, declined and failed', () => {
  const event = { ...rejected, code: 'Declined' };
  expect(workTypes(event)).toEqual(['Assigned', 'Declined']);
  expect(routing(event)).toMatchObject({ failureType: 'RoutingError', cancelReason: 'Decline' });
});

test('a failure type of the service is kept', () => {
  expect(routing({ ...rejected, code: 'SubmissionError' })).toMatchObject({ failureType: 'SubmissionError' });
});

test('a second agent is told as a conference', () => {
  const context = { ...CONTEXT, routed: true, status: 'Active' } as const;
  expect(routing(joined({ name: 'Jonas', role: 'agent' }), context)).toMatchObject({ routingType: 'Conference' });
});

test('the agent after a transfer is not announced a second time', () => {
  const context = { ...CONTEXT, routed: true, transferring: true, present: [] };
  expect(routing(joined(AGENT), context)).toBeUndefined();
});

test('a failed transfer is told with its failure', () => {
  const event = { type: 'transferred', state: 'failed' } as const;
  expect(routing(event)).toMatchObject({ routingType: 'Transfer', failureType: 'RoutingError' });
});

test('the end removes everybody who was there', () => {
  const context = { ...CONTEXT, present: [present(AGENT), present(BOT)] };
  const removed = encodeMiaw({ type: 'ended', by: 'system' }, context).filter(({ payload }) => payload.entries);
  expect(removed).toHaveLength(2);
});

test('a progress note is cut to the length that the service allows', () => {
  const [draft] = encodeMiaw({ type: 'typing', participant: BOT, active: true, text: 'x'.repeat(300) }, CONTEXT);
  expect(draft?.payload).toMatchObject({ progressIndicator: { progressMessage: { text: 'x'.repeat(255) } } });
});

test('what only a client knows is not told at all', () => {
  const own: AgentEventBody[] = [
    { type: 'connecting', channel: 'miaw', host: 'h' },
    { type: 'started', channel: 'miaw', conversationId: ID },
    { type: 'sent', id: ID, text: 'x' },
    { type: 'reconnecting', attempt: 1, delayMs: 1, reason: 'x' },
    { type: 'reconnected' },
    { type: 'error', error: { code: 'X', message: 'x', hint: 'x' } },
    { type: 'transferred', state: 'completed' },
  ];
  expect(own.flatMap((event) => encodeMiaw(event, CONTEXT))).toEqual([]);
});

test('an unknown event keeps its name on the wire', () => {
  const names = ['FutureThing', 'CONVERSATION_CLIENT_ACTION'].map(
    (wireType) => encodeMiaw({ type: 'unknown', wireType, raw: 7 }, CONTEXT)[0]?.event,
  );
  expect(names).toEqual(['CONVERSATION_FUTURE_THING', 'CONVERSATION_CLIENT_ACTION']);
});
