import { wrapAnsi } from 'fast-wrap-ansi';
import type { Line, Span } from '../core/line.ts';
import { cleanLines } from './clean.ts';
import { columnsOf, isPlain } from './width.ts';

export { columnsOf } from './width.ts';

/** A line as several that fit: its last span is wrapped, under itself where others stand before it. */
export function wrapLine(line: Line, width: number): Line[] {
  const head = line.slice(0, -1);
  const last = line.at(-1) ?? '';
  const taken = columnsOf(head.map(wordsOf).join(''));
  return wrapText(wordsOf(last), width - taken).map((text, index) => [
    ...(index === 0 ? head : [' '.repeat(taken)]),
    typeof last === 'string' ? text : { ...last, text },
  ]);
}

function wordsOf(span: Span): string {
  return typeof span === 'string' ? span : span.text;
}

const NARROWEST = 12;
const DEEPEST_INDENT = 4;

/** Text of any origin as lines of at most `width` columns; its own line breaks and indents are kept, long words are cut. */
export function wrapText(text: string, width: number): string[] {
  const room = Math.max(width, NARROWEST);
  return cleanLines(text).flatMap((line) => {
    const indent = / */.exec(line.trimEnd())?.[0].slice(0, DEEPEST_INDENT) ?? '';
    if (isPlain(line) && line.length <= room) return [indent + line.trim()];
    const wrapped = wrapAnsi(line, room - indent.length, { hard: true, trim: true });
    return wrapped.split('\n').map((part) => indent + part);
  });
}
