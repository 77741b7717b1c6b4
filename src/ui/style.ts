import { Chalk, type ChalkInstance } from 'chalk';
import type { Line, Span, Tone } from '../core/line.ts';
import { clean } from './clean.ts';

const PAINT: Readonly<Record<Tone, (chalk: ChalkInstance) => ChalkInstance>> = {
  plain: (chalk) => chalk.reset,
  ok: (chalk) => chalk.green,
  warn: (chalk) => chalk.yellow,
  fail: (chalk) => chalk.red,
  dim: (chalk) => chalk.dim,
  bold: (chalk) => chalk.bold,
  accent: (chalk) => chalk.cyan,
};

/** Turns a line into terminal text. Every span is cleaned here, and nowhere else does text reach the terminal. */
export function createPainter(colour: boolean): (line: Line) => string {
  const chalk = new Chalk({ level: colour ? 1 : 0 });
  const paint = (span: Span): string => {
    if (typeof span === 'string') return clean(span);
    const text = clean(span.text);
    return span.tone === 'plain' ? text : PAINT[span.tone](chalk)(text);
  };
  return (line) => line.map(paint).join('').trimEnd();
}
