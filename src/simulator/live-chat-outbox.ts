import type { LiveChatMessage } from '../protocol/live-chat.ts';

/** What one poll hands out. `sequence` is the running index of its last message. */
export interface Batch {
  readonly messages: readonly LiveChatMessage[];
  readonly sequence: number;
  readonly offset: number;
}

type Collected =
  | { readonly kind: 'batch'; readonly batch: Batch }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'out-of-sync'; readonly actual: number };

/**
 * The messages a visitor has yet to acknowledge, numbered from 0 over the whole session. Nothing counts as delivered
 * before `commit`, so an answer that was lost is handed out again under the same ack.
 */
export interface Outbox {
  push(message: LiveChatMessage): void;
  /** Takes the poll's ack (undefined: everything delivered is acknowledged) and says what to answer. */
  collect(ack: number | undefined): Collected;
  commit(batch: Batch): void;
  /** The running index of the last message handed out, -1 before the first. */
  delivered(): number;
  /** Starts the numbering anew: what came after the batch of `offset` follows the message that `first` makes of it. */
  restart(first: (following: readonly LiveChatMessage[]) => LiveChatMessage, offset: number | undefined): void;
}

interface Shelf {
  messages: LiveChatMessage[];
  delivered: number;
  acknowledged: number;
  offset: number;
  /** After a reconnect it is not settled whether a client starts its ack anew: its first one is not judged. */
  lenient: boolean;
  readonly offsets: Map<number, number>;
}

/** `step` gives the distance from one offset to the next, `start` the first one. */
export function createOutbox(start: number, step: () => number): Outbox {
  const shelf: Shelf = {
    messages: [],
    delivered: -1,
    acknowledged: -1,
    offset: start,
    lenient: false,
    offsets: new Map(),
  };
  return {
    push: (message) => void shelf.messages.push(message),
    collect: (ack) => collect(shelf, ack, step),
    commit: (batch) => commit(shelf, batch),
    delivered: () => shelf.delivered,
    restart: (first, offset) => restart(shelf, first, offset),
  };
}

function collect(shelf: Shelf, ack: number | undefined, step: () => number): Collected {
  const claimed = shelf.lenient ? Math.min(ack ?? -1, shelf.delivered) : (ack ?? shelf.delivered);
  if (claimed > shelf.delivered || claimed < shelf.acknowledged) {
    return { kind: 'out-of-sync', actual: claimed > shelf.delivered ? shelf.delivered : shelf.acknowledged };
  }
  shelf.acknowledged = claimed;
  const messages = shelf.messages.slice(claimed + 1);
  if (messages.length === 0) return { kind: 'nothing' };
  return { kind: 'batch', batch: { messages, sequence: claimed + messages.length, offset: shelf.offset + step() } };
}

function commit(shelf: Shelf, batch: Batch): void {
  shelf.delivered = Math.max(shelf.delivered, batch.sequence);
  shelf.offset = batch.offset;
  shelf.offsets.set(batch.offset, batch.sequence);
  shelf.lenient = false;
}

function restart(shelf: Shelf, first: Parameters<Outbox['restart']>[0], offset: number | undefined): void {
  const known = offset === undefined ? undefined : shelf.offsets.get(offset);
  const following = shelf.messages.slice((known ?? shelf.delivered) + 1);
  shelf.messages = [first(following), ...following];
  shelf.delivered = -1;
  shelf.acknowledged = -1;
  shelf.lenient = true;
  shelf.offsets.clear();
}
