import { expect, test } from 'vitest';
import { advanceCursor, FIRST_CURSOR, settleTyping } from '../../src/transport/live-chat-cursor.ts';

const word = (text: string) => ({ type: 'ChatMessage', message: { text } });
const batch = (sequence: number, ...texts: string[]) => ({ messages: texts.map(word), sequence });
const texts = (entries: readonly unknown[]) => entries.map((entry) => (entry as ReturnType<typeof word>).message.text);

test('the sequence of an answer is the next acknowledgement', () => {
  expect(advanceCursor(FIRST_CURSOR, batch(3, 'a', 'b', 'c', 'd')).cursor.ack).toBe(3);
});

test('zero is a sequence like any other', () => {
  expect(advanceCursor(FIRST_CURSOR, batch(0, 'a')).cursor.ack).toBe(0);
});

test('the first acknowledgement is minus one', () => {
  expect(FIRST_CURSOR.ack).toBe(-1);
});

test('a batch that comes again brings nothing new', () => {
  const { cursor } = advanceCursor(FIRST_CURSOR, batch(1, 'a', 'b'));
  expect(advanceCursor(cursor, batch(1, 'a', 'b')).fresh).toEqual([]);
});

test('a batch that overlaps the one before brings only what is behind it', () => {
  const { cursor } = advanceCursor(FIRST_CURSOR, batch(1, 'a', 'b'));
  expect(texts(advanceCursor(cursor, batch(3, 'a', 'b', 'c', 'd')).fresh)).toEqual(['c', 'd']);
});

test('the same words said twice are two messages', () => {
  const { cursor } = advanceCursor(FIRST_CURSOR, batch(0, 'ok'));
  expect(texts(advanceCursor(cursor, batch(1, 'ok')).fresh)).toEqual(['ok']);
});

test('a server that counts answers instead of messages loses nothing', () => {
  const first = advanceCursor(FIRST_CURSOR, batch(0, 'a', 'b', 'c'));
  const second = advanceCursor(first.cursor, batch(1, 'd', 'e'));
  expect(texts([...first.fresh, ...second.fresh])).toEqual(['a', 'b', 'c', 'd', 'e']);
});

test('a redelivered older batch does not turn the acknowledgement back', () => {
  const { cursor } = advanceCursor(FIRST_CURSOR, batch(4, 'a', 'b', 'c', 'd', 'e'));
  expect(advanceCursor(cursor, batch(1, 'a', 'b')).cursor.ack).toBe(4);
});

test('without a sequence the count goes on by itself', () => {
  const { cursor } = advanceCursor(FIRST_CURSOR, { messages: [word('a'), word('b')] });
  expect(advanceCursor(cursor, { messages: [word('c')] }).cursor.ack).toBe(2);
});

test('the newest offset is kept while answers bring none', () => {
  const { cursor } = advanceCursor(FIRST_CURSOR, { ...batch(0, 'a'), offset: 1636522046 });
  expect(advanceCursor(cursor, batch(1, 'b')).cursor.offset).toBe(1636522046);
});

test.each([null, 7, 'text', [], {}, { messages: 'none' }, { messages: null, sequence: {} }])(
  'an odd answer %j changes nothing',
  (body) => {
    expect(advanceCursor(FIRST_CURSOR, body)).toEqual({ cursor: FIRST_CURSOR, fresh: [] });
  },
);

test('the memory of handled messages stays small', () => {
  let cursor = FIRST_CURSOR;
  for (let index = 0; index < 1000; index += 1) cursor = advanceCursor(cursor, batch(index, 'x')).cursor;
  expect(cursor.handled.size).toBeLessThanOrEqual(256);
});

const order = (...names: string[]) =>
  settleTyping(names.map((type) => ({ type }))).map((entry) => (entry as { type: string }).type);

test('a batch with typing in the wrong order ends in not typing', () => {
  expect(order('AgentNotTyping', 'AgentTyping')).toEqual(['AgentTyping', 'AgentNotTyping']);
});

test('a batch with typing in the right order stays as it is', () => {
  expect(order('AgentTyping', 'ChatMessage', 'AgentNotTyping')).toEqual([
    'AgentTyping',
    'ChatMessage',
    'AgentNotTyping',
  ]);
});

test('other messages keep their places among each other', () => {
  expect(order('ChatMessage', 'AgentNotTyping', 'QueueUpdate', 'AgentTyping', 'ChatEnded')).toEqual([
    'ChatMessage',
    'QueueUpdate',
    'AgentTyping',
    'AgentNotTyping',
    'ChatEnded',
  ]);
});
