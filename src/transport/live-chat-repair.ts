import { HandoffError } from '../core/errors.ts';
import type { HttpResponse } from '../core/http.ts';
import { LIVE_CHAT_PATHS } from '../protocol/live-chat.ts';
import { backoffMs } from './backoff.ts';
import { FIRST_CURSOR } from './live-chat-cursor.ts';
import { isTransient, liveChatFailure } from './live-chat-errors.ts';
import { linkPost } from './live-chat-link.ts';
import { pollOnce } from './live-chat-poll.ts';
import { askReconnect, newAffinity } from './live-chat-reconnect.ts';
import { absorb, isOver, type LiveChatRun, tell } from './live-chat-run.ts';

const MOST_ATTEMPTS = 12;
/** The first batch brings the transcript; a server that sends none is not waited for any longer than this. */
const MOST_CATCH_UP_POLLS = 3;
/** A poll that was held for so long and came back empty had nothing to wait for. */
const HELD_MS = 1000;
const REASON = 'the service lost track of the chat (503), as it does when it moves chats to another server';

/** `again` is worth another attempt, `unproven` has not been polled yet. */
type Outcome = 'back' | 'unproven' | 'again';

/**
 * Mends a chat that was answered 503, whoever met it first; everybody else waits for the same attempt.
 * SESSION_LOST where it cannot be mended. Vendor pages: "ReconnectSession", "ChasitorResyncState".
 */
export function repair(run: LiveChatRun, signal: AbortSignal): Promise<void> {
  run.repairing ??= attemptRepair(run, signal)
    .catch((error: unknown) => {
      if (!signal.aborted) run.failure ??= { error };
      throw error;
    })
    .finally(() => {
      run.repairing = undefined;
    });
  return run.repairing;
}

async function attemptRepair(run: LiveChatRun, signal: AbortSignal): Promise<void> {
  run.poll?.abort();
  const offset = run.cursor.offset;
  while (run.repairAttempts < MOST_ATTEMPTS) {
    run.repairAttempts += 1;
    const attempt = run.repairAttempts;
    const delayMs = attempt === 1 ? 0 : backoffMs(attempt - 2, run.random);
    tell(run, { type: 'reconnecting', attempt, delayMs, reason: REASON });
    if (delayMs > 0) await run.clock.sleep(delayMs, signal);
    const outcome = await reconnect(run, offset, signal);
    if (outcome === 'again') continue;
    const facts = offset === undefined ? {} : { resumedFrom: String(offset) };
    if (outcome === 'unproven') run.health = { ...run.health, unproven: facts };
    else if (!isOver(run)) tell(run, { type: 'reconnected', ...facts });
    return;
  }
  throw lost('The service did not take the chat up again');
}

async function reconnect(run: LiveChatRun, offset: number | undefined, signal: AbortSignal): Promise<Outcome> {
  const response = await passing(askReconnect(run.link, offset, signal));
  // 405 says that the session has its server: an attempt before this one came only half way, or it never lost it, and the
  // next poll shows whether that is so.
  if (response?.status === 405) return run.resync === undefined ? 'unproven' : settle(run, signal);
  if (!answersWell(response, 'System/ReconnectSession') || !adopt(run, response)) return 'again';
  return settle(run, signal);
}

async function settle(run: LiveChatRun, signal: AbortSignal): Promise<Outcome> {
  if (!(await catchUp(run, signal))) return 'again';
  return isOver(run) ? 'back' : resync(run, signal);
}

function adopt(run: LiveChatRun, response: HttpResponse): boolean {
  const given = newAffinity(response);
  if (!given) return false;
  run.link.affinity = given.affinity;
  run.link.changed?.();
  if (given.restarts) {
    run.link.nextSequence = 1;
    run.link.generation += 1;
    run.cursor = { ...FIRST_CURSOR, offset: run.cursor.offset };
  }
  run.resync = run.link.nextSequence;
  run.link.nextSequence += 1;
  return true;
}

async function catchUp(run: LiveChatRun, signal: AbortSignal): Promise<boolean> {
  for (let polls = 0; polls < MOST_CATCH_UP_POLLS; polls += 1) {
    const startedAt = run.clock.now();
    const outcome = await pollOnce(run.link, run.cursor.ack, signal);
    signal.throwIfAborted();
    if (outcome.kind === 'gone' || outcome.kind === 'refused') throw lost('The service no longer knows the chat');
    if (outcome.kind !== 'messages' && outcome.kind !== 'empty') return false;
    if (outcome.kind === 'empty' && run.clock.now() - startedAt >= HELD_MS) return true;
    const types = outcome.kind === 'messages' ? absorb(run, outcome.body) : [];
    if (isOver(run) || types.includes('ChasitorSessionData')) return true;
  }
  return true;
}

/** A repeat keeps its number: the next thing said under the same one would be taken for it. */
async function resync(run: LiveChatRun, signal: AbortSignal): Promise<Outcome> {
  if (run.resync === undefined) return 'back';
  const body = { organizationId: run.orgId };
  const response = await passing(linkPost(run.link, LIVE_CHAT_PATHS.resyncState, body, run.resync, signal));
  // Somebody has ended the chat since the transcript came, and the next poll tells who.
  const isEnded = response?.status === 403;
  if (!isEnded && !answersWell(response, 'Chasitor/ChasitorResyncState')) return 'again';
  run.resync = undefined;
  return isEnded ? 'unproven' : 'back';
}

/** True for an answer to go on with, false for one that may get better, SESSION_LOST for one that will not. */
function answersWell(response: HttpResponse | undefined, what: string): response is HttpResponse {
  if (response === undefined || response.status >= 500 || response.status === 429) return false;
  if (response.status === 200 || response.status === 202) return true;
  throw lost('The service did not take the chat up again', liveChatFailure(response, what, 'chat'));
}

async function passing(request: Promise<HttpResponse>): Promise<HttpResponse | undefined> {
  try {
    return await request;
  } catch (error) {
    if (isTransient(error)) return undefined;
    throw error;
  }
}

function lost(message: string, cause?: unknown): HandoffError {
  return new HandoffError('SESSION_LOST', { message, cause });
}
