import { withDeadline } from '../core/clock.ts';
import { HandoffError } from '../core/errors.ts';
import type { MiawChat } from './miaw-chat.ts';
import { askHistory } from './miaw-conversation.ts';
import type { WireEntry } from './miaw-entry.ts';
import { isRefusal, statusOf } from './miaw-errors.ts';
import { waitMs } from './wait.ts';

const MOST_LATER = 5;

/**
 * What the stream may not repeat after a break. The chat goes on without it, so it is worth one time limit; undefined where that
 * was not enough.
 */
export async function missedEntries(chat: MiawChat, signal: AbortSignal): Promise<readonly WireEntry[] | undefined> {
  const { clock, timeoutMs } = chat.line.deps;
  try {
    const late = () => new HandoffError('TIMED_OUT');
    return await withDeadline(clock, timeoutMs, late, (limit) => askHistory(chat.line, limit), signal);
  } catch (error) {
    signal.throwIfAborted();
    return isRefusal(statusOf(error)) ? [] : undefined;
  }
}

/** Asks again while the chat goes on: better late than never. Never rejects. */
export async function askLater(chat: MiawChat, signal: AbortSignal): Promise<readonly WireEntry[]> {
  const { clock, random } = chat.line.deps;
  try {
    for (let attempt = 0; attempt < MOST_LATER; attempt += 1) {
      await clock.sleep(waitMs(attempt, undefined, clock, random), signal);
      const entries = await missedEntries(chat, signal);
      if (entries) return entries;
    }
  } catch {
    // The chat is over.
  }
  return [];
}
