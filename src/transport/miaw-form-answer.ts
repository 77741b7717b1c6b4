import { type FormAnswer, isDateInput, readMoment } from '../core/answers.ts';
import type { MessageOption } from '../core/events.ts';

/** One answer as the wire wants it for the kind of its input. Note the vendor's spelling of `inputlabel`. */
export function inputValue({ input, text, picked }: FormAnswer) {
  const common = { inputId: input.id, inputlabel: input.label };
  if (picked) {
    return { inputValueType: 'SelectedOptionsInputValue', ...common, selectedOptions: picked.map(selectedOption) };
  }
  const value = isDateInput(input)
    ? { valueType: 'DateTimeValue', dateTimeValue: readMoment(input, text) }
    : { valueType: 'TextValue', textValue: text };
  return { inputValueType: 'SingleInputValue', ...common, displayValue: text, value };
}

/** An option as it goes back to the service, with its title for those who read along. */
export function selectedOption({ id, title }: MessageOption) {
  return { optionIdentifier: id, optionTitle: { itemType: 'TitleItem', title } };
}
