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
