import { HandoffError } from '../core/errors.ts';
import { clean } from './clean.ts';
import type { Io } from './io.ts';
import { readPastedLines } from './paste.ts';
import { openPasteGate } from './paste-gate.ts';
import { createPlainPrompter } from './plain-prompter.ts';
import { promptTheme, typedAnswer } from './prompt-theme.ts';
import {
  type Choice,
  type InputOptions,
  Pasted,
  type Prompter,
  type PrompterOptions,
  type Questions,
} from './questions.ts';

export type { Prompter } from './questions.ts';

/** Asks on the terminal. Ctrl-C and Ctrl-D reject with INTERRUPTED, and so does the signal with its reason. */
export async function createPrompter(io: Io, options: PrompterOptions): Promise<Prompter> {
  if (!io.interactive) {
    throw new HandoffError('MISSING_VALUE', {
      message: 'A question would have to be asked, and nobody is there to answer',
    });
  }
  const questions = io.movable ? await createRichPrompter(io, options) : createPlainPrompter(io, options);
  return {
    ...questions,
    select: (...question) => untilAnswered(() => questions.selectOrPaste(...question)),
    input: (...question) => untilAnswered(() => questions.inputOrPaste(...question)),
    confirm: (...question) => untilAnswered(() => questions.confirmOrPaste(...question)),
  };
}

async function untilAnswered<T>(ask: () => Promise<T | Pasted>): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (!(answer instanceof Pasted)) return answer;
  }
}

async function createRichPrompter(io: Io, options: PrompterOptions): Promise<Questions> {
  // Named one by one, so that the questions we never ask stay out of the bundle.
  const { confirm, input: inquire, select } = await import('@inquirer/prompts');
  const theme = promptTheme(io);
  return {
    selectOrPaste: (message, choices) =>
      asked(io, options, false, (context) =>
        select({ message, choices: choices.map(toInquirerChoice), loop: false, pageSize: 12, theme }, context),
      ),
    inputOrPaste: (message, input = {}) =>
      asked(io, options, true, (context) => inquire({ ...toInquirerInput(message, input, io), theme }, context)),
    confirmOrPaste: (message, initial) =>
      asked(io, options, true, (context) => confirm({ message, default: initial, theme }, context)),
    lines: () => readPastedLines(io, options.clock, options.signal),
  };
}

function toInquirerChoice<T>(choice: Choice<T>): { value: T; name: string; short: string; description?: string } {
  const base = { value: choice.value, name: clean(choice.name), short: clean(choice.short ?? choice.name) };
  return choice.hint ? { ...base, description: clean(choice.hint) } : base;
}

function toInquirerInput(message: string, { initial, check, live, conceals }: InputOptions, io: Io) {
  const conceal = (text: string) => conceals?.(text) ?? false;
  const transformer = (text: string, { isFinal }: { isFinal: boolean }) =>
    isFinal ? io.paint([text]) : typedAnswer(io, message, text, live?.(text), conceal(text));
  return {
    message,
    ...(initial === undefined ? {} : { default: initial, prefill: 'editable' as const }),
    ...(live ? { transformer } : {}),
    // What is wrong already stands beside the question where the answer is judged while it is typed.
    validate: (answer: string) => {
      const wrong = check?.(answer);
      if (!wrong) return true;
      return (live && wrong.hint) || [wrong.message, wrong.hint].filter(Boolean).join(': ');
    },
  };
}

interface InquirerContext {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
  readonly signal: AbortSignal;
}

/** Asks one question; a paste that the question cannot hold takes the place of its answer. */
async function asked<T>(
  io: Io,
  { clock, signal }: PrompterOptions,
  typed: boolean,
  question: (context: InquirerContext) => Promise<T>,
): Promise<T | Pasted> {
  const stop = new AbortController();
  let pasted: string | undefined;
  const { stdin: keyboard, stdout: screen } = io.streams;
  const onPaste = (text: string) => {
    pasted = text;
    stop.abort();
  };
  const gate = openPasteGate({ keyboard, screen, clock, signal, typed, onPaste, onEnd: () => stop.abort() });
  try {
    const output = screen as unknown as NodeJS.WriteStream;
    return await question({ input: gate.input, output, signal: AbortSignal.any([signal, stop.signal]) });
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (pasted !== undefined) return new Pasted(pasted);
    if (stop.signal.aborted || (error instanceof Error && error.name === 'ExitPromptError'))
      throw new HandoffError('INTERRUPTED', { cause: error });
    throw error;
  } finally {
    gate.close();
  }
}
