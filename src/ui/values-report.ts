import { FIELD_LABELS, type Finding, type Validation, type ValueResult, type ValueSource } from '../core/config.ts';
import type { Line, Tone } from '../core/line.ts';
import { columnsOf, wrapText } from './wrap.ts';

interface ReportOptions {
  readonly width: number;
  readonly unicode: boolean;
  readonly verbose: boolean;
}

const LABEL_COLUMNS = Math.max(...Object.values(FIELD_LABELS).map(columnsOf)) + 2;

/** Each value as given and as normalised, with its findings; then what concerns several values, then what was not used. */
export function valuesReport(validation: Validation, options: ReportOptions): Line[] {
  const rows = validation.values.flatMap((row) => valueLines(row, options));
  const cross = validation.findings.flatMap((finding) => findingLines(finding, options, true));
  const unused = validation.unused.slice(0, 5).map(
    (piece): Line => [
      {
        text: `  not used${piece.line === undefined ? '' : `, line ${piece.line}`}: ${piece.text.slice(0, 60)}`,
        tone: 'dim',
      },
    ],
  );
  return [...rows, ...cross, ...unused];
}

/** The form to fill in at Kore.ai, as it stands there. */
export function koreForm(validation: Validation, width = 100): Line[] {
  const channel = validation.channel === 'miaw' ? 'Salesforce (MIAW)' : 'Salesforce (Live Chat)';
  const entries = Object.entries(validation.koreForm);
  const columns = Math.max(...entries.map(([label]) => columnsOf(label))) + 3;
  return [
    [''],
    ...wrapText(`Enter these in Kore.ai › App Settings › Integrations › Agent Transfer › ${channel}`, width).map(
      (text) => [text],
    ),
    ...entries.map(
      ([label, value]): Line => [
        `  ${label.padEnd(columns)}`,
        value === '' ? { text: '(missing)', tone: 'fail' } : { text: value, tone: 'bold' },
      ],
    ),
  ];
}

/** In a few words; a variable's whole name only where there is room for it. */
export function describeSource(source: ValueSource, room: 'narrow' | 'wide' = 'narrow'): string {
  const line = source.line === undefined ? '' : ` line ${source.line}`;
  switch (source.kind) {
    case 'flag':
      return source.name ?? source.kind;
    case 'environment':
      return room === 'wide' ? (source.name ?? source.kind) : source.kind;
    case 'simulator':
      return source.kind;
    case 'prompt':
      return 'typed';
    case 'paste':
      return source.name && source.name !== '-' ? `${source.name}${line}` : `paste${line}`;
    default:
      return source.name ? `${source.kind} ${source.name}` : source.kind;
  }
}

function valueLines(row: ValueResult, options: ReportOptions): Line[] {
  const arrow = options.unicode ? '→' : '->';
  const changed = row.value !== null && row.value !== row.given;
  const shown = row.given === '' ? 'not given' : changed ? `${row.given} ${arrow} ${row.value}` : row.given;
  const source = row.given === '' ? '' : `(${describeSource(row.source, 'wide')})`;
  const head = `${FIELD_LABELS[row.field].padEnd(LABEL_COLUMNS)}`;
  const texts = wrapText(`${shown}  ${source}`, options.width - LABEL_COLUMNS - 4);
  const first: Line[] = texts.map((text, index) =>
    index === 0 ? ['  ', symbol(row.status, options), ` ${head}`, text] : [' '.repeat(LABEL_COLUMNS + 4), text],
  );
  const told = row.findings.filter((finding) => finding.severity !== 'info' || options.verbose || changed);
  return [...first, ...told.flatMap((finding) => findingLines(finding, options, false))];
}

function findingLines(finding: Finding, options: ReportOptions, alone: boolean): Line[] {
  const arrow = options.unicode ? '→' : '->';
  const tone: Tone = finding.severity === 'info' ? 'dim' : 'plain';
  const message = wrapText(finding.message, options.width - 6);
  const lead: Line = alone
    ? ['  ', symbol(finding.severity, options), ' ', message[0] ?? '']
    : ['    ', { text: message[0] ?? '', tone }];
  const lines: Line[] = [lead, ...message.slice(1).map((text): Line => ['    ', { text, tone }])];
  if (finding.severity === 'info') return lines;
  const hint = wrapText(finding.hint, options.width - 8).map(
    (text, index): Line => [index === 0 ? `    ${arrow} ` : ' '.repeat(5 + arrow.length), text],
  );
  return [
    ...lines,
    ...hint,
    [{ text: `    ${arrow} sf-handoff guide ${finding.step}   ${finding.code}`, tone: 'dim' }],
  ];
}

function symbol(status: 'pass' | 'warn' | 'fail' | 'info', options: ReportOptions): { text: string; tone: Tone } {
  const [tick, cross] = options.unicode ? ['✔', '✖'] : ['+', 'x'];
  switch (status) {
    case 'pass':
      return { text: tick, tone: 'ok' };
    case 'info':
      return { text: options.unicode ? 'ℹ' : 'i', tone: 'dim' };
    case 'warn':
      return { text: '!', tone: 'warn' };
    case 'fail':
      return { text: cross, tone: 'fail' };
  }
}
