import { type Clock, withDeadline } from '../core/clock.ts';
import { HandoffError } from '../core/errors.ts';
import type { ChatSession } from '../core/session.ts';

/** A little more than the transports' own limits, and about ten seconds together: nobody waits longer for a Ctrl-C. */
const GOODBYE_MS = 6500;
const FAREWELL_MS = 1000;
const HANG_UP_MS = 4000;

/**
 * Says goodbye and reads on until the service has confirmed it, then lets go of everything; an interrupted chat gets
 * the hard stop at once. Never rejects and never hangs; true where the service has confirmed the end.
 */
export async function closeChat(
  session: ChatSession,
  reading: Promise<void>,
  powers: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<boolean> {
  const { clock, signal } = powers;
  const late = () => new HandoffError('CHAT_LEFT_OPEN');
  try {
    if (!signal.aborted) {
      await withDeadline(clock, GOODBYE_MS, late, () => session.end(), signal);
      await withDeadline(clock, FAREWELL_MS, late, () => reading, signal);
    }
  } catch {
    // The hard stop below is the second try, and `closed` says whether either of them worked.
  }
  const hangUp = async () => {
    await session[Symbol.asyncDispose]();
    await reading;
  };
  await withDeadline(clock, HANG_UP_MS, late, hangUp).catch(() => undefined);
  return session.closed;
}
