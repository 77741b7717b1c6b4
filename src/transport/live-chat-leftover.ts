import type { Leftover } from '../core/leftover.ts';
import type { TransportDeps } from '../core/session.ts';
import { isTransient, liveChatFailure } from './live-chat-errors.ts';
import { keyInPath, type Link, linkDelete } from './live-chat-link.ts';
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
    await deps.clock.sleep(PAUSE_MS, deps.signal);
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
