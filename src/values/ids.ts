import { FIELD_LABELS, type FieldName, type Finding } from '../core/config.ts';
import type { Channel } from '../core/events.ts';
import { cleanValue, shown } from './clean-text.ts';
import { guideStepOf, whereToFind } from './field-steps.ts';
import { locateId } from './id-location.ts';
import { FIELD_PREFIXES, foreignOwner, type IdField } from './id-owner.ts';
import { mendPrefix } from './id-prefix-mend.ts';
import { type IdContext, judgeForm } from './id-shape.ts';
import { missing, refusedSecret } from './refusals.ts';
import { type FieldVerdict, findingsAt, verdict } from './verdict.ts';

export { KEY_PREFIXES } from './key-prefixes.ts';

/**
 * Judges what stands in an ID field. The value is always the 15-character form, or null where the right ID cannot be known.
 * Instance codes (characters 4 to 6) are never compared: a working org may hold several.
 */
export function normaliseId(field: IdField, given: string, channel?: Channel): FieldVerdict {
  const step = guideStepOf(field, channel);
  const refused = refusedSecret(field, given, step);
  if (refused) return refused;
  const text = cleanValue(given);
  if (text === '') return missing(field, step);
  const context: IdContext = { field, prefix: FIELD_PREFIXES[field], step };
  const located = locateId(text, context.prefix, step);
  if (located === null) return verdict(null, [addressWithoutId(field, text, context)]);
  const findings = located.findings.length === 0 ? trimmed(given, located.text, context) : located.findings;
  return judge(located.text, context, findings);
}

function judge(text: string, context: IdContext, before: readonly Finding[]): FieldVerdict {
  const mended = mendPrefix(text, context);
  const findings = [...before, ...(mended?.findings ?? [])];
  if (mended?.text === null) return verdict(null, findings);
  const form = judgeForm(mended?.text ?? text, context);
  findings.push(...form.findings);
  const foreign = foreignOwner(form.id15 ?? mended?.text ?? text, context);
  const isId = form.id15 !== null || /^[0-9A-Za-z]{18}$/.test(text);
  if (foreign && isId) return verdict(null, [...findings.filter((finding) => finding.severity === 'fail'), foreign]);
  return verdict(form.id15, findings);
}

function trimmed(given: string, text: string, { step }: IdContext): Finding[] {
  if (given === text) return [];
  return [
    findingsAt(step).info('VALUE_TRIMMED', 'Blanks, quotes or punctuation around the ID were removed', `enter ${text}`),
  ];
}

function addressWithoutId(field: FieldName, text: string, { step }: IdContext): Finding {
  const message = `${FIELD_LABELS[field]} holds an address in which there is no record ID: ${shown(text)}`;
  return findingsAt(step).fail('URL_WITHOUT_ID', message, whereToFind(field));
}
