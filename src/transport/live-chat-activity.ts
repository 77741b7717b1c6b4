import { LIVE_CHAT_PATHS } from '../protocol/live-chat.ts';
import { statusOf } from './live-chat-errors.ts';
import { warnedAt } from './live-chat-idle.ts';
import { post } from './live-chat-lane.ts';
import { finish, type LiveChatRun, tell } from './live-chat-run.ts';

/** The visitor has been silent for long; the agent is told that a warning is shown. */
export function warnIdle(run: LiveChatRun, signal: AbortSignal): void {
  run.idle = warnedAt(run.idle, run.clock.now());
  tell(run, { type: 'session', state: 'inactive' });
  tellIdle(run, 'triggered', signal);
}

/** The visitor did something: the idle time starts anew, and a warning is taken back. */
export function noteActivity(run: LiveChatRun, signal: AbortSignal): void {
  const { warned } = run.idle;
  run.idle = { ...run.idle, since: run.clock.now(), warned: false };
  if (!warned) return;
  tell(run, { type: 'session', state: 'active' });
  tellIdle(run, 'cleared', signal);
}

/** Only informs the agent, so that it may fail. Vendor page: "ChasitorIdleTimeoutWarningEvent". */
function tellIdle(run: LiveChatRun, idleTimeoutWarningEvent: 'triggered' | 'cleared', signal: AbortSignal): void {
  const parcel = { path: LIVE_CHAT_PATHS.idleWarning, body: { idleTimeoutWarningEvent }, attempts: 2 };
  post(run, parcel, signal).catch(() => undefined);
}

/** The visitor stayed silent: the client ends the chat, the service leaves that to it. */
export async function endIdle(run: LiveChatRun, signal: AbortSignal): Promise<void> {
  const reason = 'clientIdleTimeout';
  const parcel = { path: LIVE_CHAT_PATHS.chatEnd, body: { reason }, attempts: 4 as const };
  try {
    await post(run, parcel, signal);
    run.closed = true;
  } catch (error) {
    signal.throwIfAborted();
    run.closed = statusOf(error) === 403;
  }
  finish(run, 'system', reason);
}
