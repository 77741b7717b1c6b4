import { withDeadline } from '../core/clock.ts';
import { HandoffError } from '../core/errors.ts';
import type { AgentEvent, AgentEventBody } from '../core/events.ts';
import type { SseMessage } from '../core/http.ts';
import type { MiawChat } from './miaw-chat.ts';
import { askHistory } from './miaw-conversation.ts';
import { readFrame, type WireEntry } from './miaw-entry.ts';
import { inChatTerms } from './miaw-errors.ts';
import { createPull } from './miaw-pull.ts';
import { acceptEntry, createReader, dueEvents, type Reader } from './miaw-reader.ts';
import { acknowledge } from './miaw-receipts.ts';
import { type Outage, readLink } from './miaw-stream.ts';

type Events = AsyncGenerator<AgentEvent, void, void>;

/** The events of an open conversation, from `started` to its end. Ends quietly after dispose, throws the caller's abort. */
export async function* readMiawEvents(chat: MiawChat): Events {
  const over = new AbortController();
  const ring = () => chat.bell.ring();
  chat.reading.addEventListener('abort', ring);
  try {
    yield* readUntilOver(chat, AbortSignal.any([chat.reading, over.signal]));
  } catch (error) {
    if (chat.stop.signal.aborted) return;
    chat.outer.throwIfAborted();
    throw inChatTerms(error);
  } finally {
    chat.reading.removeEventListener('abort', ring);
    over.abort();
    chat.link.current.close();
  }
}

async function* readUntilOver(chat: MiawChat, signal: AbortSignal): Events {
  const reader = createReader(chat);
  const steps = createPull(readLink(chat.link, signal));
  try {
    yield* told(chat, [{ type: 'started', channel: 'miaw', conversationId: chat.line.conversationId }]);
    while (!reader.over) {
      signal.throwIfAborted();
      yield* told(chat, dueEvents(reader));
      if (reader.over) return;
      await chat.bell.wait(steps.arrival());
      signal.throwIfAborted();
      const step = steps.take();
      // Not by `yield*`, which takes an async generator longer for each event than decoding it.
      if (step?.kind === 'frames') for (const event of told(chat, ofFrames(reader, step.frames, signal))) yield event;
      else if (step) yield* followOutage(reader, step, signal);
    }
  } finally {
    steps.stop();
  }
}

/** Lazily, for what a frame means depends on those before it, and on what has happened since they were told. */
function* ofFrames(reader: Reader, frames: readonly SseMessage[], signal: AbortSignal): Iterable<AgentEventBody> {
  for (const frame of frames) {
    signal.throwIfAborted();
    yield* dueEvents(reader);
    if (reader.over) return;
    const entry = readFrame(frame);
    if (entry) yield* acceptEntry(reader, entry);
  }
}

async function* followOutage(reader: Reader, step: Outage, signal: AbortSignal): Events {
  const { chat } = reader;
  const { kind, ...facts } = step;
  yield* told(chat, [{ type: kind, ...facts } as AgentEventBody]);
  if (kind !== 'reconnected') return;
  for (const entry of await missedEntries(chat, signal)) {
    yield* told(chat, acceptEntry(reader, entry));
    if (reader.over) return;
  }
}

/** What the stream may not repeat after a break. The chat goes on without it, so it is worth one time limit. */
async function missedEntries(chat: MiawChat, signal: AbortSignal): Promise<readonly WireEntry[]> {
  const { clock, timeoutMs } = chat.line.deps;
  try {
    const late = () => new HandoffError('TIMED_OUT');
    return await withDeadline(clock, timeoutMs, late, (limit) => askHistory(chat.line, limit), signal);
  } catch {
    signal.throwIfAborted();
    return [];
  }
}

/** Hands events to the reader; a message of somebody else is delivered when it comes and read when it was taken. */
function* told(chat: MiawChat, bodies: Iterable<AgentEventBody>): Generator<AgentEvent, void, void> {
  for (const body of bodies) {
    const heard = body.type === 'message' && body.from.role !== 'visitor' ? body.id : undefined;
    if (heard) acknowledge(chat.receipts, 'Delivery', heard);
    try {
      yield { at: chat.line.deps.clock.now(), ...body };
    } finally {
      if (heard) acknowledge(chat.receipts, 'Read', heard);
    }
  }
}
