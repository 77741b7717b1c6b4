import { raceAbort } from '../core/clock.ts';
import type { MiawConfig } from '../core/config.ts';
import { HandoffError } from '../core/errors.ts';
import type { HttpRequest, HttpResponse } from '../core/http.ts';
import type { TransportDeps } from '../core/session.ts';
import type { FormBody } from '../http/multipart.ts';
import { MIAW_PATHS } from '../protocol/miaw.ts';
import { replaceToken, type TokenKeeper, usableToken } from './miaw-token.ts';
import { waitMs, wasNeverSent } from './wait.ts';

/** What every call below one conversation needs. */
export interface Line {
  readonly deps: Omit<TransportDeps, 'signal'>;
  readonly config: MiawConfig;
  readonly conversationId: string;
  readonly token: TokenKeeper;
}

/**
 * What is repeated after a wait. What never reached the service or was refused for its rate (429) was not carried out; `whole` also
 * repeats after a fault of the service or of the network, where nobody knows whether it was carried out.
 */
type Repeat = 'never' | 'refusals' | 'whole';

export interface LineCall {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below the conversation, with the query; `null` creates the conversation itself. */
  readonly path: string | null;
  readonly body?: unknown;
  /** Sent as it is, in place of a JSON body. */
  readonly form?: FormBody;
  readonly repeat: Repeat;
  readonly signal: AbortSignal;
}

const MOST_RATE_WAITS = 5;
const MOST_FAULTS = 2;

/** Asks with a valid token and repeats what may be repeated. Any other status is a result; network errors are thrown. */
export async function callLine(line: Line, call: LineCall): Promise<HttpResponse> {
  const { clock, random } = line.deps;
  let rated = 0;
  let faults = 0;
  for (;;) {
    const outcome = await attempt(line, call);
    if (isRated(outcome, call)) rated += 1;
    else if (isFault(outcome, call)) faults += 1;
    else return settle(outcome);
    if (rated > MOST_RATE_WAITS || faults > MOST_FAULTS) return settle(outcome);
    const retryAfter = outcome instanceof HandoffError ? undefined : outcome.headers['retry-after'];
    await clock.sleep(waitMs(rated + faults - 1, retryAfter, clock, random), call.signal);
  }
}

function settle(outcome: HttpResponse | HandoffError): HttpResponse {
  if (outcome instanceof HandoffError) throw outcome;
  return outcome;
}

function isRated(outcome: HttpResponse | HandoffError, call: LineCall): boolean {
  return call.repeat !== 'never' && !(outcome instanceof HandoffError) && outcome.status === 429;
}

function isFault(outcome: HttpResponse | HandoffError, call: LineCall): boolean {
  if (call.repeat === 'refusals' && wasNeverSent(outcome)) return true;
  if (call.repeat !== 'whole') return false;
  return outcome instanceof HandoffError || outcome.status >= 500;
}

/** One exchange, and a second one with a new token where the first was refused. Only a token beyond renewal is thrown. */
async function attempt(line: Line, call: LineCall): Promise<HttpResponse | HandoffError> {
  const { token } = line;
  try {
    const accessToken = await raceAbort(usableToken(token), call.signal);
    const response = await line.deps.http.request(requestOf(line, call, accessToken));
    if (response.status !== 401) return response;
    await raceAbort(replaceToken(token, accessToken), call.signal);
    return await line.deps.http.request(requestOf(line, call, token.current));
  } catch (error) {
    call.signal.throwIfAborted();
    if (!(error instanceof HandoffError) || error.code === 'TOKEN_EXPIRED') throw error;
    return error;
  }
}

function requestOf(line: Line, call: LineCall, accessToken: string): HttpRequest {
  const { config, conversationId, deps } = line;
  const content = contentOf(call);
  const below = call.path === null ? '' : `/${conversationId}${call.path}`;
  return {
    method: call.method,
    url: `${config.baseUrl}${MIAW_PATHS.conversation}${below}`,
    headers: {
      Accept: 'application/json',
      Authorization: `Bearer ${accessToken}`,
      ...(content ? { 'Content-Type': content.contentType } : {}),
    },
    ...(content ? { body: content.bytes } : {}),
    timeoutMs: deps.timeoutMs,
    signal: call.signal,
  };
}

function contentOf({ body, form }: LineCall): { contentType: string; bytes: string | Uint8Array } | undefined {
  if (form) return form;
  return body === undefined ? undefined : { contentType: 'application/json', bytes: JSON.stringify(body) };
}
