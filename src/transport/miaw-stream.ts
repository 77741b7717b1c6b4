import { raceAbort } from '../core/clock.ts';
import { HandoffError } from '../core/errors.ts';
import type { HttpStream, SseMessage } from '../core/http.ts';
import { fitsHeader } from '../http/header-text.ts';
import { readSse, withSilenceLimit } from '../http/sse.ts';
import { backoffMs } from './backoff.ts';
import type { Line } from './miaw-call.ts';
import { isRefusal, statusOf } from './miaw-errors.ts';
import { textOf } from './miaw-json.ts';
import { renewIfDue, replaceToken } from './miaw-token.ts';
import { openWithToken, refusedAtOnce } from './miaw-token-stream.ts';
import { retryAfterMs, waitMs, wasNeverSent } from './wait.ts';

/** The event stream across its reconnects; `current` is the one to close. */
export interface StreamLink {
  readonly line: Line;
  current: HttpStream;
  lastEventId: string | null;
  /** The one that `current` was opened with. */
  accessToken: string;
}

export type StreamStep = { readonly kind: 'frames'; readonly frames: readonly SseMessage[] } | Outage;

/** The stream broke, or is back. */
export type Outage =
  | { readonly kind: 'reconnecting'; readonly attempt: number; readonly delayMs: number; readonly reason: string }
  | { readonly kind: 'reconnected'; readonly resumedFrom?: string };

/** Some servers say on the open stream what others answer with 401. */
const EXPIRED = /^\s*Jwt is expired\.?\s*$/i;
const SILENCE_MS = 90_000;
const MOST_ATTEMPTS = 10;
const MOST_RATE_WAITS = 5;
const MOST_FAULTS = 2;

/** Opens the first stream of a conversation; refusals by rate and faults of the service are tried again. */
export async function openLink(line: Line, lastEventId: string | null, signal: AbortSignal): Promise<StreamLink> {
  for (let failures = 0; ; failures += 1) {
    try {
      return { line, lastEventId, ...(await openWithToken(line, lastEventId, signal)) };
    } catch (error) {
      signal.throwIfAborted();
      if (failures >= mostTries(error)) throw isFinal(error) ? refusedAtOnce(line, error) : error;
      const { clock, random } = line.deps;
      await clock.sleep(waitMs(failures, askedWait(error), clock, random), signal);
    }
  }
}

/** Opening a stream changes nothing, so a broken try costs nothing; one that takes long has cost enough. */
function mostTries(error: unknown): number {
  const status = statusOf(error) ?? 0;
  if (status === 429) return MOST_RATE_WAITS;
  const isBroken = error instanceof HandoffError && error.code === 'CONNECTION_LOST';
  return status >= 500 || isBroken || wasNeverSent(error) ? MOST_FAULTS : 0;
}

/**
 * Everything that comes, the frames of one network read at a time. A stream that ends, breaks or falls silent is opened again where it stopped, ten
 * times in a row at most. Throws TOKEN_EXPIRED, SESSION_LOST with its cause, or the signal's reason.
 */
export async function* readLink(link: StreamLink, signal: AbortSignal): AsyncGenerator<StreamStep, void, void> {
  let failures = 0;
  for (;;) {
    let problem: unknown;
    try {
      for await (const frames of framesOf(link)) {
        failures = 0;
        yield { kind: 'frames', frames };
      }
    } catch (error) {
      problem = error;
    } finally {
      link.current.close();
    }
    let reopened = false;
    while (!reopened) {
      signal.throwIfAborted();
      const step = planReconnect(link, failures, problem);
      failures += 1;
      yield step;
      await link.line.deps.clock.sleep(step.delayMs, signal);
      problem = await reopen(link, problem, signal);
      reopened = problem === undefined;
    }
    yield { kind: 'reconnected', ...(link.lastEventId ? { resumedFrom: link.lastEventId } : {}) };
  }
}

async function* framesOf(link: StreamLink): AsyncGenerator<readonly SseMessage[], void, void> {
  const { clock } = link.line.deps;
  for await (const read of readSse(withSilenceLimit(link.current.chunks, clock, SILENCE_MS), expiryTold)) {
    const expired = read.findIndex((frame) => expiryTold(frame.data) !== undefined);
    const frames = expired < 0 ? read : read.slice(0, expired);
    const lastId = read.slice(0, expired < 0 ? undefined : expired + 1).findLast(({ id }) => id && fitsHeader(id))?.id;
    if (lastId) link.lastEventId = lastId;
    if (frames.length > 0) {
      renewIfDue(link.line.token);
      yield frames;
    }
    if (expired >= 0) throw new HandoffError('TOKEN_EXPIRED');
  }
}

function expiryTold(text: string): HandoffError | undefined {
  return EXPIRED.test(text) ? new HandoffError('TOKEN_EXPIRED') : undefined;
}

function planReconnect(link: StreamLink, failures: number, problem: unknown) {
  if (failures >= MOST_ATTEMPTS) throw new HandoffError('SESSION_LOST', { cause: problem });
  const { clock, random } = link.line.deps;
  const delayMs = retryAfterMs(askedWait(problem), clock) ?? backoffMs(failures, random);
  const reason = problem instanceof Error ? problem.message : 'the service closed the event stream';
  return { kind: 'reconnecting', attempt: failures + 1, delayMs, reason } as const;
}

/** What went wrong, or undefined where the stream is open again. Throws what another try cannot mend. */
async function reopen(link: StreamLink, problem: unknown, signal: AbortSignal): Promise<unknown> {
  try {
    if (isFinal(problem)) await raceAbort(replaceToken(link.line.token, link.accessToken), signal);
    Object.assign(link, await openWithToken(link.line, link.lastEventId, signal));
    return undefined;
  } catch (error) {
    signal.throwIfAborted();
    if (isFinal(error)) throw error;
    if (isRefusal(statusOf(error))) throw new HandoffError('SESSION_LOST', { cause: error });
    return error;
  }
}

function isFinal(error: unknown): boolean {
  return statusOf(error) === 401 || (error instanceof HandoffError && error.code === 'TOKEN_EXPIRED');
}

function askedWait(error: unknown): string | undefined {
  return error instanceof HandoffError ? textOf(error.details?.retryAfter) : undefined;
}
