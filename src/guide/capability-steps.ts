import type { Channel } from '../core/events.ts';
import type { GuideStep } from '../core/guide-step.ts';

interface WhereToLook {
  readonly step: GuideStep;
  /** Why the chat could not show it, where no chat of this channel can. */
  readonly note?: string;
}

const MIAW: WhereToLook = { step: 'miaw.capabilities' };
const LIVE_CHAT: WhereToLook = { step: 'live-chat.verify' };
const UNTOLD: WhereToLook = { step: 'live-chat.verify', note: 'Live Chat does not tell it' };

/** For each capability by its name in the summary: the step that says how to see it in a test chat. */
export const CAPABILITY_STEPS: Readonly<Record<Channel, Readonly<Record<string, WhereToLook>>>> = {
  miaw: {
    agentName: { step: 'miaw.1' },
    joinsAndExits: { step: 'miaw.1' },
    transfer: MIAW,
    conference: MIAW,
    readReceipts: MIAW,
    inactivity: MIAW,
    standardResponses: MIAW,
    sessionContinuity: MIAW,
  },
  'live-chat': {
    agentName: { step: 'live-chat.1' },
    joinsAndExits: { step: 'live-chat.1' },
    transfer: LIVE_CHAT,
    conference: LIVE_CHAT,
    readReceipts: UNTOLD,
    inactivity: { step: 'live-chat.5' },
    standardResponses: UNTOLD,
    sessionContinuity: LIVE_CHAT,
  },
};
