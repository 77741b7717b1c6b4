import type { Check } from '../../core/check.ts';
import type { Channel } from '../../core/events.ts';
import type { Probe } from '../probe.ts';
import { BOTH, skipped } from './outcomes.ts';

/** What no request of a visitor can show, by channel. */
const UNSEEN: Readonly<Record<Channel, readonly string[]>> = {
  miaw: [
    'flow, bot and queue behind the channel',
    'agents’ rights, status and capacity',
    'unpublished changes',
    'pre-chat on the record',
    'sessions left open',
    'stop words',
  ],
  'live-chat': [
    'Permitted Domains',
    'agents’ skills, status and capacity',
    'pre-chat on the record',
    'chats left open',
  ],
};

/** What a chat of our own cannot show of the bot’s: its client has to cope with it by itself. */
const UNTRIED: Readonly<Record<Channel, string>> = {
  miaw: 'events that come twice after a reconnect, an end by the agent, a transfer',
  'live-chat': 'two polls at once, a lost poll, an end by the agent, a transfer',
};

/** Says what a clean run has not proven, so that nobody takes it for more. */
export const ADMIN_ONLY_CHECKS: readonly Check<Probe>[] = [
  {
    id: 'service.admin-only',
    title: 'Inside the org',
    hint: 'sf-handoff guide prerequisite',
    level: 'service',
    channels: BOTH,
    run: async ({ validation }) => skipped(`only an admin login shows ${UNSEEN[validation.channel].join(', ')}`),
  },
];

/** The same at level chat, of what is the bot's own. */
export const CLIENT_ONLY_CHECKS: readonly Check<Probe>[] = [
  {
    id: 'chat.client-only',
    title: 'In the bot',
    hint: 'sf-handoff test-chat --expect ended:agent',
    level: 'chat',
    channels: BOTH,
    run: async ({ validation: { channel } }) =>
      skipped(
        `only the bot’s own client shows what it makes of ${UNTRIED[channel]}; test-chat --expect ended:agent, or transferred, shows what Salesforce sends`,
      ),
  },
];
