import { styleText } from 'node:util';
import type { Line, Span, Tone } from '../core/line.ts';
import { clean } from './clean.ts';

/**
 * Node's own colours instead of chalk: chalk loads `node:os`, `node:tty` and its detection of terminals at its top, 3.4 ms of
 * every start, and we have decided about colour before.
 */
const FORMATS = {
  ok: 'green',
  warn: 'yellow',
  fail: 'red',
  dim: 'dim',
  bold: 'bold',
  accent: 'cyan',
} as const satisfies Readonly<Record<Exclude<Tone, 'plain'>, string>>;

/** Turns a line into terminal text. Every span is cleaned here, and nowhere else does text reach the terminal. */
export function createPainter(colour: boolean): (line: Line) => string {
  const paint = (span: Span): string => {
    if (typeof span === 'string') return clean(span);
    const text = clean(span.text);
    if (!colour || span.tone === 'plain' || text === '') return text;
    return styleText(FORMATS[span.tone], text, { validateStream: false });
  };
  return (line) => line.map(paint).join('').trimEnd();
}
