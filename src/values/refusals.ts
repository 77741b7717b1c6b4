import { FIELD_LABELS, type FieldName } from '../core/config.ts';
import type { GuideStep } from '../core/guide-step.ts';
import { clipGiven } from './clean-text.ts';
import { whereToFind } from './field-steps.ts';
import { holdsSecret, maskSecrets } from './secrets.ts';
import { type FieldVerdict, findingsAt, verdict } from './verdict.ts';

export function missing(field: FieldName, step: GuideStep): FieldVerdict {
  return verdict(null, [
    findingsAt(step).fail('VALUE_MISSING', `${FIELD_LABELS[field]} is missing`, whereToFind(field)),
  ]);
}

/** The refusal of a value that holds an access token or another secret; undefined where it holds none. */
export function refusedSecret(field: FieldName, given: string, step: GuideStep): FieldVerdict | undefined {
  if (!holdsSecret(given)) return undefined;
  const message = `${FIELD_LABELS[field]} holds an access token or another secret; it is not used and shown nowhere`;
  const hint = `revoke it if it was pasted anywhere else; for ${FIELD_LABELS[field]}, ${whereToFind(field)}`;
  return verdict(null, [findingsAt(step).fail('ACCESS_TOKEN_PASTED', message, hint)], clipGiven(maskSecrets(given)));
}
