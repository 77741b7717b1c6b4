import { FIELD_LABELS, type FieldName, type Finding } from '../core/config.ts';
import { whereToFind } from './field-steps.ts';
import { type IdContext, nameInsteadOfId } from './id-shape.ts';
import { isKnownId, prefixOf } from './key-prefixes.ts';
import { findingsAt } from './verdict.ts';

/** The key prefix that each ID field of Kore.ai's form wants. */
export const FIELD_PREFIXES = { orgId: '00D', deploymentId: '572', buttonId: '573' } as const;
export type IdField = keyof typeof FIELD_PREFIXES;

export function isIdField(field: FieldName): field is IdField {
  return Object.hasOwn(FIELD_PREFIXES, field);
}

/** The ID field that a record ID belongs into, if any. */
export function fieldOfId(id: string): IdField | undefined {
  const fields: readonly IdField[] = ['orgId', 'deploymentId', 'buttonId'];
  return isKnownId(id)
    ? fields.find((field) => FIELD_PREFIXES[field].toLowerCase() === id.slice(0, 3).toLowerCase())
    : undefined;
}

/** Mix-ups that happen so often that they have a finding of their own. Key: the field, a colon, the prefix found there. */
const KNOWN_MIX_UPS: Readonly<Record<string, { code: string; message: string; hint: string }>> = {
  'deploymentId:573': {
    code: 'BUTTON_ID_IN_DEPLOYMENT_ID',
    message: 'Deployment ID holds the ID of a chat button (573)',
    hint: 'enter the ID that starts with 572: the second argument of liveagent.init in the Deployment Code',
  },
  'orgId:572': {
    code: 'DEPLOYMENT_ID_IN_ORG_ID',
    message:
      'Organization ID holds the ID of a deployment (572); the deployment code names the deployment before the organization',
    hint: 'enter the ID that starts with 00D: the third argument of liveagent.init in the Deployment Code',
  },
};

/** Why an ID of this form is not the one the field wants; undefined where it is. */
export function foreignOwner(id: string, context: IdContext): Finding | undefined {
  const { field, prefix, step } = context;
  if (id.startsWith(prefix)) return undefined;
  const { fail } = findingsAt(step);
  const known = KNOWN_MIX_UPS[`${field}:${id.slice(0, 3)}`];
  if (known) return fail(known.code, known.message, known.hint);
  const owner = prefixOf(id);
  const label = FIELD_LABELS[field];
  if (!owner && /^[A-Za-z]/.test(id)) return nameInsteadOfId(field, id, step);
  if (!owner) {
    const message = `${label} starts with ${prefix}; this ID starts with ${id.slice(0, 3)}`;
    return fail('ID_PREFIX_UNKNOWN', message, whereToFind(field));
  }
  const belongs = fieldOfId(id);
  const message = `${label} holds the ID of ${owner.what} (${owner.object}, ${id.slice(0, 3)}); it should start with ${prefix}`;
  const hint = belongs
    ? `move it to ${FIELD_LABELS[belongs]}; for ${label}, ${whereToFind(field)}`
    : whereToFind(field);
  return fail(belongs ? 'ID_OF_OTHER_FIELD' : 'ID_OF_OTHER_OBJECT', message, hint);
}
