import { because, type Causes } from './cause.ts';

/** What a test chat shows. */
export const CHAT_CAUSES: Causes = {
  NO_AGENT_AVAILABLE: because(
    'The chat is accepted and nobody answers.',
    'Availability says no, or the chat was routed and no human agent joined in time, or one joined and left at once (chat.message).',
    'Is an agent online in Omni-Channel, with a status that takes this channel, in the right queue, with free capacity?',
    'miaw.1',
  ),
  NEVER_ROUTED: because(
    'The chat is accepted and never reaches a queue.',
    'No routing event came at all. Over Live Chat a poll that is never answered looks the same.',
    'Give the channel an active Omni-Channel flow that ends in Route Work, and a fallback queue. For Live Chat compare the URL with Setup.',
    'miaw.1',
  ),
  CHAT_ENDED_EARLY: because(
    'The chat is over before anything useful has happened.',
    'An end came from the service or an agent first.',
    'sf-handoff test-chat --verbose shows what came before it; look at the flow and at automatic closing.',
    'miaw.1',
  ),
  SESSION_LOST: because(
    'A chat dies in the middle.',
    'The service forgot the session, and it could not be resumed.',
    'Try again; if it repeats, something between here and the service cuts long connections: sf-handoff doctor.',
    'miaw.capabilities',
  ),
  CHAT_LEFT_OPEN: because(
    'A test chat may still be open and take up an agent’s capacity.',
    'The service did not confirm its end.',
    'sf-handoff test-chat --cleanup closes it once the service answers again; else end it in the agent console.',
  ),
  MESSAGE_NOT_CONFIRMED: because(
    'A message may not have arrived.',
    'It was sent, and the service never confirmed it.',
    'Look into the agent console; then sf-handoff doctor --level chat.',
  ),
  EXPECTATION_NOT_MET: because(
    'test-chat says no.',
    'Something expected by --expect did not happen within --within.',
    'Give it more time (--within 5m) or look at what did happen: --verbose.',
  ),
};
