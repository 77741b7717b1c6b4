import { fieldsOf, listOf, textOf, wholeFrom } from './live-chat-fields.ts';

/** Indices kept to recognise a message that comes twice. */
const REMEMBERED = 256;

/** How far the poll has come. `handled` holds recent messages by their running index. */
export interface Cursor {
  readonly ack: number;
  /** Newest one seen; wanted by ReconnectSession. */
  readonly offset: number | undefined;
  readonly handled: ReadonlyMap<number, string>;
}

export const FIRST_CURSOR: Cursor = { ack: -1, offset: undefined, handled: new Map() };

/**
 * What is new in a 200 answer. `sequence` counts messages over the whole session and names the last of this batch, so the
 * k-th of m has index sequence − m + k. A message counts as seen when the same one was handled at that index: a server that
 * numbers otherwise then costs nothing, while one that sends a batch again is not shown twice.
 */
export function advanceCursor(cursor: Cursor, body: unknown): { cursor: Cursor; fresh: readonly unknown[] } {
  const fields = fieldsOf(body);
  const messages = listOf(fields.messages);
  const last = wholeFrom(0, fields.sequence) ?? cursor.ack + messages.length;
  const handled = new Map(cursor.handled);
  const fresh: unknown[] = [];
  messages.forEach((message, position) => {
    const index = last - messages.length + position + 1;
    const print = JSON.stringify(message);
    if (handled.get(index) !== print) fresh.push(message);
    handled.set(index, print);
  });
  for (const index of handled.keys()) if (index <= last - REMEMBERED) handled.delete(index);
  const offset = wholeFrom(0, fields.offset) ?? cursor.offset;
  return { cursor: { ack: Math.max(cursor.ack, last), offset, handled }, fresh };
}

/** Typing notes may arrive in the wrong order: a batch with both ends in "not typing". */
export function settleTyping(entries: readonly unknown[]): readonly unknown[] {
  const types = entries.map((entry) => textOf(fieldsOf(entry).type));
  const stop = types.lastIndexOf('AgentNotTyping');
  const start = types.lastIndexOf('AgentTyping');
  if (stop < 0 || start < stop) return entries;
  return [...entries.slice(0, stop), ...entries.slice(stop + 1, start + 1), entries[stop], ...entries.slice(start + 1)];
}
