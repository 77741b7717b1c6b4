import type { Clock } from '../core/clock.ts';
import type { Line } from '../core/line.ts';

export interface Choice<T> {
  readonly value: T;
  readonly name: string;
  /** What stands behind the question once this was chosen; the name where absent. */
  readonly short?: string;
  readonly hint?: string;
}

/** What is wrong with an answer, and what to do. */
export interface Objection {
  readonly message: string;
  readonly hint?: string;
}

export interface InputOptions {
  readonly initial?: string;
  /** Undefined where the answer can be used. */
  readonly check?: (answer: string) => Objection | undefined;
  /** What is said of the answer while it is being typed. */
  readonly live?: (text: string) => Line | undefined;
  /** Text that must not be read on the screen. */
  readonly conceals?: (text: string) => boolean;
}

/** What was pasted in place of an answer. */
export class Pasted {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** Questions to a person. Where a question does not take a paste, one is passed over and never answers it. */
export interface Prompter {
  select<T>(question: string, choices: readonly Choice<T>[]): Promise<T>;
  selectOrPaste<T>(question: string, choices: readonly Choice<T>[]): Promise<T | Pasted>;
  input(question: string, options?: InputOptions): Promise<string>;
  inputOrPaste(question: string, options?: InputOptions): Promise<string | Pasted>;
  confirm(question: string, initial: boolean): Promise<boolean>;
  /** Lines until an empty one that nothing follows. */
  lines(): Promise<string>;
}

export interface PrompterOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** What a way of asking has to offer; a prompter is made of it. */
export type Questions = Pick<Prompter, 'selectOrPaste' | 'inputOrPaste' | 'lines'> & {
  confirmOrPaste(question: string, initial: boolean): Promise<boolean | Pasted>;
};
