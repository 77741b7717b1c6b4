import { closingQuote, isQuote, unescapeLiteral } from './quoted.ts';

/** One argument of a pasted call. `text` is what a literal stands for, else the source. */
export interface CallArgument {
  readonly kind: 'literal' | 'object' | 'expression';
  readonly text: string;
  readonly offset: number;
}

const LONGEST_CALL = 20_000;

/** Reads the arguments behind the opening parenthesis at `open`. A call that was cut off gives those that are there. */
export function readArguments(text: string, open: number): CallArgument[] {
  const end = Math.min(text.length, open + LONGEST_CALL);
  const found: CallArgument[] = [];
  let depth = 0;
  let start = open + 1;
  for (let at = start; at < end; at++) {
    const character = text.charAt(at);
    if (isQuote(character)) at = Math.max(at, closingQuote(text, at, { end, multiline: true }));
    else if (isOpening(character)) depth++;
    else if (isClosing(character)) depth--;
    if (depth < 0 || (depth === 0 && character === ',')) {
      found.push(argument(text, start, at));
      start = at + 1;
    }
    if (depth < 0) return found;
  }
  const last = cutOff(argument(text, start, end));
  return last.text === '' ? found : [...found, last];
}

/** A literal whose end is missing counts as far as its line goes. */
function cutOff(argument: CallArgument): CallArgument {
  if (argument.kind !== 'expression' || !isQuote(argument.text.charAt(0))) return argument;
  const line = argument.text.slice(1).split('\n')[0] ?? '';
  return /["'`]/.test(line) ? argument : { kind: 'literal', text: line.trim(), offset: argument.offset + 1 };
}

function isOpening(character: string): boolean {
  return character === '(' || character === '[' || character === '{';
}

function isClosing(character: string): boolean {
  return character === ')' || character === ']' || character === '}';
}

function argument(text: string, start: number, end: number): CallArgument {
  const raw = text.slice(start, end);
  const offset = start + raw.length - raw.trimStart().length;
  const source = raw.trim();
  if (isQuote(source.charAt(0))) {
    const close = closingQuote(source, 0, { end: source.length, multiline: true });
    const isWhole = close === source.length - 1 && !(source.startsWith('`') && source.includes('${'));
    if (isWhole) return { kind: 'literal', text: unescapeLiteral(source.slice(1, -1)).trim(), offset: offset + 1 };
  }
  return { kind: source.startsWith('{') ? 'object' : 'expression', text: source, offset };
}
