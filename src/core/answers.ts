import { HandoffError } from './errors.ts';
import type { FormInput, MessageEvent, MessageOption } from './events.ts';
import type { FormValues } from './session.ts';

/** One input of a form with what was entered; `picked` where the answer is a choice. */
export interface FormAnswer {
  readonly input: FormInput;
  readonly text: string;
  readonly picked?: readonly MessageOption[];
}

/** The options as the message has them. INVALID_ARGUMENT for none, and for one that is not among them. */
export function pickedOptions(message: MessageEvent, options: readonly MessageOption[]): readonly MessageOption[] {
  const known = message.options ?? [];
  if (known.length === 0) throw unfit('The message offers nothing to choose from');
  if (options.length === 0) throw unfit(`Nothing was chosen; there is ${titles(known)}`);
  return options.map((option) => find(known, option.id));
}

/** What was picked, in words. */
export function choiceText(options: readonly MessageOption[]): string {
  return options.map((option) => option.title).join(', ');
}

/** The answers in the order of the form. INVALID_ARGUMENT for what is missing, unknown, too long or not to be chosen. */
export function formAnswers(message: MessageEvent, values: FormValues): readonly FormAnswer[] {
  const inputs = message.inputs ?? [];
  if (inputs.length === 0) throw unfit('The message is not a form');
  const unknown = Object.keys(values).find((id) => !inputs.some((input) => input.id === id));
  if (unknown !== undefined) {
    throw unfit(`The form has no input “${unknown}”; it has ${inputs.map((input) => input.id).join(', ')}`);
  }
  return inputs.flatMap((input) => answerTo(input, Object.hasOwn(values, input.id) ? values[input.id] : undefined));
}

/** A filled form in words, one line an input. */
export function formText(answers: readonly FormAnswer[]): string {
  return answers.map(({ input, text }) => `${input.label}: ${text}`).join('\n');
}

const DATE_KINDS: readonly string[] = ['DatePickerInput', 'DateTimePickerInput'];
const DATE_ONLY = /^\d{4}-\d{2}-\d{2}$/;

export function isDateInput({ kind }: FormInput): boolean {
  return DATE_KINDS.includes(kind);
}

/** A day, or a moment with its zone, as RFC 3339 in UTC. INVALID_ARGUMENT for anything else. */
export function readMoment({ label }: FormInput, text: string): string {
  const given = text.trim();
  const moment = new Date(DATE_ONLY.test(given) ? `${given}T00:00:00Z` : given);
  const isRead = /^\d{4}-\d{2}-\d{2}/.test(given) && !Number.isNaN(moment.getTime());
  if (isRead) return moment.toISOString().replace('.000Z', 'Z');
  throw new HandoffError('INVALID_ARGUMENT', {
    message: `“${text}” is no date, which “${label}” asks for`,
    hint: 'write it as 2026-01-09 or 2026-01-09T10:30Z',
  });
}

function answerTo(input: FormInput, value: string | readonly string[] | undefined): readonly FormAnswer[] {
  const given = (typeof value === 'string' ? [value] : (value ?? [])).filter((text) => text.trim() !== '');
  if (given.length === 0) {
    if (input.required) throw unfit(`The form requires “${input.label}” (${input.id})`);
    return [];
  }
  if (input.options) {
    const options = input.options;
    const picked = given.map((text) => find(options, text, input.label));
    return [{ input, text: choiceText(picked), picked }];
  }
  const text = given.join(', ');
  if (input.maxLength !== undefined && text.length > input.maxLength) {
    throw unfit(`The answer to “${input.label}” has ${text.length} characters; the form allows ${input.maxLength}`);
  }
  return [{ input, text }];
}

/** By id first, for titles may repeat; capitals of a title do not matter. */
function find(options: readonly MessageOption[], wanted: string, label?: string): MessageOption {
  const folded = wanted.trim().toLowerCase();
  const found =
    options.find((option) => option.id === wanted) ?? options.find((option) => option.title.toLowerCase() === folded);
  if (found) return found;
  const where = label === undefined ? '' : ` of “${label}”`;
  throw unfit(`“${wanted}” is not one of the choices${where}: ${titles(options)}`);
}

function titles(options: readonly MessageOption[]): string {
  return options.map((option) => option.title).join(', ');
}

function unfit(message: string): HandoffError {
  return new HandoffError('INVALID_ARGUMENT', { message, hint: 'answer with what the message offers' });
}
