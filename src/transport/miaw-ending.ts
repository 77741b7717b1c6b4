import { withDeadline } from '../core/clock.ts';
import { HandoffError } from '../core/errors.ts';
import type { MiawChat } from './miaw-chat.ts';
import { askRoutingStatus, closeConversation } from './miaw-conversation.ts';
import { receiptsSent } from './miaw-receipts.ts';
import type { EndSign } from './miaw-state.ts';

/** What a sign of the end turned out to be. */
export type Verdict = 'over' | 'transfer' | 'goes-on';

/** All of the goodbye together is to take ten seconds at most. */
const GOODBYE_MS = 5000;
const RECEIPTS_MS = 1000;
const LAST_WORDS_MS = 3000;

/** Asks the service what a sign means. Only the routing status tells an end from a transfer; never rejects but by the signal. */
export async function judgeSign(chat: MiawChat, sign: EndSign): Promise<Verdict> {
  // We are saying goodbye ourselves, so the sign is the service's answer to it.
  if (chat.ending)
    return chat.ending.then(
      () => 'over',
      () => 'over',
    );
  let status: string | undefined;
  try {
    status = await askRoutingStatus(chat.line, chat.reading);
  } catch {
    chat.reading.throwIfAborted();
  }
  if (status === 'TRANSFER') return 'transfer';
  return sign.cause === 'session-ended' || status === 'NEEDS_ROUTING' ? 'over' : 'goes-on';
}

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
