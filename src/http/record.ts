import type { Clock } from '../core/clock.ts';
import { HandoffError } from '../core/errors.ts';
import type { Http, HttpRequest, HttpStream } from '../core/http.ts';
import type { RecordingLine } from '../core/recording.ts';
import type { Secrets } from '../core/redact.ts';
import { createRecordingMask, type RecordingMask } from './recording-mask.ts';
import { createSseFeed } from './sse.ts';

export interface RecordOptions {
  readonly clock: Clock;
  readonly secrets: Secrets;
  /** Epoch milliseconds from which the times of the lines count. */
  readonly startedAt: number;
  readonly keepTexts: boolean;
  /** Keeps one line; awaited before the exchange goes on, so that a slow disk slows the reading down. Never rejects. */
  write(line: RecordingLine): Promise<void>;
}

const LONGEST_BODY = 256 * 1024;

interface Recorder {
  readonly mask: RecordingMask;
  now(): number;
  write(line: RecordingLine): Promise<void>;
}

/** The same way to the network, with everything that goes through it written down. Closing stays with the inner one. */
export function recordHttp(http: Http, options: RecordOptions): Http {
  const recorder: Recorder = {
    mask: createRecordingMask(options.secrets, options.keepTexts),
    now: () => options.clock.now() - options.startedAt,
    write: options.write,
  };
  let last = 0;
  return {
    ...http,
    async request(request) {
      const exchange = ++last;
      await noteRequest(recorder, exchange, request);
      const { status, headers, body } = await orFailure(recorder, exchange, http.request(request));
      await recorder.write({
        ...answerLine(recorder, exchange, status, headers),
        ...(body === '' ? {} : { body: bodyOf(recorder, status, body) }),
      });
      return { status, headers, body };
    },
    async stream(request) {
      const exchange = ++last;
      await noteRequest(recorder, exchange, request);
      const stream = await orFailure(recorder, exchange, http.stream(request));
      await recorder.write(answerLine(recorder, exchange, stream.status, stream.headers));
      return recordStream(recorder, exchange, stream);
    },
  };
}

async function noteRequest({ mask, now, write }: Recorder, exchange: number, request: HttpRequest): Promise<void> {
  const { origin, pathname, search } = new URL(request.url);
  const { body } = request;
  await write({
    at: now(),
    type: 'request',
    exchange,
    method: request.method ?? 'GET',
    origin,
    path: mask.plain(pathname + search),
    headers: mask.headers(request.headers ?? {}),
    ...(typeof body === 'string' ? { body: mask.body(body) } : {}),
    ...(body instanceof Uint8Array ? { bytes: body.length } : {}),
  });
}

async function orFailure<T>({ mask, now, write }: Recorder, exchange: number, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (thrown) {
    const code = thrown instanceof HandoffError ? thrown.code : 'ABORTED';
    const message = mask.plain(thrown instanceof Error ? thrown.message : String(thrown));
    await write({ at: now(), type: 'failure', exchange, code, message });
    throw thrown;
  }
}

function answerLine(
  { mask, now }: Recorder,
  exchange: number,
  status: number,
  headers: Readonly<Record<string, string>>,
) {
  return { at: now(), type: 'answer', exchange, status, headers: mask.headers(headers) } as const;
}

function bodyOf({ mask }: Recorder, status: number, body: string): unknown {
  const kept = body.length > LONGEST_BODY && !/^\s*[[{]/.test(body) ? body.slice(0, LONGEST_BODY) : body;
  return status >= 400 ? mask.refusal(kept) : mask.body(kept);
}

type EndedBy = Extract<RecordingLine, { type: 'end' }>['by'];

/** The end is written once: by the reader of the chunks, or by `close` where nobody has read them. */
function recordStream(recorder: Recorder, exchange: number, stream: HttpStream): HttpStream {
  const isEvents = (stream.headers['content-type'] ?? '').startsWith('text/event-stream');
  const state = { closed: false, ended: false };
  const keep = isEvents ? keepEvents(recorder, exchange) : keepText(recorder, stream.status);
  const end = async (by: EndedBy) => {
    if (state.ended) return;
    state.ended = true;
    await recorder.write({ at: recorder.now(), type: 'end', exchange, by, ...keep.rest() });
  };
  return {
    status: stream.status,
    headers: stream.headers,
    chunks: recordChunks(stream.chunks, keep.add, (by) => end(state.closed ? 'client' : by)),
    close() {
      state.closed = true;
      stream.close();
      end('client').catch(() => undefined);
    },
  };
}

async function* recordChunks(
  chunks: AsyncIterable<Uint8Array>,
  add: (chunk: Uint8Array) => Promise<void>,
  end: (by: EndedBy) => Promise<void>,
): AsyncGenerator<Uint8Array, void, void> {
  let by: EndedBy = 'client';
  try {
    for await (const chunk of chunks) {
      await add(chunk);
      yield chunk;
    }
    by = 'service';
  } catch (thrown) {
    by = 'failure';
    throw thrown;
  } finally {
    await end(by);
  }
}

interface Keep {
  add(chunk: Uint8Array): Promise<void>;
  rest(): { body?: unknown };
}

function keepEvents({ mask, now, write }: Recorder, exchange: number): Keep {
  const feed = createSseFeed();
  return {
    async add(chunk) {
      for (const { id, event, data } of feed(chunk).events) {
        const named = id === undefined ? {} : { id: mask.plain(id) };
        await write({ at: now(), type: 'event', exchange, ...named, event: mask.plain(event), data: mask.body(data) });
      }
    },
    rest: () => ({}),
  };
}

/** What came in place of an event stream is read whole, as far as it is not absurdly long. */
function keepText(recorder: Recorder, status: number): Keep {
  const parts: Uint8Array[] = [];
  let size = 0;
  return {
    async add(chunk) {
      if (size < LONGEST_BODY) parts.push(chunk);
      size += chunk.length;
    },
    rest() {
      const body = Buffer.concat(parts).toString('utf8');
      return body === '' ? {} : { body: bodyOf(recorder, status, body) };
    },
  };
}
