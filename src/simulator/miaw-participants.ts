import { createHash } from 'node:crypto';
import type { Participant } from '../core/events.ts';
import type { Role, WireParticipant } from '../protocol/miaw.ts';
import { CHANNEL_ID } from './miaw-deployment.ts';

/** Somebody in the conversation, with the name that is shown. */
export interface Present {
  readonly wire: WireParticipant & { readonly subject: string; readonly role: Role };
  readonly displayName: string;
}

export const SYSTEM: Present = {
  wire: { role: 'System', appType: 'conversation', subject: CHANNEL_ID, clientIdentifier: 'conversation' },
  displayName: 'Automated Process',
};

/** A 15-character record id that is always the same for the same seed. */
export function recordId(prefix: string, seed: string): string {
  const hash = createHash('sha256')
    .update(seed)
    .digest('base64')
    .replace(/[^A-Za-z0-9]/g, '');
  return `${prefix}8Z00000${hash}`.slice(0, 15);
}

export function visitor(subject: string, clientId: string): Present {
  return {
    wire: { role: 'EndUser', appType: 'iamessage', subject, clientIdentifier: clientId },
    displayName: 'Guest',
  };
}

/** The wire's view of a neutral participant; subjects follow from names unless a script gives an id. */
export function present(participant: Participant): Present {
  const displayName = participant.name ?? 'Agent';
  switch (participant.role) {
    case 'bot':
      return staff('Chatbot', 'chatbot', participant.id ?? recordId('0Xx', displayName), displayName);
    case 'supervisor':
      return staff('Supervisor', 'agent', participant.id ?? recordId('005', displayName), displayName);
    case 'agent':
    case 'visitor':
      return staff('Agent', 'agent', participant.id ?? recordId('005', displayName), displayName);
    case 'system':
      return SYSTEM;
  }
}

function staff(role: Role, appType: string, subject: string, displayName: string): Present {
  return { wire: { role, appType, subject, clientIdentifier: subject }, displayName };
}
