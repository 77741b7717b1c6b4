import { HandoffError } from '../core/errors.ts';
import { clean } from './clean.ts';
import type { Io } from './io.ts';

export interface Choice<T> {
  readonly value: T;
  readonly name: string;
  readonly hint?: string;
}

/** Questions to a person. `check` returns what is wrong with an answer, or undefined. */
export interface Prompter {
  select<T>(question: string, choices: readonly Choice<T>[]): Promise<T>;
  input(
    question: string,
    options?: { initial?: string; check?: (answer: string) => string | undefined },
  ): Promise<string>;
  confirm(question: string, initial: boolean): Promise<boolean>;
}

/** Asks on the terminal. Ctrl-C rejects with INTERRUPTED, and so does the signal with its reason. */
export async function createPrompter(io: Io, signal: AbortSignal): Promise<Prompter> {
  if (!io.interactive) {
    throw new HandoffError('MISSING_VALUE', {
      message: 'A question would have to be asked, and nobody is there to answer',
    });
  }
  const inquirer = await import('@inquirer/prompts');
  const context = {
    signal,
    input: io.streams.stdin as NodeJS.ReadStream,
    output: io.streams.stdout as unknown as NodeJS.WriteStream,
  };
  return {
    select: (message, choices) =>
      asked(
        signal,
        inquirer.select(
          { message, choices: choices.map(toInquirerChoice), theme: { prefix: { idle: '?', done: '?' } } },
          context,
        ),
      ),
    input: (message, options = {}) =>
      asked(
        signal,
        inquirer.input(
          {
            message,
            ...(options.initial === undefined ? {} : { default: options.initial, prefill: 'editable' as const }),
            validate: (answer) => clean(options.check?.(answer) ?? '') || true,
          },
          context,
        ),
      ),
    confirm: (message, initial) => asked(signal, inquirer.confirm({ message, default: initial }, context)),
  };
}

function toInquirerChoice<T>(choice: Choice<T>): { value: T; name: string; description?: string } {
  const base = { value: choice.value, name: clean(choice.name) };
  return choice.hint ? { ...base, description: clean(choice.hint) } : base;
}

async function asked<T>(signal: AbortSignal, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (error instanceof Error && error.name === 'ExitPromptError')
      throw new HandoffError('INTERRUPTED', { cause: error });
    throw error;
  }
}
