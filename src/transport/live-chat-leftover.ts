import { HandoffError } from '../core/errors.ts';
import type { Leftover } from '../core/leftover.ts';
import type { TransportDeps } from '../core/session.ts';
import { isTransient, liveChatFailure } from './live-chat-errors.ts';
import { keyInPath, type Link, linkDelete } from './live-chat-link.ts';
import { askReconnect, newAffinity } from './live-chat-reconnect.ts';
import { refuseTransposedHost } from './live-chat-server.ts';

const ATTEMPTS = 3;
const PAUSE_MS = 1000;

/** Deletes the session, which ends its chat; see `closeLeftover`. Needs no sequence number, which died with the run. */
export async function closeLiveChatLeftover(
  leftover: Extract<Leftover, { channel: 'live-chat' }>,
  deps: TransportDeps,
): Promise<void> {
  refuseTransposedHost(leftover.config.liveAgentUrl);
  deps.secrets.add(leftover.sessionKey);
  deps.secrets.add(keyInPath(leftover.sessionKey));
  const link = linkTo(leftover, deps);
  for (let attempt = 1; ; attempt += 1) {
    const failure = await failureOf(link, deps.signal);
    if (failure === undefined) return;
    if (attempt >= ATTEMPTS) throw failure;
    if (!(await regain(link, failure, deps.signal))) await deps.clock.sleep(PAUSE_MS, deps.signal);
  }
}

function linkTo(
  { config, conversationId, sessionKey, affinity }: Extract<Leftover, { channel: 'live-chat' }>,
  { http, timeoutMs }: TransportDeps,
): Link {
  return {
    http,
    timeoutMs,
    sessionId: conversationId,
    key: sessionKey,
    clientPollTimeoutSeconds: 0,
    url: config.liveAgentUrl,
    affinity,
    nextSequence: 1,
    generation: 0,
  };
}

/** 503 may mean that the session has moved since: with the affinity of its new server it can be deleted. */
async function regain(link: Link, failure: Error, signal: AbortSignal): Promise<boolean> {
  if (!(failure instanceof HandoffError) || failure.details?.status !== 503) return false;
  try {
    const response = await askReconnect(link, undefined, signal);
    const given = response.status === 200 ? newAffinity(response) : undefined;
    if (given) link.affinity = given.affinity;
    return given !== undefined;
  } catch {
    signal.throwIfAborted();
    return false;
  }
}

/** 403 and 404 say that the session is gone already. What may get better is given back, the rest is thrown. */
async function failureOf(link: Link, signal: AbortSignal): Promise<Error | undefined> {
  try {
    const response = await linkDelete(link, signal);
    if (response.status < 300 || response.status === 403 || response.status === 404) return undefined;
    const failure = liveChatFailure(response, 'System/SessionId', 'chat');
    if (response.status < 500 && response.status !== 429) throw failure;
    return failure;
  } catch (error) {
    if (signal.aborted || !isTransient(error)) throw error;
    return error;
  }
}
