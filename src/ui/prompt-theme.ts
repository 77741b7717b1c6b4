import type { Line, Tone } from '../core/line.ts';
import type { Io } from './io.ts';
import { columnsOf, wrapText } from './wrap.ts';

/** How questions look: painted by the same rules as every other line, with and without colour and Unicode. */
export function promptTheme(io: Io) {
  const tone = (name: Tone) => (text: string) => io.paint([{ text, tone: name }]);
  const [cursor, tick, arrow] = io.unicode ? ['❯', '✔', '→'] : ['>', '+', '->'];
  const keys = 'arrow keys to move, Enter to choose';
  return {
    prefix: { idle: tone('accent')('?'), done: tone('ok')(tick) },
    icon: { cursor },
    style: {
      answer: tone('accent'),
      message: tone('bold'),
      error: (text: string) => wrapped(io, `${arrow} ${text}`, 'fail'),
      defaultAnswer: (text: string) => io.paint([{ text: `(${text})`, tone: 'dim' }]),
      help: tone('dim'),
      highlight: tone('accent'),
      key: tone('accent'),
      description: tone('dim'),
      disabled: tone('dim'),
      keysHelpTip: () => tone('dim')(keys),
      confirmDefault: (text: string) => text.toUpperCase(),
    },
  };
}

/** An answer as it is typed: what is said of it beside the question or below it, and the text itself on a line of its own. */
export function typedAnswer(
  io: Io,
  question: string,
  text: string,
  said: Line | undefined,
  concealed: boolean,
): string {
  const shown = concealed ? (io.unicode ? '•' : '*').repeat(text.length) : text;
  return `${said ? besideOrBelow(io, question, said) : ''}\n${io.unicode ? '▸' : '>'} ${shown}`;
}

function besideOrBelow(io: Io, question: string, said: Line): string {
  const [span] = said;
  const { text, tone } = typeof span === 'object' ? span : ({ text: span ?? '', tone: 'plain' } as const);
  if (columnsOf(text) + columnsOf(question) + 4 < io.width) return io.paint([{ text, tone }]);
  return `\n${wrapped(io, text, tone)}`;
}

function wrapped(io: Io, text: string, tone: Tone): string {
  const rows = wrapText(text, io.width - 4);
  return rows.map((row) => `  ${io.paint([{ text: row, tone }])}`).join('\n');
}
