import type { Line, Span, Tone } from '../core/line.ts';
import { columnsOf, wrapText } from './wrap.ts';

export interface ReportOptions {
  readonly width: number;
  readonly unicode: boolean;
  readonly verbose: boolean;
}

export type Mark = 'pass' | 'warn' | 'fail' | 'skip' | 'crash';

/** One row of the report: what, what about it, and at the right margin what can be skipped. */
export interface Row {
  readonly mark: Mark;
  readonly title: string;
  readonly text: string;
  readonly aside: string;
}

const TONES: Readonly<Record<Mark, Tone>> = { pass: 'ok', warn: 'warn', fail: 'fail', crash: 'fail', skip: 'dim' };
const UNICODE: Readonly<Record<Mark, string>> = { pass: '✔', warn: '!', fail: '✖', crash: '✖', skip: '–' };
const ASCII: Readonly<Record<Mark, string>> = { pass: '+', warn: '!', fail: 'x', crash: 'x', skip: '-' };

/** Below this there is no room for a column of titles beside the text. */
const NARROW = 60;
const LEAD = 4;

export function markSpan(mark: Mark, unicode: boolean): Span {
  return { text: (unicode ? UNICODE : ASCII)[mark], tone: TONES[mark] };
}

/** Title and text side by side, or one below the other where the terminal is narrow or the title long. */
export function rowLines(row: Row, titleColumns: number, options: ReportOptions): Line[] {
  const tone: Tone = row.mark === 'skip' ? 'dim' : 'plain';
  const beside = options.width >= NARROW && columnsOf(row.title) <= titleColumns;
  const indent = beside ? LEAD + titleColumns + 2 : LEAD;
  const [title = '', ...more] = beside ? [row.title] : wrapText(row.title, options.width - LEAD);
  const head: Line = ['  ', markSpan(row.mark, options.unicode), ` ${title}`];
  const asideColumns = row.aside === '' || !beside ? 0 : columnsOf(row.aside) + 2;
  const [first = '', ...rest] = row.text === '' ? [] : wrapText(row.text, options.width - indent - asideColumns);
  const below = (beside ? rest : [first, ...rest]).filter((text) => text !== '');
  const gap = beside && first !== '' ? ' '.repeat(indent - columnsOfLine(head)) : '';
  const top: Line = gap === '' ? head : [...head, gap, { text: first, tone }];
  return [
    withAside(top, row.aside, options.width),
    ...more.map((text): Line => [' '.repeat(LEAD), text]),
    ...below.map((text): Line => [' '.repeat(indent), { text, tone }]),
  ];
}

/** The line with a dim text at the right margin; without it where both do not fit. */
export function withAside(line: Line, aside: string, width: number): Line {
  const gap = width - columnsOfLine(line) - columnsOf(aside);
  return aside === '' || gap < 2 ? line : [...line, ' '.repeat(gap), { text: aside, tone: 'dim' }];
}

/** A text below a row, each further line under the first letter of the first. */
export function blockLines(lead: string, text: string, width: number, tone: Tone = 'plain'): Line[] {
  const indent = ' '.repeat(columnsOf(lead));
  return wrapText(text, width - indent.length).map((part, index) => [
    index === 0 ? lead : indent,
    { text: part, tone },
  ]);
}

function columnsOfLine(line: Line): number {
  return line.reduce((sum, span) => sum + columnsOf(typeof span === 'string' ? span : span.text), 0);
}
