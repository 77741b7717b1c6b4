import { withDeadline } from '../core/clock.ts';
import { HandoffError } from '../core/errors.ts';
import { LIVE_CHAT_PATHS } from '../protocol/live-chat.ts';
import { statusOf } from './live-chat-errors.ts';
import { post } from './live-chat-lane.ts';
import { linkDelete } from './live-chat-link.ts';
import type { Pump } from './live-chat-pump.ts';
import { finish, isOver, type LiveChatRun } from './live-chat-run.ts';

const CHAT_END_ATTEMPTS = 4;
/** Each step has a limit of its own, for the DELETE ends the chat as well and must not be kept from being sent. */
const END_MS = 3500;
const HASTY_END_MS = 2000;
const LINGER_MS = 2000;
const DELETE_MS = 1500;

/**
 * Ends the chat as a polite visitor does: ChatEnd, a last look for the service's ChatEnded, then the session is deleted.
 * CHAT_LEFT_OPEN where the service confirmed neither. Vendor pages: "ChatEnd", "SessionId".
 */
export async function sayGoodbye(run: LiveChatRun, pump: Pump, signal: AbortSignal): Promise<void> {
  const refusal = await endWithin(END_MS, run, signal);
  if (refusal === undefined) await linger(run, pump, signal);
  await deleteSession(run, signal);
  if (!run.closed) throw new HandoffError('CHAT_LEFT_OPEN', { cause: refusal });
  finish(run, 'visitor');
}

/** The same without waiting for anything but the answers; failures are of no use to anybody any more. */
export async function hangUp(run: LiveChatRun, signal: AbortSignal): Promise<void> {
  await endWithin(HASTY_END_MS, run, signal);
  await deleteSession(run, signal);
}

async function endWithin(ms: number, run: LiveChatRun, signal: AbortSignal): Promise<unknown> {
  try {
    return await withDeadline(run.clock, ms, timedOut, (deadline) => endChat(run, deadline), signal);
  } catch (error) {
    signal.throwIfAborted();
    return error;
  }
}

function timedOut(): HandoffError {
  return new HandoffError('TIMED_OUT');
}

/** Gives the error where the chat is still open. 403 means that the agent was faster. */
async function endChat(run: LiveChatRun, signal: AbortSignal): Promise<unknown> {
  if (run.closed) return undefined;
  const parcel = {
    path: LIVE_CHAT_PATHS.chatEnd,
    body: { reason: 'client' },
    attempts: CHAT_END_ATTEMPTS,
  };
  try {
    await post(run, parcel, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (statusOf(error) !== 403) return error;
  }
  run.closed = true;
  return undefined;
}

async function linger(run: LiveChatRun, pump: Pump, signal: AbortSignal): Promise<void> {
  const lookForEnd = async (deadline: AbortSignal) => {
    while (!isOver(run) && run.failure === undefined) await pump.step(deadline);
  };
  await withDeadline(run.clock, LINGER_MS, timedOut, lookForEnd, signal).catch(() => undefined);
}

/** Frees the session on the server; one that is gone already is as good as deleted. */
async function deleteSession(run: LiveChatRun, signal: AbortSignal): Promise<void> {
  if (run.deleted) return;
  try {
    const ask = (deadline: AbortSignal) => linkDelete(run.link, deadline);
    const { status } = await withDeadline(run.clock, DELETE_MS, timedOut, ask, signal);
    run.deleted = status < 300 || status === 403 || status === 404;
  } catch {
    run.deleted = false;
  }
  run.closed ||= run.deleted;
}
