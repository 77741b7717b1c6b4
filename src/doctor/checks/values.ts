import type { Check, CheckOutcome } from '../../core/check.ts';
import {
  type CrossFinding,
  FIELD_LABELS,
  FIELDS,
  type FieldName,
  type Finding,
  type Validation,
  type ValueResult,
} from '../../core/config.ts';
import type { Channel } from '../../core/events.ts';
import { guideStepOf, whereToFind } from '../../values/field-steps.ts';
import type { Probe } from '../probe.ts';
import { lookAtSuppressions, SUPPRESSIONS_CHECK } from '../suppress.ts';
import { BOTH, passed, skipped, verdictOf } from './outcomes.ts';

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

/** What is known without asking anybody. */
export type ValueFacts = Pick<Probe, 'validation' | 'config' | 'suppressions' | 'clock'>;

/** The values as given, judged without any traffic. */
export const VALUE_CHECKS: readonly Check<ValueFacts>[] = [
  ...IDS.map(([field, id]) => fieldCheck(field, id)),
  {
    id: 'values.together',
    title: 'Together',
    hint: 'take all values from the same org',
    level: 'offline',
    channels: BOTH,
    run: async ({ validation }) => {
      // The retirement and the pre-chat values have checks of their own.
      const own = ({ code }: Finding) => code === 'LIVE_CHAT_RETIRED' || isPreChat(code);
      const findings = validation.findings.filter((finding) => !own(finding) && !isToldByField(finding, validation));
      return verdictOf(findings, 'no contradiction among them');
    },
  },
  {
    id: 'values.pre-chat',
    title: 'Pre-chat values',
    hint: 'sf-handoff guide metadata.1',
    level: 'offline',
    channels: BOTH,
    run: async ({ config, validation }) => {
      const names = Object.keys(config?.preChat ?? {});
      const findings = validation.findings.filter(({ code }) => isPreChat(code));
      return verdictOf(findings, names.length > 0 ? names.join(', ') : 'none to pass on');
    },
  },
  {
    id: SUPPRESSIONS_CHECK,
    title: 'Suppressions',
    hint: 'look at "suppress" in the project file',
    level: 'offline',
    channels: BOTH,
    run: async ({ suppressions, clock }) => lookAtSuppressions(suppressions, clock.now()),
  },
];

function isPreChat(code: string): boolean {
  return code.startsWith('PRE_CHAT_');
}

function fieldCheck(field: FieldName, id: string): Check<ValueFacts> {
  return {
    id: `values.${id}`,
    title: TITLES[field],
    hint: whereToFind(field),
    level: 'offline',
    channels: channelsOf(field),
    run: async ({ validation }) => {
      const result = validation.values.find((value) => value.field === field);
      if (!result || result.given === '') return missing(field, validation.channel);
      const isTold = result.status === 'fail' && isSwapped(field, validation);
      return isTold ? skipped('left to values.together, which names the field it belongs in') : fieldOutcome(result);
    },
  };
}

/** Two values in each other's fields are one mistake, and one alarm. */
function isSwapped(field: FieldName, { findings }: Validation): boolean {
  return findings.some(({ code, fields }) => code === 'VALUES_SWAPPED' && fields.includes(field));
}

/** A value that stands twice is wrong in one of its fields, and where that field says so, it is told. */
function isToldByField({ code, fields }: CrossFinding, { values }: Validation): boolean {
  return code === 'VALUE_DOUBLED' && values.some(({ field, status }) => status === 'fail' && fields.includes(field));
}

function channelsOf(field: FieldName): readonly Channel[] {
  return BOTH.filter((channel) => (FIELDS[channel] as readonly FieldName[]).includes(field));
}

function missing(field: FieldName, channel: Channel): CheckOutcome {
  return {
    status: 'fail',
    cause: 'VALUE_MISSING',
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
