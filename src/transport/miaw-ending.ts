import { withDeadline } from '../core/clock.ts';
import { HandoffError } from '../core/errors.ts';
import type { MiawChat } from './miaw-chat.ts';
import { closeConversation } from './miaw-conversation.ts';
import { receiptsSent } from './miaw-receipts.ts';

/** All of the goodbye together is to take ten seconds at most. */
const GOODBYE_MS = 5000;
const RECEIPTS_MS = 1000;
const LAST_WORDS_MS = 3000;

/** The polite goodbye: once for all who ask for it, again only where it failed. Throws CHAT_LEFT_OPEN. */
export function sayGoodbye(chat: MiawChat): Promise<void> {
  return chat.ending ?? end(chat, GOODBYE_MS, (limit) => goodbye(chat, limit));
}

/** Whoever reads meanwhile takes the service's signs for the answer to this. */
function end(chat: MiawChat, ms: number, work: (limit: AbortSignal) => Promise<void>): Promise<void> {
  const late = () => new HandoffError('CHAT_LEFT_OPEN');
  const ending = withDeadline(chat.line.deps.clock, ms, late, work, chat.stop.signal).catch((error: unknown) => {
    if (chat.ending === ending) chat.ending = undefined;
    throw error;
  });
  chat.ending = ending;
  return ending;
}

async function goodbye(chat: MiawChat, limit: AbortSignal): Promise<void> {
  const late = () => new HandoffError('TIMED_OUT');
  const receipts = () => receiptsSent(chat.receipts);
  await withDeadline(chat.line.deps.clock, RECEIPTS_MS, late, receipts, limit).catch(() => undefined);
  await close(chat, limit, 'in-order');
}

async function close(chat: MiawChat, limit: AbortSignal, pace: 'in-order' | 'at-once'): Promise<void> {
  if (chat.gone) return;
  try {
    await closeConversation(chat.line, limit, pace);
    chat.gone = true;
    chat.closed = true;
  } catch (error) {
    // What the other side has ended already needs no goodbye.
    if (!chat.closed) throw error;
  } finally {
    chat.bell.ring();
  }
}

/** The hard stop: a last goodbye within a time of its own, then everything is let go. Never rejects. */
export async function hangUp(chat: MiawChat): Promise<void> {
  // A polite goodbye that hangs is not waited for; `closed` says whether one of them worked.
  if (!chat.gone) await end(chat, LAST_WORDS_MS, (limit) => close(chat, limit, 'at-once')).catch(() => undefined);
  chat.stop.abort();
  chat.link.current.close();
  chat.bell.ring();
  await receiptsSent(chat.receipts);
}
