import { Chalk, type ChalkInstance } from 'chalk';
import type { Line, Span, Tone } from '../core/line.ts';
import { clean } from './clean.ts';

const PAINT: Readonly<Record<Exclude<Tone, 'plain'>, (chalk: ChalkInstance) => ChalkInstance>> = {
  ok: (chalk) => chalk.green,
  warn: (chalk) => chalk.yellow,
  fail: (chalk) => chalk.red,
  dim: (chalk) => chalk.dim,
  bold: (chalk) => chalk.bold,
  accent: (chalk) => chalk.cyan,
};

const CHALK = new Chalk({ level: 1 });

/** A line as coloured terminal text, cleaned. Loaded where colour is wanted: `plain.ts` serves the rest. */
export function paintLine(line: Line): string {
  return line.map(paintSpan).join('').trimEnd();
}

function paintSpan(span: Span): string {
  if (typeof span === 'string') return clean(span);
  const text = clean(span.text);
  return span.tone === 'plain' ? text : PAINT[span.tone](CHALK)(text);
}
