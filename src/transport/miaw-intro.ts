import type { MiawConfig } from '../core/config.ts';
import type { VisitorOptions } from '../core/session.ts';
import type { EmbeddedServiceConfig } from '../protocol/miaw.ts';
import type { Introduction } from './miaw-conversation.ts';
import { objectsOf, textOf } from './miaw-json.ts';

const FIRST_NAME = '_firstName';
const LAST_NAME = '_lastName';

/**
 * The pre-chat values and the language, as the wire wants them. The visitor's name goes into the name fields of the published
 * form: a name that the form does not know would be dropped or refused.
 */
export function introduce(
  config: MiawConfig,
  visitor: VisitorOptions,
  published: EmbeddedServiceConfig | undefined,
): Introduction {
  const values = { ...nameValues(visitor.visitorName, published), ...config.preChat, ...visitor.preChat };
  const language = visitor.language?.replaceAll('-', '_');
  return {
    ...(Object.keys(values).length > 0 ? { routingAttributes: values } : {}),
    ...(language ? { language } : {}),
  };
}

function nameValues(name: string | undefined, published: EmbeddedServiceConfig | undefined): Record<string, string> {
  const words = name?.trim().split(/\s+/).filter(Boolean) ?? [];
  const last = words.at(-1);
  if (last === undefined) return {};
  const fields = fieldNames(published);
  const hasFirst = fields.has(FIRST_NAME);
  const first = words.slice(0, -1).join(' ') || last;
  const whole = words.join(' ');
  if (!fields.has(LAST_NAME)) return hasFirst ? { [FIRST_NAME]: whole } : {};
  return hasFirst ? { [FIRST_NAME]: first, [LAST_NAME]: last } : { [LAST_NAME]: whole };
}

function fieldNames(published: EmbeddedServiceConfig | undefined): ReadonlySet<string> {
  const forms = objectsOf(published?.forms);
  const fields = forms.flatMap((form) => [...objectsOf(form.formFields), ...objectsOf(form.hiddenFormFields)]);
  return new Set(fields.flatMap((field) => textOf(field.name) ?? []));
}
