import { withDeadline } from '../core/clock.ts';
import { HandoffError } from '../core/errors.ts';
import type { Leftover } from '../core/leftover.ts';
import type { TransportDeps } from '../core/session.ts';

const CLOSE_MS = 30_000;

/**
 * Closes what an earlier run has left open; a chat that is over already counts as closed. Throws CHAT_LEFT_OPEN, TOKEN_EXPIRED
 * where nobody can close it from here any more, or a network error.
 */
export async function closeLeftover(leftover: Leftover, deps: TransportDeps): Promise<void> {
  const late = () => new HandoffError('TIMED_OUT');
  await withDeadline(deps.clock, CLOSE_MS, late, (signal) => close(leftover, { ...deps, signal }), deps.signal);
}

async function close(leftover: Leftover, deps: TransportDeps): Promise<void> {
  switch (leftover.channel) {
    case 'miaw': {
      const { closeMiawLeftover } = await import('./miaw-leftover.ts');
      return closeMiawLeftover(leftover, deps);
    }
    case 'live-chat': {
      const { closeLiveChatLeftover } = await import('./live-chat-leftover.ts');
      return closeLiveChatLeftover(leftover, deps);
    }
    default:
      return leftover satisfies never;
  }
}
