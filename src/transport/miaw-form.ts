import type { FormInput } from '../core/events.ts';
import { readOptions } from './miaw-choices.ts';
import type { MessageContent } from './miaw-content.ts';
import { type JsonObject, numberOf, objectOf, objectsOf, textOf } from './miaw-json.ts';
import { bulleted, textLines, titleOf } from './miaw-text.ts';

const DISPLAY_ONLY: readonly unknown[] = ['StaticTitle', 'StaticFooter'];

/** A form and its questions; parts that only decorate are left out. */
export function readForm(form: JsonObject): MessageContent {
  const inputs = objectsOf(form.sections)
    .map((section) => objectOf(section.input))
    .filter((input) => !DISPLAY_ONLY.includes(input.inputType))
    .flatMap(readInput);
  const title = titleOf(form.formTitle) ?? titleOf(form.message);
  return { format: 'form', text: textLines([title, ...bulleted(inputs.map(question))]), inputs };
}

function question(input: FormInput): string {
  return input.required ? `${input.label} (required)` : input.label;
}

function readInput(input: JsonObject): readonly FormInput[] {
  const id = textOf(input.id);
  if (!id) return [];
  const options = readOptions(input.optionItems);
  const maxLength = numberOf(input.maximumCharacterCount);
  return [
    {
      id,
      label: titleOf(input.label) ?? id,
      kind: textOf(input.inputType) ?? 'TextInput',
      required: input.required === true,
      ...(maxLength === undefined ? {} : { maxLength }),
      ...(options.length > 0 ? { options } : {}),
    },
  ];
}

/** A filled form, or the service's verdict on one. */
export function readFormAnswer(response: JsonObject): MessageContent {
  if (response.formatType === 'Result') return { format: 'form-result', text: resultText(objectOf(response.result)) };
  const lines = objectsOf(response.inputValues).map(
    (value) =>
      `${textOf(value.inputlabel) ?? titleOf(value.inputlabel) ?? textOf(value.inputId) ?? '?'}: ${answerText(value)}`,
  );
  return { format: 'form-response', text: textLines([titleOf(response.formTitle), ...lines]) };
}

function answerText(answer: JsonObject): string {
  const shown = textOf(answer.displayValue);
  if (shown) return shown;
  const picked = objectsOf(answer.selectedOptions).flatMap(
    (option) => titleOf(option.optionTitle) ?? textOf(option.optionIdentifier) ?? [],
  );
  return picked.length > 0 ? picked.join(', ') : valueText(objectOf(answer.value));
}

/** A typed value keeps its content in a member named after the type: `textValue`, `integerValue` … */
function valueText(value: JsonObject): string {
  const content = Object.entries(value).find(([name, member]) => name !== 'valueType' && member !== null);
  return content ? String(content[1]) : '';
}

/** The vendor asks not to show a visitor the error's own message, so its type stands for it. */
function resultText(result: JsonObject): string {
  const errors = objectsOf(result.errors).map((error) => textOf(error.errorType) ?? 'unknown error');
  if (errors.length > 0) return `The form was not accepted: ${errors.join(', ')}`;
  const messages = objectsOf(result.records).flatMap(
    (record) => titleOf(record.resultMessage) ?? textOf(record.recordReferenceId) ?? [],
  );
  return textLines(messages) || 'The form was accepted';
}
