import type { Check, CheckOutcome } from '../../core/check.ts';
import { FIELD_LABELS, FIELDS, type FieldName, type ValueResult } from '../../core/config.ts';
import type { Channel } from '../../core/events.ts';
import { guideStepOf, whereToFind } from '../../values/field-steps.ts';
import { checkPreChat } from '../../values/pre-chat.ts';
import type { Probe } from '../probe.ts';
import { BOTH, passed, verdictOf } from './outcomes.ts';

/** Short enough for the left column; the form's own labels are longer. */
const TITLES: Readonly<Record<FieldName, string>> = { ...FIELD_LABELS, baseUrl: 'Base URL' };

const IDS: readonly (readonly [FieldName, string])[] = [
  ['liveAgentUrl', 'live-agent-url'],
  ['orgId', 'org-id'],
  ['baseUrl', 'base-url'],
  ['developerName', 'developer-name'],
  ['deploymentId', 'deployment-id'],
  ['buttonId', 'button-id'],
];

/** The values as given, judged without any traffic. */
export const VALUE_CHECKS: readonly Check<Probe>[] = [
  ...IDS.map(([field, id]) => fieldCheck(field, id)),
  {
    id: 'values.together',
    title: 'Together',
    hint: 'take all values from the same org',
    level: 'offline',
    channels: BOTH,
    run: async ({ validation }) => {
      // The retirement has a check of its own.
      const findings = validation.findings.filter((finding) => finding.code !== 'LIVE_CHAT_RETIRED');
      return verdictOf(findings, 'no contradiction among them');
    },
  },
  {
    id: 'values.pre-chat',
    title: 'Pre-chat values',
    hint: 'sf-handoff guide metadata.1',
    level: 'offline',
    channels: BOTH,
    run: async ({ config }) => {
      const preChat = config?.preChat ?? {};
      const names = Object.keys(preChat);
      return verdictOf(checkPreChat(preChat), names.length > 0 ? names.join(', ') : 'none to pass on');
    },
  },
];

function fieldCheck(field: FieldName, id: string): Check<Probe> {
  return {
    id: `values.${id}`,
    title: TITLES[field],
    hint: whereToFind(field),
    level: 'offline',
    channels: channelsOf(field),
    run: async ({ validation }) => {
      const result = validation.values.find((value) => value.field === field);
      return result && result.given !== '' ? fieldOutcome(result) : missing(field, validation.channel);
    },
  };
}

function channelsOf(field: FieldName): readonly Channel[] {
  return BOTH.filter((channel) => (FIELDS[channel] as readonly FieldName[]).includes(field));
}

function missing(field: FieldName, channel: Channel): CheckOutcome {
  return {
    status: 'fail',
    cause: 'MISSING_VALUE',
    message: `${FIELD_LABELS[field]} is not given`,
    hint: whereToFind(field),
    step: guideStepOf(field, channel),
  };
}

function fieldOutcome(result: ValueResult): CheckOutcome {
  const { field: _, ...data } = result;
  const mended = result.value !== null && result.value !== result.given;
  if (result.status === 'pass') {
    return passed(mended ? `${result.given} → ${result.value}` : result.given, data);
  }
  const outcome = verdictOf(result.findings, result.given, { status: result.status, data });
  if (outcome.status !== 'warn' && outcome.status !== 'fail') return outcome;
  const goesOn = mended ? `. Using ${result.value} for the rest` : '';
  return { ...outcome, message: `${outcome.message}${goesOn}`, detail: result.given };
}
