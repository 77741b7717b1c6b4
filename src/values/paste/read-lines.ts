import { cleanValue } from '../clean-text.ts';
import { orgUrlField } from './address-kind.ts';
import type { Candidate } from './candidate.ts';
import { fieldOfKey, isChannelKey, isUrlKey } from './field-keys.ts';

export interface LineReading {
  readonly candidates: readonly Candidate[];
  readonly channel?: string;
  /** Offsets of the lines that held a key, a value or a comment. */
  readonly understood: ReadonlySet<number>;
}

interface Entry {
  readonly key: string;
  readonly value: string;
  readonly offset: number;
}

const LONGEST_LINE = 4000;
const LONGEST_HEADING = 40;
const MARKS = /^\s{0,200}(?:(?:[-*•>+|]|\d{1,3}[.)])\s{1,20}|\|){0,3}/;
const COMMANDS = /^(?:export|set|setx|env|declare -x|const|let|var|-e|--env|ENV)\s{1,20}|^\$env:/i;
const SEPARATED = /^([^:=\t|]{2,60}?)\s{0,40}(?:=>|:=|[:=\t|])\s{0,40}(.*)$/;
const LABELLED =
  /^((?:salesforce(?:\.com)? )?(?:organi[sz]ation base url|organi[sz]ation id|org(?:anization)? id|live agent url|deployment id|button id|developer name|base url))\s{1,40}(\S.*)$/i;
const FLAG = /(?<![\w-])--([a-z][a-z-]{2,30})(?:=|\s{1,20})("[^"\n]{0,400}"|'[^'\n]{0,400}'|[^\s"']{1,400})/g;

/** Reads `KEY=value`, `Label: value`, label and value on two lines, table rows and command-line flags. */
export function readLines(text: string): LineReading {
  const entries: Entry[] = [];
  const understood = new Set<number>();
  let waiting: string | undefined;
  for (const { line, offset } of linesOf(text)) {
    const found = entriesOf(line, offset, waiting);
    if (found.length > 0 || /^\s*(?:#|$)/.test(line)) understood.add(offset);
    // A label alone on its line names the value of the next line that is not blank.
    if (line.trim() !== '') waiting = found.find(({ value }) => value === '')?.key;
    entries.push(...found);
  }
  const channel = entries.find(({ key }) => isChannelKey(key))?.value;
  const candidates = entries.flatMap(candidateOf);
  return channel === undefined ? { candidates, understood } : { candidates, understood, channel };
}

function candidateOf({ key, value, offset }: Entry): Candidate[] {
  const field = fieldOfKey(key) ?? (isUrlKey(key) ? orgUrlField(value) : undefined);
  return field === undefined || value === '' ? [] : [{ field, text: value, offset, rank: 'named' }];
}

function* linesOf(text: string): Generator<{ line: string; offset: number }> {
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('\n', start);
    const stop = end < 0 ? text.length : end;
    yield { line: text.slice(start, Math.min(stop, start + LONGEST_LINE)), offset: start };
    start = stop + 1;
  }
}

/** The known keys of one line. `waiting` is a label of the line before, whose value this line may be. */
function entriesOf(line: string, offset: number, waiting: string | undefined): Entry[] {
  const flags = [...line.matchAll(FLAG)].map((match): Entry => {
    const [whole, key = '', value = ''] = match;
    return { key, value: cleanValue(value), offset: offset + match.index + whole.length - value.length };
  });
  const known = flags.filter(({ key }) => isKnown(key));
  if (known.length > 0) return known;
  if (/^\s{0,200}#/.test(line)) return headingOf(line, offset);
  const marks = MARKS.exec(line)?.[0] ?? '';
  const start = offset + marks.length;
  const body = line.slice(marks.length).replace(COMMANDS, '');
  const match = LABELLED.exec(body) ?? SEPARATED.exec(body);
  const key = match?.[1] ?? '';
  if (isKnown(cleanValue(key))) return [{ key: cleanValue(key), value: plainValue(match?.[2] ?? ''), offset: start }];
  if (isKnown(cleanValue(body)) && cleanValue(body).length <= LONGEST_HEADING)
    return [{ key: cleanValue(body), value: '', offset: start }];
  return waiting !== undefined && body.trim() !== '' ? [{ key: waiting, value: plainValue(body), offset: start }] : [];
}

/** A line that begins with a hash is a remark, unless it is the heading above a value. */
function headingOf(line: string, offset: number): Entry[] {
  const heading = cleanValue(line.replace(/^[\s#]+/, ''));
  return heading.length <= LONGEST_HEADING && /^[\w .]+$/.test(heading) && isKnown(heading)
    ? [{ key: heading, value: '', offset }]
    : [];
}

function isKnown(key: string): boolean {
  return key !== '' && (fieldOfKey(key) !== undefined || isUrlKey(key) || isChannelKey(key));
}

/** The value without a remark behind it. */
function plainValue(text: string): string {
  const remark = text.search(/\s#/);
  return cleanValue(remark < 0 ? text : text.slice(0, remark));
}
