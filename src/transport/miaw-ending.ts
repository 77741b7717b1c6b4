import { withDeadline } from '../core/clock.ts';
import { HandoffError } from '../core/errors.ts';
import type { MiawChat } from './miaw-chat.ts';
import { askRoutingStatus, closeConversation } from './miaw-conversation.ts';
import { receiptsSent } from './miaw-receipts.ts';
import type { EndSign } from './miaw-state.ts';

/** What a sign of the end turned out to be. */
export type Verdict = 'over' | 'transfer' | 'goes-on';

const LAST_WORDS_MS = 5000;

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
  chat.ending ??= goodbye(chat).catch((error: unknown) => {
    chat.ending = undefined;
    throw error;
  });
  return chat.ending;
}

async function goodbye(chat: MiawChat): Promise<void> {
  if (chat.gone) return;
  await receiptsSent(chat.receipts);
  try {
    await closeConversation(chat.line, chat.stop.signal);
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
  const { clock } = chat.line.deps;
  try {
    await withDeadline(
      clock,
      LAST_WORDS_MS,
      () => new HandoffError('TIMED_OUT'),
      () => sayGoodbye(chat),
    );
  } catch {
    // `closed` says whether it worked.
  }
  chat.stop.abort();
  chat.link.current.close();
  chat.bell.ring();
  await receiptsSent(chat.receipts);
}
