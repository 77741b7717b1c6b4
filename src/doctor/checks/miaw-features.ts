import type { CheckOutcome } from '../../core/check.ts';
import type { Finding } from '../../core/config.ts';
import type { EmbeddedServiceConfig } from '../../protocol/miaw.ts';
import { type JsonObject, objectOf } from '../../transport/miaw-json.ts';
import { findingsAt } from '../../values/verdict.ts';
import { skipped, verdictOf } from './outcomes.ts';

/** A switch of the deployment as published; `is` is undefined where the service does not tell. */
interface Feature {
  readonly name: string;
  readonly is: boolean | undefined;
  /** Said where the switch stands as it should not. */
  readonly finding?: { readonly when: boolean; readonly tell: Finding };
}

const { warn: capability } = findingsAt('miaw.capabilities');
const { warn: setUp } = findingsAt('miaw.1');
const PUBLISH = 'switch it on in Messaging Settings, then publish the deployment again';

const NO_ATTACHMENTS = capability(
  'ATTACHMENTS_OFF',
  'Attachments are off: a file that a customer sends will be refused',
  PUBLISH,
);
const NO_RECEIPTS = capability('READ_RECEIPTS_OFF', 'Read receipts are off: nobody sees what has been read', PUBLISH);
const NO_DELIVERY = capability(
  'DELIVERY_RECEIPTS_OFF',
  'Delivery receipts are off: nobody sees what has arrived',
  PUBLISH,
);
const NO_TYPING = capability('TYPING_OFF', 'Typing indicators are off: nobody sees the other side write', PUBLISH);
const TERMS = setUp(
  'TERMS_REQUIRED',
  'Terms and conditions have to be accepted, and behind a bot there is nobody to tick the box',
  'switch Terms and Conditions off on the deployment, and publish it again',
);

/** Compares the switches of the deployment with what a handoff from a bot needs. */
export function lookAtFeatures(config: EmbeddedServiceConfig | undefined): CheckOutcome {
  const told = featuresOf(objectOf(config)).filter(({ is }) => is !== undefined);
  if (told.length === 0) return skipped('the service does not tell its features');
  const findings = told.flatMap(({ is, finding }) => (finding && finding.when === is ? [finding.tell] : []));
  return verdictOf(findings, told.map(({ name, is }) => `${name} ${is ? 'on' : 'off'}`).join(', '));
}

function featuresOf(config: JsonObject): readonly Feature[] {
  const channel = objectOf(config.embeddedServiceMessagingChannel);
  const shows = (name: string) =>
    flag(channel, `should${name}`, lowered(name)) ?? flag(config, `should${name}`, lowered(name));
  const off = (tell: Finding) => ({ finding: { when: false, tell } });
  const terms = objectOf(config.termsAndConditions);
  return [
    { name: 'attachments', is: flag(objectOf(config.attachments), 'endUserToAgent'), ...off(NO_ATTACHMENTS) },
    { name: 'transcript download', is: flag(objectOf(config.transcript), 'allowTranscriptDownload') },
    { name: 'read receipts', is: shows('ShowReadReceipts'), ...off(NO_RECEIPTS) },
    { name: 'delivery receipts', is: shows('ShowDeliveryReceipts'), ...off(NO_DELIVERY) },
    { name: 'typing', is: shows('ShowTypingIndicators'), ...off(NO_TYPING) },
    {
      name: 'terms to accept',
      is: mustAccept(terms),
      finding: { when: true, tell: TERMS },
    },
  ];
}

/** What is required counts only while the terms are shown at all. */
function mustAccept(terms: JsonObject): boolean | undefined {
  if (flag(terms, 'isTermsAndConditionsEnabled', 'isEnabled') === false) return false;
  return flag(terms, 'isTermsAndConditionsRequired', 'isRequired');
}

/** The first of the names that is there; the service spells some switches in two ways. */
function flag(object: JsonObject, ...names: readonly string[]): boolean | undefined {
  for (const name of names) {
    const value = object[name];
    if (typeof value === 'boolean') return value;
  }
  return undefined;
}

function lowered(name: string): string {
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
}
