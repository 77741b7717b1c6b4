import type { AgentEvent, AgentEventBody } from '../core/events.ts';
import type { SseMessage } from '../core/http.ts';
import type { MiawChat } from './miaw-chat.ts';
import { readFrame, type WireEntry } from './miaw-entry.ts';
import { inChatTerms } from './miaw-errors.ts';
import { askLater, missedEntries } from './miaw-missed.ts';
import { createPull, type Pull } from './miaw-pull.ts';
import { acceptEntry, createReader, dueEvents, noteLate, type Reader } from './miaw-reader.ts';
import { acknowledge } from './miaw-receipts.ts';
import { type Outage, readLink, type StreamStep } from './miaw-stream.ts';

type Events = AsyncGenerator<AgentEvent, void, void>;

/** The events of an open conversation, from `started` to its end. Ends quietly after dispose, throws the caller's abort. */
export async function* readMiawEvents(chat: MiawChat): Events {
  const over = new AbortController();
  const signal = AbortSignal.any([chat.reading, over.signal]);
  const ring = () => chat.bell.ring();
  chat.reading.addEventListener('abort', ring);
  const reader = createReader(chat);
  const steps = createPull(readLink(chat.link, signal));
  try {
    yield* told(chat, [{ type: 'started', channel: 'miaw', conversationId: chat.line.conversationId }]);
    while (!reader.over) {
      signal.throwIfAborted();
      yield* told(chat, ofWaiting(reader));
      if (reader.over) return;
      await chat.bell.wait(steps.arrival());
      signal.throwIfAborted();
      const step = steps.take();
      // Not by `yield*`, which takes an async generator longer for each event than decoding it.
      if (step?.kind === 'frames') for (const event of told(chat, ofFrames(reader, step.frames, signal))) yield event;
      else if (step) yield* followOutage(reader, steps, step, signal);
    }
  } catch (error) {
    if (chat.stop.signal.aborted) return;
    chat.outer.throwIfAborted();
    throw inChatTerms(error);
  } finally {
    chat.reading.removeEventListener('abort', ring);
    over.abort();
    steps.stop();
    chat.link.current.close();
  }
}

/** What has come about without a frame: the history, receipts let go, the end once it is certain. */
function* ofWaiting(reader: Reader): Iterable<AgentEventBody> {
  yield* ofEntries(reader, reader.late.splice(0));
  if (!reader.over) yield* dueEvents(reader);
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

function* ofEntries(reader: Reader, entries: readonly WireEntry[]): Iterable<AgentEventBody> {
  for (const entry of entries) {
    if (reader.over) return;
    yield* acceptEntry(reader, entry);
  }
}

async function* followOutage(reader: Reader, steps: Pull<StreamStep>, step: Outage, signal: AbortSignal): Events {
  const { chat } = reader;
  const { kind, ...facts } = step;
  yield* told(chat, [{ type: kind, ...facts } as AgentEventBody]);
  if (kind !== 'reconnected') return;
  const history = missedEntries(chat, signal);
  // Left lying, what comes meanwhile would be lost each time that the stream breaks soon after it was opened.
  await steps.readAhead(history);
  const missed = await history;
  if (!missed) void askLater(chat, signal).then((late) => noteLate(reader, late));
  yield* told(chat, ofEntries(reader, missed ?? []));
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
