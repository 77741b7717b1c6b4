import type { CheckOutcome } from '../../core/check.ts';
import { HandoffError } from '../../core/errors.ts';
import type { GuideStep } from '../../core/guide-step.ts';
import { isTrustedServer } from '../../transport/live-chat-server.ts';
import type { Moved } from '../../transport/live-chat-visitor.ts';
import type { Probe } from '../probe.ts';

/** Only an address that a chat would follow is handed on: who enters another one sends the customers there. */
export function moved({ newUrl }: Moved, { url }: Pick<Probe, 'url'>): CheckOutcome {
  const usable = newUrl !== '' && newUrl !== url && isTrustedServer(url ?? '', newUrl);
  const where = newUrl === '' ? '' : newUrl === url ? ', and names itself' : `: ${newUrl}`;
  const strange = newUrl !== '' && newUrl !== url ? ', which is not known as a host of Salesforce' : '';
  return {
    status: 'fail',
    cause: 'SERVER_MOVED',
    message: `The org has moved to another Live Agent server${where}${usable ? '' : strange}`,
    hint: usable ? `enter ${newUrl} as Live Agent URL` : 'copy the deployment code again',
    step: 'live-chat.2',
    ...(usable ? { data: { newUrl } } : {}),
  };
}

interface Meaning {
  readonly says: RegExp;
  readonly cause: string;
  readonly hint: string;
  readonly step: GuideStep;
}

/** What the words of a refusal are about; the most particular first. */
const MEANINGS: readonly Meaning[] = [
  {
    says: /\bretired\b|\bretirement\b/i,
    cause: 'LIVE_CHAT_RETIRED',
    hint: 'move to Enhanced Chat (MIAW): sf-handoff guide miaw',
    step: 'miaw.1',
  },
  {
    says: /\bbuttons?\b|button_?ids?\b/i,
    cause: 'BUTTON_UNKNOWN',
    hint: 'copy the button ID from the same org as the other values, and check that the button is active',
    step: 'live-chat.5',
  },
  {
    says: /\bdeployments?\b|deployment_?id\b/i,
    cause: 'BUTTON_UNKNOWN',
    hint: 'copy the deployment ID from the same org as the other values',
    step: 'live-chat.4',
  },
  {
    says: /\borg(?:ani[sz]ation)?s?\b|\borg_?id\b/i,
    cause: 'ORG_MISMATCH',
    hint: 'take Live Agent URL and ids from the same org',
    step: 'live-chat.3',
  },
];

/** A refusal that says in words what it is about. */
export function saidInWords(refusal: HandoffError, words: string): CheckOutcome {
  const meaning = MEANINGS.find(({ says }) => says.test(words));
  if (!meaning) throw refusal;
  const { cause, hint, step } = meaning;
  return { status: 'fail', cause, message: refusal.message, hint, step };
}

export function wordsOf(thrown: unknown): string | undefined {
  const words = thrown instanceof HandoffError ? thrown.details?.words : undefined;
  return typeof words === 'string' ? words : undefined;
}
