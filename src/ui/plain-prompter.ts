import { createInterface } from 'node:readline';
import { raceAbort } from '../core/clock.ts';
import { HandoffError } from '../core/errors.ts';
import type { Io } from './io.ts';
import { type Choice, type InputOptions, Pasted, type PrompterOptions, type Questions } from './questions.ts';
import { wrapText } from './wrap.ts';

/** What follows a line at once was pasted with it; a person is slower. */
const PASTE_PAUSE_MS = 150;

/** Questions as plain lines, for terminals that cannot move their cursor and for screen readers: numbers in place of arrow keys. */
export function createPlainPrompter(io: Io, options: PrompterOptions): Questions {
  const answer = async (question: string): Promise<string | Pasted> => {
    const lines = await readLines(io, options, question, () => true);
    return lines.length > 1 && lines.join('').trim() !== '' ? new Pasted(lines.join('\n')) : (lines[0] ?? '').trim();
  };
  return {
    selectOrPaste: (question, choices) => choose(io, question, choices, answer),
    inputOrPaste: (question, input = {}) => enter(io, question, input, answer),
    confirmOrPaste: (question, initial) => decide(io, question, initial, answer),
    lines: async () => (await readLines(io, options, '> ', (line) => line === '')).join('\n').trim(),
  };
}

type Answer = (question: string) => Promise<string | Pasted>;

async function choose<T>(io: Io, question: string, choices: readonly Choice<T>[], answer: Answer): Promise<T | Pasted> {
  const rows = choices.map(({ name, hint }, index) => `  ${index + 1}. ${name}${hint ? ` (${hint})` : ''}`);
  await say(io, [question, ...rows]);
  for (;;) {
    const given = await answer('Enter a number [1]: ');
    if (given instanceof Pasted) return given;
    const choice = choices[given === '' ? 0 : Number(given) - 1];
    if (choice) return choice.value;
    if (given.length > 3) return new Pasted(given);
    await say(io, [`Enter a number from 1 to ${choices.length}.`]);
  }
}

async function enter(io: Io, question: string, { initial, check }: InputOptions, answer: Answer) {
  for (;;) {
    const given = await answer(`${question}${initial === undefined ? '' : ` [${initial}]`}: `);
    if (given instanceof Pasted) return given;
    const text = given === '' ? (initial ?? '') : given;
    const wrong = check?.(text);
    if (wrong === undefined) return text;
    await say(io, [wrong.message, ...(wrong.hint ? [wrong.hint] : [])]);
  }
}

async function decide(io: Io, question: string, initial: boolean, answer: Answer): Promise<boolean | Pasted> {
  for (;;) {
    const given = await answer(`${question} ${initial ? '(Y/n)' : '(y/N)'}: `);
    if (given instanceof Pasted) return given;
    if (given === '') return initial;
    if (/^(y|yes|n|no)$/i.test(given)) return /^y/i.test(given);
    await say(io, ['Answer y or n.']);
  }
}

async function say(io: Io, texts: readonly string[]): Promise<void> {
  await io.print(texts.flatMap((text) => wrapText(text, io.width).map((line) => [line])));
}

/** Lines by the terminal's own line editing, up to one that is the last and that nothing follows at once. */
async function readLines(
  io: Io,
  { clock, signal }: PrompterOptions,
  question: string,
  isLast: (line: string) => boolean,
): Promise<string[]> {
  io.streams.stdout.write(question);
  const reader = createInterface({ input: io.streams.stdin, terminal: false });
  const lines: string[] = [];
  const over = new Promise<void>((resolve, reject) => {
    reader.on('close', () => reject(new HandoffError('INTERRUPTED')));
    reader.on('line', (line) => {
      const count = lines.push(line);
      clock.sleep(PASTE_PAUSE_MS, signal).then(
        () => (lines.length === count && isLast(line.trim()) ? resolve() : undefined),
        () => undefined,
      );
    });
  });
  try {
    await raceAbort(over, signal);
  } finally {
    reader.close();
  }
  return lines;
}
