import type { CheckOutcome } from '../../core/check.ts';
import type { PreChat } from '../../core/config.ts';
import type { EmbeddedServiceConfig } from '../../protocol/miaw.ts';
import { type JsonObject, numberOf, objectOf, objectsOf, textOf } from '../../transport/miaw-json.ts';
import { compareWithForm, type PreChatForm, type PreChatFormField } from '../../values/pre-chat.ts';
import { verdictOf } from './outcomes.ts';

/** Compares what the profile passes on with what the deployment publishes; Salesforce drops the rest without a word. */
export function lookAtPreChat(preChat: PreChat, config: EmbeddedServiceConfig): CheckOutcome {
  const form = formOf(config);
  const names = Object.keys(preChat);
  const listed = form.fields.map((field) => field.name).join(', ') || 'no fields';
  const well =
    names.length > 0 ? `${names.join(', ')}: in the published form` : `nothing to pass on; the form has ${listed}`;
  // Without any pre-chat in the profile nobody knows what the bot will pass on, so nothing can be known to be missing.
  const status = names.length === 0 ? { status: 'warn' as const } : {};
  return verdictOf(compareWithForm(preChat, form), well, { ...status, data: { fields: form.fields } });
}

/** The first form counts, as in the vendor's own client. Its hidden fields stand among the others or in a list of their own. */
function formOf(config: EmbeddedServiceConfig): PreChatForm {
  const forms = objectsOf(objectOf(config).forms).filter((form) => textOf(form.formType) !== 'Offline');
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
