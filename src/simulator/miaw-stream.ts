import type { ServerResponse } from 'node:http';
import { SSE_EVENTS } from '../protocol/miaw.ts';
import { type EventStream, hasFault, type LoggedEvent, type MiawState, type Subject } from './miaw-state.ts';
import type { Token } from './miaw-tokens.ts';

const PING_MS = 20_000;
/** Newer events are for clients that say so: the least capabilitiesVersion that gets them. */
const SINCE: Readonly<Record<string, number>> = { [SSE_EVENTS.progress]: 62, [SSE_EVENTS.streamingToken]: 63 };
const FRAMES_PER_CONNECTION = 3;
/** A reader that does not read is cut off before the memory is. */
const UNREAD_LIMIT = 8_000_000;

/** Well-formed as frames, and nothing like an entry inside. */
const ODD_FRAMES = [
  'event: CONVERSATION_MESSAGE\ndata: not json\n\n',
  'event: CONVERSATION_MESSAGE\ndata: null\n\n',
  'event: CONVERSATION_MESSAGE\ndata: {"conversationEntry":[1,2]}\n\n',
  ': a comment\n\n',
  'data: no name\n\n',
  'event: CONVERSATION_PARTICIPANT_CHANGED\ndata: {"conversationId":7,"conversationEntry":{"entryPayload":"{"}}\n\n',
].join('');

/** Answers with an endless event stream: what the subject missed since `after`, then everything new, and pings. */
export function openStream(
  state: MiawState,
  subject: Subject,
  token: Token,
  response: ServerResponse,
  after: number | undefined,
): void {
  response.writeHead(200, { 'content-type': 'text/event-stream;charset=UTF-8', 'cache-control': 'no-cache' });
  response.flushHeaders();
  const closed = new AbortController();
  const stream = createStream(state, subject, token, response);
  subject.streams.add(stream);
  response.once('close', () => {
    subject.streams.delete(stream);
    closed.abort();
  });
  if (after !== undefined) for (const event of subject.log) if (event.position > after) stream.deliver(event);
  const signal = AbortSignal.any([closed.signal, state.world.signal]);
  if (!hasFault(state, 'silent-stream', subject)) void keepAlive(state, subject, response, signal);
  void endWithToken(state, token, response, signal);
}

function createStream(state: MiawState, subject: Subject, token: Token, response: ServerResponse): EventStream {
  const has = (fault: string) => hasFault(state, fault, subject);
  let frames = 0;
  let held: LoggedEvent | undefined;
  let isBroken = false;

  function write(event: LoggedEvent): void {
    frames += 1;
    const frame = frameOf(event);
    if (has('drop-stream') && frames >= FRAMES_PER_CONNECTION) {
      isBroken = true;
      response.write(frame.slice(0, frame.length / 2), cut);
      return;
    }
    response.write(`${has('odd-shapes') ? ODD_FRAMES : ''}${frame}${has('duplicate-events') ? frame : ''}`);
    if (response.writableLength > UNREAD_LIMIT) cut();
  }

  function cut(): void {
    response.destroy();
  }

  /** A pair of tokens changes places; the last one of an odd number still comes before the message. */
  function inOrder(event: LoggedEvent): readonly LoggedEvent[] {
    const isToken = event.event === SSE_EVENTS.streamingToken;
    const late = held ? [held] : [];
    held = isToken && !held && has('reordered-tokens') ? event : undefined;
    if (held) return [];
    return isToken ? [event, ...late] : [...late, event];
  }

  function deliver(event: LoggedEvent): void {
    if (has('silent-stream') || token.capabilities < (SINCE[event.event] ?? 0)) return;
    for (const next of inOrder(event)) if (!isBroken && !response.destroyed) write(next);
  }

  return { deliver, cut };
}

function frameOf({ position, event, envelope }: LoggedEvent): string {
  return `id: ${position}\nevent: ${event}\ndata: ${JSON.stringify(envelope)}\n\n`;
}

async function keepAlive(
  state: MiawState,
  subject: Subject,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    if (!hasFault(state, 'silent-stream', subject)) response.write(`event: ${SSE_EVENTS.ping}\ndata: 0\n\n`);
    await state.world.clock.sleep(PING_MS, signal).catch(() => undefined);
  }
}

async function endWithToken(
  state: MiawState,
  token: Token,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  const left = Math.max(0, token.expiresAt * 1000 - state.world.clock.now());
  await state.world.clock.sleep(left, signal).then(
    () => response.end('Jwt is expired\n\n'),
    () => undefined,
  );
}
