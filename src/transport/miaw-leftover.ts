import { HandoffError } from '../core/errors.ts';
import type { Leftover } from '../core/leftover.ts';
import type { TransportDeps } from '../core/session.ts';
import type { Line } from './miaw-call.ts';
import { closeConversation } from './miaw-conversation.ts';
import { refuseTransposedHost } from './miaw-host.ts';
import { readClaims } from './miaw-jwt.ts';
import { createTokenKeeper } from './miaw-token.ts';

/** Closes a conversation with the token of the guest who opened it; see `closeLeftover`. */
export async function closeMiawLeftover(
  { config, conversationId, accessToken }: Extract<Leftover, { channel: 'miaw' }>,
  { signal, ...deps }: TransportDeps,
): Promise<void> {
  const miaw = { channel: 'miaw', ...config } as const;
  refuseTransposedHost(miaw);
  deps.secrets.add(accessToken);
  const token = createTokenKeeper(deps, miaw, { ...readClaims(accessToken), accessToken, lastEventId: null });
  const line: Line = { deps, config: miaw, conversationId, token };
  try {
    await closeConversation(line, signal, 'in-order');
  } catch (error) {
    throw causeOf(error);
  }
}

/** Why it stayed open says more than that it did. */
function causeOf(error: unknown): unknown {
  const isWrapped = error instanceof HandoffError && error.code === 'CHAT_LEFT_OPEN';
  return isWrapped && error.cause instanceof HandoffError ? error.cause : error;
}
