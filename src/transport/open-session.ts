import type { HandoffConfig } from '../core/config.ts';
import type { ChatSession, TransportDeps, VisitorOptions } from '../core/session.ts';

/** Opens a chat over the protocol that the configuration names; the other one is not even loaded. */
export async function openSession(
  config: HandoffConfig,
  visitor: VisitorOptions,
  deps: TransportDeps,
): Promise<ChatSession> {
  switch (config.channel) {
    case 'miaw': {
      const { openMiawSession } = await import('./miaw-session.ts');
      return openMiawSession(config, visitor, deps);
    }
    case 'live-chat': {
      const { openLiveChatSession } = await import('./live-chat-session.ts');
      return openLiveChatSession(config, visitor, deps);
    }
    default:
      return config satisfies never;
  }
}
