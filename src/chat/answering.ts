import { choiceText, formAnswers, formText, isDateInput, readMoment } from '../core/answers.ts';
import { HandoffError } from '../core/errors.ts';
import type { FormInput, MessageEvent, MessageOption } from '../core/events.ts';
import type { FileToSend, FormValues } from '../core/session.ts';
import type { Drive } from './drive.ts';

/** Picks options of the last message that has any, by their numbers from 1. */
export async function chooseNumbers(drive: Drive, numbers: readonly number[]): Promise<void> {
  const message = drive.record.choices;
  if (!message)
    throw nothing('No message with choices has come yet', 'wait for one; it lists its choices with numbers');
  const known = message.options ?? [];
  const options = numbers.map((number) => {
    const option = known[number - 1];
    if (option) return option;
    throw nothing(`There is no choice ${number}`, `choose from 1 to ${known.length}`);
  });
  await drive.deliver(choiceText(options), () => drive.session.choose(message, options));
}

/** Answers a form, the last one if none is named; the questions may be named by their ids or their labels. */
export async function fillForm(
  drive: Drive,
  given: FormValues,
  message: MessageEvent | undefined = drive.record.form,
): Promise<void> {
  if (!message) throw nothing('No form has come yet', 'wait for one; it lists its questions');
  const inputs = message.inputs ?? [];
  const idOf = (name: string) =>
    (inputs.find(({ id }) => id === name) ?? inputs.find(({ label }) => label.toLowerCase() === name.toLowerCase()))
      ?.id ?? name;
  const values = Object.fromEntries(Object.entries(given).map(([name, answer]) => [idOf(name), answer]));
  const text = formText(formAnswers(message, values));
  await drive.deliver(text, () => drive.session.answerForm(message, values));
}

export async function sendFile(drive: Drive, file: FileToSend): Promise<void> {
  await drive.deliver(fileText(file), () => drive.session.sendFile(file));
}

/** An answer of one question as the service wants it; throws where it does not fit. Numbers stand for choices. */
export function readAnswer(input: FormInput, line: string): string | readonly string[] {
  if (line === '' && input.required) throw nothing(`“${input.label}” must be answered`, 'or leave the form: /cancel');
  if (input.maxLength !== undefined && line.length > input.maxLength) {
    throw nothing(`The answer has ${line.length} characters`, `${input.maxLength} are allowed`);
  }
  if (line !== '' && isDateInput(input)) readMoment(input, line);
  if (!input.options || line === '') return line;
  const options = input.options;
  const whole = findOption(options, line);
  if (whole) return [whole.id];
  return line
    .split(/[\s,]+/)
    .filter((part) => part !== '')
    .map((part) => {
      const option = findOption(options, part);
      if (option) return option.id;
      throw nothing(`“${part}” is none of the choices`, `choose from 1 to ${options.length}`);
    });
}

function findOption(options: readonly MessageOption[], text: string): MessageOption | undefined {
  const folded = text.toLowerCase();
  return /^\d+$/.test(text)
    ? options[Number(text) - 1]
    : options.find(({ id, title }) => id === text || title.toLowerCase() === folded);
}

function fileText({ name, bytes }: FileToSend): string {
  const size = bytes.length < 1000 ? `${bytes.length} bytes` : `${Math.round(bytes.length / 1000)} kB`;
  return `file ${name} (${size})`;
}

function nothing(message: string, hint: string): HandoffError {
  return new HandoffError('INVALID_ARGUMENT', { message, hint });
}
