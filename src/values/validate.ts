import {
  type CrossFinding,
  FIELD_LABELS,
  FIELDS,
  type FieldName,
  type GivenValues,
  type HandoffConfig,
  type PreChat,
  type Validation,
  type ValueResult,
} from '../core/config.ts';
import type { Channel } from '../core/events.ts';
import { chooseChannel } from './channel-choice.ts';
import { clipGiven } from './clean-text.ts';
import { findMisplaced, type JudgedField, type Placement } from './misplaced.ts';
import { normaliseValue } from './normalise.ts';
import { checkPreChat } from './pre-chat.ts';
import { maskSecrets } from './secrets.ts';
import { findingsAt } from './verdict.ts';

export interface ValidateOptions {
  /** What a rewrite writes in place of `salesforce-scrt.com`. */
  readonly baseUrlDomain?: string;
}

/** Judges everything that was given, without any traffic, and makes of it what can be used. Never throws. */
export function validateValues(given: GivenValues, options: ValidateOptions = {}): Validation {
  const { channel, findings: aboutChannel } = chooseChannel(given);
  const settings = { channel, baseUrlDomain: options.baseUrlDomain };
  const fields = FIELDS[channel].map((field): JudgedField => {
    const text = given.values[field]?.text ?? '';
    return { field, given: text, verdict: normaliseValue(field, text, settings) };
  });
  const placement = findMisplaced(fields, settings);
  const values = fields.map((judged) => resultOf(judged, given, placement));
  const findings = [
    ...(channel === 'live-chat' ? [retired()] : []),
    ...aboutChannel,
    ...placement.findings,
    ...(given.findings ?? []),
    ...checkPreChat(given.preChat ?? {}).map((finding): CrossFinding => ({ ...finding, fields: [] })),
  ];
  return {
    channel,
    ok: ![...values.map(({ status }) => status), ...findings.map(({ severity }) => severity)].includes('fail'),
    values,
    findings,
    unused: (given.unused ?? []).map((unused) => ({ ...unused, text: maskSecrets(unused.text) })),
    koreForm: Object.fromEntries(values.map(({ field, value }) => [FIELD_LABELS[field], value ?? ''])),
    config: configOf(channel, values, given),
  };
}

function resultOf({ field, given, verdict }: JudgedField, all: GivenValues, { moved }: Placement): ValueResult {
  return {
    field,
    source: all.values[field]?.source ?? { kind: 'none' },
    given: verdict.given ?? clipGiven(given),
    value: moved.get(field) ?? verdict.value,
    status: verdict.status,
    findings: verdict.findings,
  };
}

function retired(): CrossFinding {
  const message = 'Salesforce retired Live Chat on 14 February 2026; where it still answers it may stop without notice';
  const hint = 'plan the move to Messaging for In-App and Web (MIAW, “Enhanced Chat”): sf-handoff guide miaw';
  return { ...findingsAt('miaw.1').warn('LIVE_CHAT_RETIRED', message, hint), fields: [...FIELDS['live-chat']] };
}

function configOf(channel: Channel, values: readonly ValueResult[], given: GivenValues): HandoffConfig | null {
  const found: Partial<Record<FieldName, string>> = {};
  for (const { field, value } of values) if (value !== null) found[field] = value;
  const preChat = given.preChat === undefined ? {} : { preChat: textsOf(given.preChat) };
  const { orgId, baseUrl, developerName, liveAgentUrl, deploymentId, buttonId } = found;
  if (orgId === undefined) return null;
  if (channel === 'miaw') {
    return baseUrl === undefined || developerName === undefined
      ? null
      : { channel, orgId, baseUrl, developerName, ...preChat };
  }
  if (liveAgentUrl === undefined || deploymentId === undefined || buttonId === undefined) return null;
  return { channel, liveAgentUrl, orgId, deploymentId, buttonId, ...preChat };
}

/** Numbers and truth values travel as texts; what has no text form is left out, as its finding says. */
function textsOf(preChat: Readonly<Record<string, unknown>>): PreChat {
  const texts = Object.entries(preChat).flatMap(([name, value]) =>
    ['string', 'number', 'boolean', 'bigint'].includes(typeof value) ? [[name, String(value)] as const] : [],
  );
  return Object.fromEntries(texts);
}
