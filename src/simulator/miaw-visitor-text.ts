import { isObject, type Json, stringOf } from './miaw-body.ts';

/** What the visitor has said, in plain words: text, the titles picked, or the values of a form. */
export function textOfMessage(content: Json): string {
  const { staticContent, choicesResponse, formResponse } = content;
  if (isObject(choicesResponse)) return joined(choicesResponse.selectedOptions, optionText);
  if (isObject(formResponse)) return joined(formResponse.inputValues, inputText);
  return isObject(staticContent) ? stringOf(staticContent.text) : '';
}

function joined(items: unknown, textOf: (item: Json) => string): string {
  return Array.isArray(items) ? items.filter(isObject).map(textOf).join(', ') : '';
}

function optionText({ optionTitle, optionIdentifier }: Json): string {
  return (isObject(optionTitle) && stringOf(optionTitle.title)) || stringOf(optionIdentifier);
}

function inputText({ displayValue, value, inputId, selectedOptions }: Json): string {
  if (Array.isArray(selectedOptions)) return joined(selectedOptions, optionText);
  const inner = isObject(value) ? Object.entries(value).find(([name]) => name !== 'valueType')?.[1] : undefined;
  return stringOf(displayValue) || String(inner ?? stringOf(inputId));
}

const LINK = /^(?<first>https?:\/\/\S+)\s+(?<after>\S.*)$|^(?<before>.*\S)\s+(?<last>https?:\/\/\S+)$/s;

/** Text and link of a message that begins or ends with one; undefined where there is none, or nothing else. */
export function splitAtLink(text: string): { readonly text: string; readonly url: string } | undefined {
  const { first, after, before, last } = LINK.exec(text.trim())?.groups ?? {};
  const url = first ?? last;
  const rest = after ?? before;
  return url === undefined || rest === undefined ? undefined : { text: rest, url };
}
