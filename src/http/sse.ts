import { isAscii } from 'node:buffer';
import { createParser } from 'eventsource-parser';
import type { Clock } from '../core/clock.ts';
import { formatDuration } from '../core/duration.ts';
import { HandoffError } from '../core/errors.ts';
import type { SseMessage } from '../core/http.ts';

const LARGEST_EVENT = 4 * 1024 * 1024;

/**
 * The events of a `text/event-stream` body, as many at a time as one chunk completes. Comments and blank events yield nothing, an event cut off by the end is
 * dropped as the standard demands. Throws ANSWER_TOO_LARGE for one of more than 4 MB, what `chunks` throws, and what
 * `judgeStray` makes of a line that is no field at all.
 */
export async function* readSse(
  chunks: AsyncIterable<Uint8Array>,
  judgeStray: (line: string) => Error | undefined = () => undefined,
): AsyncGenerator<readonly SseMessage[], void, void> {
  const feed = createSseFeed();
  for await (const chunk of chunks) {
    const { events, strays, tooLarge } = feed(chunk);
    if (events.length > 0) yield events;
    const judged = strays.map(judgeStray).find((error) => error !== undefined);
    if (judged) throw judged;
    if (tooLarge) {
      throw new HandoffError('ANSWER_TOO_LARGE', { message: 'One event of the stream is larger than 4 MB' });
    }
  }
}

interface Fed {
  /** The events that this chunk has completed. */
  readonly events: readonly SseMessage[];
  /** Lines of it that are no field. */
  readonly strays: readonly string[];
  /** An event of more than 4 MB has come, now or before: nothing that follows can be told apart. */
  readonly tooLarge: boolean;
}

/** The parser behind `readSse`, for those who watch chunks that somebody else reads. */
export function createSseFeed(): (chunk: Uint8Array) => Fed {
  const decode = createDecoder();
  const unify = createLineEnds();
  let ready: SseMessage[] = [];
  let tooLarge = false;
  let strays: string[] = [];
  const parser = createParser({
    maxBufferSize: LARGEST_EVENT,
    onEvent: ({ id, event = 'message', data }) => {
      if (data.length > LARGEST_EVENT) tooLarge = true;
      else ready.push(id === undefined ? { event, data } : { id, event, data });
    },
    onError: ({ type, line }) => {
      if (type === 'max-buffer-size-exceeded') tooLarge = true;
      else if (type === 'unknown-field') strays.push(line ?? '');
    },
  });
  return (chunk) => {
    if (!tooLarge) parser.feed(unify(decode(chunk)));
    const events = ready;
    ready = [];
    const lines = strays;
    strays = [];
    return { events, strays: lines, tooLarge };
  };
}

/** UTF-8 in pieces. Node 20 decodes ASCII eight times faster as Latin-1, as long as no character is still incomplete. */
function createDecoder(): (chunk: Uint8Array) => string {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let open = false;
  let begun = false;
  return (chunk) => {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const text = !open && isAscii(bytes) ? bytes.toString('latin1') : decoder.decode(bytes, { stream: true });
    open = (bytes.at(-1) ?? (open ? 0x80 : 0)) > 0x7f;
    if (begun || text === '') return text;
    begun = true;
    return text.startsWith('\uFEFF') ? text.slice(1) : text;
  };
}

/** CR and CRLF as LF. The parser alone would hold back a line that ends in CR until more arrives. */
function createLineEnds(): (text: string) => string {
  let afterReturn = false;
  return (text) => {
    if (text === '') return text;
    const rest = afterReturn && text.startsWith('\n') ? text.slice(1) : text;
    afterReturn = text.endsWith('\r');
    return rest.includes('\r') ? rest.replace(/\r\n?/g, '\n') : rest;
  };
}

/**
 * The same chunks, but a wait of more than `limitMs` for the next one throws STREAM_SILENT. Any byte counts as a sign of
 * life, a comment too; time that the reader spends elsewhere does not count. The source stays the caller's to close.
 */
export async function* withSilenceLimit(
  chunks: AsyncIterable<Uint8Array>,
  clock: Clock,
  limitMs: number,
): AsyncGenerator<Uint8Array, void, void> {
  const source = chunks[Symbol.asyncIterator]();
  const watch = watchSilence(clock, limitMs);
  try {
    for (;;) {
      const step = await watch.during(source.next());
      if (step.done) return;
      yield step.value;
    }
  } finally {
    watch.stop();
    // Not awaited: a source that hangs in its read answers only once it is closed.
    source.return?.().catch(() => undefined);
  }
}

interface SilenceWatch {
  /** The read's own result, or STREAM_SILENT if that comes first. */
  during<T>(read: Promise<T>): Promise<T>;
  stop(): void;
}

/** One sleeper for all reads: a timer for each chunk would cost more than parsing it. */
function watchSilence(clock: Clock, limitMs: number): SilenceWatch {
  const done = new AbortController();
  let waiting: { since: number; readonly fail: (error: Error) => void } | undefined;

  async function keepWatch(): Promise<void> {
    for (let ms = limitMs; !done.signal.aborted; ) {
      await clock.sleep(ms, done.signal);
      const now = clock.now();
      // A clock that was set back must not lengthen the wait.
      if (waiting) waiting.since = Math.min(waiting.since, now);
      ms = waiting ? waiting.since + limitMs - now : limitMs;
      if (ms > 0) continue;
      waiting?.fail(silence(limitMs));
      return;
    }
  }

  keepWatch().catch(() => undefined);
  return {
    during: (read) =>
      new Promise((resolve, reject) => {
        waiting = { since: clock.now(), fail: reject };
        read.then(resolve, reject).finally(() => {
          waiting = undefined;
        });
      }),
    stop: () => done.abort(),
  };
}

function silence(limitMs: number): HandoffError {
  return new HandoffError('STREAM_SILENT', {
    message: `Nothing came through the event stream for ${formatDuration(limitMs)}, not even a sign of life`,
    details: { limitMs },
  });
}
