import { type Answer, refuse } from './miaw-answer.ts';
import { isObject, type Json, misshapen, stringOf } from './miaw-body.ts';

const VALUE_MEMBERS: Readonly<Record<string, string>> = {
  TextValue: 'textValue',
  DateTimeValue: 'dateTimeValue',
  DateValue: 'dateValue',
  BooleanValue: 'booleanValue',
  IntegerValue: 'integerValue',
  DoubleValue: 'doubleValue',
  UrlValue: 'urlValue',
};
const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;

/** What is wrong with an answer to choices or to a form; undefined for a right one. */
export function responseRefused(message: Json): Answer | undefined {
  if (stringOf(message.inReplyToMessageId) === '') return refuse(400, 'message.inReplyToMessageId is required.');
  const { choicesResponse, formResponse } = message;
  if (isObject(choicesResponse)) return selectionsRefused(choicesResponse);
  return isObject(formResponse) ? inputsRefused(formResponse) : undefined;
}

function selectionsRefused({ formatType, selectedOptions }: Json): Answer | undefined {
  if (formatType !== 'Selections') return refuse(400, 'message.choicesResponse.formatType must be Selections.');
  return optionsRefused(selectedOptions, 'message.choicesResponse.selectedOptions');
}

function optionsRefused(options: unknown, where: string): Answer | undefined {
  if (!Array.isArray(options) || options.length === 0) return refuse(400, `${where} is required.`);
  const isRight = options.every((option) => isObject(option) && stringOf(option.optionIdentifier) !== '');
  return isRight ? undefined : refuse(400, `${where}[].optionIdentifier is required.`);
}

function inputsRefused({ formatType, inputValues }: Json): Answer | undefined {
  if (formatType !== 'Inputs') return refuse(400, 'message.formResponse.formatType must be Inputs.');
  if (!Array.isArray(inputValues)) return refuse(400, 'message.formResponse.inputValues is required.');
  for (const value of inputValues) {
    const refusal = isObject(value) ? inputRefused(value) : refuse(400, 'inputValues[] must be of type object.');
    if (refusal) return refusal;
  }
  return undefined;
}

function inputRefused(input: Json): Answer | undefined {
  const misshape = misshapen(input, { inputValueType: 'string', inputId: 'string' }, 'inputValues[].');
  if (misshape) return misshape;
  if (input.inputValueType === 'SelectedOptionsInputValue') {
    return optionsRefused(input.selectedOptions, 'inputValues[].selectedOptions');
  }
  if (input.inputValueType !== 'SingleInputValue') return refuse(400, 'inputValues[].inputValueType is not known.');
  return isObject(input.value) ? valueRefused(input.value) : refuse(400, 'inputValues[].value is required.');
}

function valueRefused(value: Json): Answer | undefined {
  const type = stringOf(value.valueType);
  const member = Object.hasOwn(VALUE_MEMBERS, type) ? VALUE_MEMBERS[type] : undefined;
  if (member === undefined) return refuse(400, `inputValues[].value.valueType ${type} is not known.`);
  if (value[member] === undefined || value[member] === null) {
    return refuse(400, `inputValues[].value.${member} is required.`);
  }
  const isDate = member !== 'dateTimeValue' || RFC_3339.test(stringOf(value[member]));
  return isDate ? undefined : refuse(400, 'inputValues[].value.dateTimeValue must be a date and time.');
}
