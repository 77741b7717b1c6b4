import type { FormAnswer } from '../core/answers.ts';
import { HandoffError } from '../core/errors.ts';
import type { MessageOption } from '../core/events.ts';

const DATE_KINDS: readonly string[] = ['DatePickerInput', 'DateTimePickerInput'];
const DATE_ONLY = /^\d{4}-\d{2}-\d{2}$/;

/** One answer as the wire wants it for the kind of its input. Note the vendor's spelling of `inputlabel`. */
export function inputValue({ input, text, picked }: FormAnswer) {
  const common = { inputId: input.id, inputlabel: input.label };
  if (picked) {
    return { inputValueType: 'SelectedOptionsInputValue', ...common, selectedOptions: picked.map(selectedOption) };
  }
  const value = DATE_KINDS.includes(input.kind)
    ? { valueType: 'DateTimeValue', dateTimeValue: dateTime(input.label, text) }
    : { valueType: 'TextValue', textValue: text };
  return { inputValueType: 'SingleInputValue', ...common, displayValue: text, value };
}

/** An option as it goes back to the service, with its title for those who read along. */
export function selectedOption({ id, title }: MessageOption) {
  return { optionIdentifier: id, optionTitle: { itemType: 'TitleItem', title } };
}

/** A day, or a moment with its zone, as RFC 3339 in UTC. */
function dateTime(label: string, text: string): string {
  const given = text.trim();
  const moment = new Date(DATE_ONLY.test(given) ? `${given}T00:00:00Z` : given);
  const isRead = /^\d{4}-\d{2}-\d{2}/.test(given) && !Number.isNaN(moment.getTime());
  if (isRead) return moment.toISOString().replace('.000Z', 'Z');
  throw new HandoffError('INVALID_ARGUMENT', {
    message: `“${text}” is no date, which “${label}” asks for`,
    hint: 'write it as 2026-01-09 or 2026-01-09T10:30Z',
  });
}
