import type { Line } from '../core/line.ts';
import { clean } from './clean.ts';

/** A line as terminal text without colour, cleaned. */
export function plainLine(line: Line): string {
  return line
    .map((span) => clean(typeof span === 'string' ? span : span.text))
    .join('')
    .trimEnd();
}
