import { type Clock, withDeadline } from '../core/clock.ts';
import type { MiawConfig } from '../core/config.ts';
import { HandoffError } from '../core/errors.ts';
import type { Http, HttpStream } from '../core/http.ts';
import type { Secrets } from '../core/redact.ts';
import { MIAW_HEADERS, MIAW_PATHS } from '../protocol/miaw.ts';
import { miawError } from './miaw-errors.ts';
import { refuseTransposedHost } from './miaw-host.ts';

export interface StreamDeps {
  readonly http: Http;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly timeoutMs: number;
}

export interface StreamRequest {
  readonly accessToken: string;
  readonly lastEventId?: string | null;
}

const ORG_ID_LENGTH = 15;
const MOST_REFUSAL_BYTES = 16_384;

/**
 * Opens the event stream and looks at its headers. Vendor page: "Server-Sent Events".
 * Throws what `miawError` says, NOT_THE_SERVICE for another content type; nothing stays open then.
 */
export async function openStream(
  deps: StreamDeps,
  config: MiawConfig,
  request: StreamRequest,
  signal?: AbortSignal,
): Promise<HttpStream> {
  refuseTransposedHost(config);
  const stream = await deps.http.stream({
    url: `${config.baseUrl}${MIAW_PATHS.stream}`,
    headers: {
      Accept: 'text/event-stream',
      Authorization: `Bearer ${request.accessToken}`,
      [MIAW_HEADERS.orgId]: config.orgId.slice(0, ORG_ID_LENGTH),
      ...(request.lastEventId ? { [MIAW_HEADERS.lastEventId]: request.lastEventId } : {}),
    },
    timeoutMs: deps.timeoutMs,
    ...(signal ? { signal } : {}),
  });
  if (stream.status === 200 && isEventStream(stream)) return stream;
  throw await refusalOf(deps, stream, signal);
}

function isEventStream(stream: HttpStream): boolean {
  return (stream.headers['content-type'] ?? '').toLowerCase().startsWith('text/event-stream');
}

async function refusalOf(deps: StreamDeps, stream: HttpStream, signal?: AbortSignal): Promise<HandoffError> {
  try {
    const { status, headers } = stream;
    if (status === 200) return wrongType(headers['content-type']);
    const body = await readRefusal(deps, stream, signal);
    return miawError('stream', { status, headers, body }, deps.secrets);
  } finally {
    stream.close();
  }
}

function wrongType(type: string | undefined): HandoffError {
  const given = type ? `of type ${type.slice(0, 60)}` : 'without a type';
  return new HandoffError('NOT_THE_SERVICE', { message: `The event stream came ${given}, not as text/event-stream` });
}

/** The words of a refusal are worth little waiting: what has come by the deadline, or before a break, will do. */
async function readRefusal(deps: StreamDeps, stream: HttpStream, outer?: AbortSignal): Promise<string> {
  const parts: Uint8Array[] = [];
  const read = async (signal: AbortSignal) => {
    let size = 0;
    for await (const chunk of stream.chunks) {
      parts.push(chunk);
      size += chunk.byteLength;
      if (size > MOST_REFUSAL_BYTES || signal.aborted) return;
    }
  };
  try {
    await withDeadline(deps.clock, deps.timeoutMs, () => new HandoffError('TIMED_OUT'), read, outer);
  } catch {
    outer?.throwIfAborted();
  }
  return Buffer.concat(parts).subarray(0, MOST_REFUSAL_BYTES).toString();
}
