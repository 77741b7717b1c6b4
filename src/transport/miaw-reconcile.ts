import type { MiawChat } from './miaw-chat.ts';
import { askHistory } from './miaw-conversation.ts';
import type { Underway } from './miaw-outbox.ts';

/** What became of a message whose answer was lost; `unknown` where the history cannot be asked. */
export type Finding = 'taken' | 'absent' | 'unknown';

/** When to look, each time after the one before. */
const LOOK_AFTER_MS = [0, 1000, 2000, 4000];
/** A message that is to be sent again anyway is not worth the whole wait. */
const LOOKS_BEFORE_REPEAT = 2;

/** Looks for the message where it must show up: on the stream, and in the history. */
export async function lookFor(chat: MiawChat, underway: Underway, isLast: boolean): Promise<Finding> {
  let finding: Finding = 'unknown';
  let absences = 0;
  for (const ms of LOOK_AFTER_MS) {
    await seenOrLater(chat, underway, ms);
    finding = underway.seen ? 'taken' : await askWhether(chat, underway.id);
    if (finding === 'taken') return finding;
    if (finding === 'absent') absences += 1;
    if (!isLast && absences === LOOKS_BEFORE_REPEAT) return finding;
  }
  return underway.seen ? 'taken' : finding;
}

async function seenOrLater(chat: MiawChat, underway: Underway, ms: number): Promise<void> {
  const seen = new AbortController();
  const wait = chat.line.deps.clock.sleep(ms, AbortSignal.any([chat.reading, seen.signal])).catch(() => undefined);
  await Promise.race([underway.whenSeen, wait]);
  seen.abort();
  chat.reading.throwIfAborted();
}

async function askWhether(chat: MiawChat, id: string): Promise<Finding> {
  try {
    return (await askHistory(chat.line, chat.reading)).some((entry) => entry.id === id) ? 'taken' : 'absent';
  } catch {
    chat.reading.throwIfAborted();
    return 'unknown';
  }
}
