import type { PreChatForm, PreChatFormField } from '../core/pre-chat-form.ts';
import type { EmbeddedServiceConfig } from '../protocol/miaw.ts';
import { type JsonObject, numberOf, objectOf, objectsOf, textOf } from './miaw-json.ts';

/**
 * The pre-chat form of a deployment, undefined where it does not tell any. The first form counts, as in the vendor's own client.
 * Its hidden fields stand among the others or in a list of their own.
 */
export function publishedForm(config: EmbeddedServiceConfig | undefined): PreChatForm | undefined {
  if (!Array.isArray(config?.forms)) return undefined;
  const forms = objectsOf(config.forms).filter((form) => textOf(form.formType) !== 'Offline');
  const { formFields, hiddenFormFields } = forms[0] ?? {};
  const choices = choicesOf(config);
  const visible = objectsOf(formFields).flatMap((field) => fieldOf(field, field.isHidden === true, choices));
  const hidden = objectsOf(hiddenFormFields).flatMap((field) => fieldOf(field, true, choices));
  return { fields: [...visible, ...hidden] };
}

function fieldOf(
  field: JsonObject,
  hidden: boolean,
  choices: ReadonlyMap<string, readonly string[]>,
): PreChatFormField[] {
  const name = textOf(field.name);
  if (name === undefined) return [];
  const maxLength = numberOf(field.maxLength);
  const type = textOf(field.type);
  const listed = choices.get(textOf(field.choiceListId) ?? '');
  const required = field.required === true || field.isRequired === true;
  return [
    {
      name,
      required,
      hidden,
      ...(maxLength && { maxLength }),
      ...(type && { type }),
      ...(listed && { choices: listed }),
    },
  ];
}

/** Names of choices by the id of their list; the name is what a client sends. */
function choicesOf(config: EmbeddedServiceConfig): ReadonlyMap<string, readonly string[]> {
  const lists = objectsOf(objectOf(objectOf(config).choiceListConfig).choiceList);
  return new Map(
    lists.map((list) => [
      textOf(list.choiceListId) ?? '',
      objectsOf(list.choiceListValues).flatMap((value) => textOf(value.choiceListValueName) ?? []),
    ]),
  );
}
