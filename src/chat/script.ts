import { formatDuration, parseDuration } from '../core/duration.ts';
import { HandoffError } from '../core/errors.ts';
import { nearest } from '../core/nearest.ts';
import { type Expectation, parseExpectation } from './expectations.ts';

/** One step of a script; `withinMs` is the longest it may take. Numbers of choices count from 1. */
export type ScriptStep =
  | { readonly do: 'send'; readonly text: string; readonly withinMs?: number }
  | { readonly do: 'expect'; readonly expectation: Expectation; readonly withinMs?: number }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'choose'; readonly numbers: readonly number[]; readonly withinMs?: number }
  | { readonly do: 'form'; readonly values: Readonly<Record<string, string>>; readonly withinMs?: number }
  | { readonly do: 'file'; readonly path: string; readonly withinMs?: number }
  | { readonly do: 'end' };

/** How long a step may take that names no time of its own. */
const STEP_WITHIN_MS = 60_000;

const READERS: Readonly<Record<ScriptStep['do'], (value: unknown) => ScriptStep>> = {
  send: (value) => ({ do: 'send', text: textIn(value, '"Hello"') }),
  expect: (value) => ({ do: 'expect', expectation: parseExpectation(textIn(value, '"joined"')) }),
  wait: (value) => ({ do: 'wait', ms: durationIn(value) }),
  choose: (value) => ({ do: 'choose', numbers: numbersIn(value) }),
  form: (value) => ({ do: 'form', values: answersIn(value) }),
  file: (value) => ({ do: 'file', path: textIn(value, '"photo.png"') }),
  end: (value) => {
    if (value === true) return { do: 'end' };
    throw unfit('end takes true and nothing else', 'write it as { "end": true }');
  },
};
const WORDS = Object.keys(READERS);
const TIMELESS: readonly string[] = ['wait', 'end'];

/** The steps of a script: a JSON list of them. Throws CONFIG_INVALID or INVALID_ARGUMENT, naming the number of the step. */
export function parseScript(text: string, name: string): readonly ScriptStep[] {
  const steps = parsed(text, name);
  if (!Array.isArray(steps) || steps.length === 0) {
    throw new HandoffError('CONFIG_INVALID', {
      message: `${name} holds no list of steps`,
      hint: 'write it as [ { "expect": "joined" }, { "send": "Hello" }, { "expect": "message", "within": "30s" } ]',
    });
  }
  return steps.map((step, index) => {
    try {
      return parseStep(step);
    } catch (thrown) {
      if (!(thrown instanceof HandoffError)) throw thrown;
      const { code, message, hint } = thrown;
      throw new HandoffError(code, { message: `Step ${index + 1} of ${name}: ${message}`, hint, cause: thrown });
    }
  });
}

/** A step in the words of its file. */
export function describeStep(step: ScriptStep): string {
  switch (step.do) {
    case 'send':
      return `send “${step.text.length > 40 ? `${step.text.slice(0, 39)}…` : step.text}”`;
    case 'expect':
      return `expect ${step.expectation.text}`;
    case 'wait':
      return `wait ${formatDuration(step.ms)}`;
    case 'choose':
      return `choose ${step.numbers.join(', ')}`;
    case 'form':
      return `form ${Object.keys(step.values).join(', ')}`;
    case 'file':
      return `file ${step.path}`;
    case 'end':
      return 'end';
    default:
      return step satisfies never;
  }
}

/** The longest that a whole script may take when every step takes its longest. */
export function longestMs(steps: readonly ScriptStep[]): number {
  const longest = (step: ScriptStep) => (step.do === 'wait' ? step.ms : limitOf(step));
  return steps.reduce((sum, step) => sum + longest(step), 0);
}

export function limitOf(step: ScriptStep): number {
  return 'withinMs' in step && step.withinMs !== undefined ? step.withinMs : STEP_WITHIN_MS;
}

function parsed(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new HandoffError('CONFIG_INVALID', {
      message: `${name} is not valid JSON: ${why}`,
      hint: 'a script is a JSON list of steps; sf-handoff test-chat --help shows one',
      cause,
    });
  }
}

function parseStep(step: unknown): ScriptStep {
  if (typeof step !== 'object' || step === null || Array.isArray(step))
    throw unfit('this is no step', 'a step is an object such as { "send": "Hello" }');
  const { within, ...doing } = step as Record<string, unknown>;
  const [word, second] = Object.keys(doing);
  if (word === undefined) throw unfit('the step says nothing to do', `say one of ${WORDS.join(', ')}`);
  if (second !== undefined)
    throw unfit(`${word} and ${second} are two things to do`, 'give each a step of its own, in their order');
  const reader = Object.hasOwn(READERS, word) ? READERS[word as ScriptStep['do']] : undefined;
  if (!reader) {
    const near = nearest(word, [...WORDS, 'within']);
    throw unfit(`“${word}” is nothing to do`, near ? `did you mean ${near}?` : `say one of ${WORDS.join(', ')}`);
  }
  const read = reader(doing[word]);
  if (within === undefined) return read;
  if (TIMELESS.includes(word)) throw unfit(`${word} takes no “within”`, 'leave it away');
  return { ...read, withinMs: durationIn(within) } as ScriptStep;
}

function textIn(value: unknown, example: string): string {
  if (typeof value === 'string' && value.trim() !== '') return value;
  throw unfit('a text is wanted', `write it in quotes, for example ${example}`);
}

function durationIn(value: unknown): number {
  return parseDuration(typeof value === 'number' ? String(value) : textIn(value, '"30s"'));
}

function numbersIn(value: unknown): readonly number[] {
  const numbers: unknown[] = Array.isArray(value) ? value : [value];
  const fits = (entry: unknown): entry is number => Number.isInteger(entry) && Number(entry) > 0;
  if (numbers.length > 0 && numbers.every(fits)) return numbers;
  throw unfit('choose takes the number of an option, from 1, or a list of them', 'write it as { "choose": 1 }');
}

function answersIn(value: unknown): Readonly<Record<string, string>> {
  const entries = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
  if (entries.length > 0 && entries.every(([, answer]) => typeof answer === 'string'))
    return Object.fromEntries(entries);
  throw unfit('form takes an answer for each question, as text', 'write it as { "form": { "Order number": "4711" } }');
}

function unfit(message: string, hint: string): HandoffError {
  return new HandoffError('INVALID_ARGUMENT', { message, hint });
}
