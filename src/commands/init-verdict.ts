import { FIELDS, type FieldName, type ValueResult } from '../core/config.ts';
import type { Line } from '../core/line.ts';
import type { Objection } from '../ui/questions.ts';
import { FIELD_PREFIXES, isIdField } from '../values/id-owner.ts';
import { holdsSecret } from '../values/secrets.ts';
import { readPaste } from '../values/snippets.ts';
import type { ValidateOptions } from '../values/validate.ts';
import { type Draft, judge, withAnswer } from './init-draft.ts';

const SECRET: Objection = {
  message: 'This is an access token or another secret; it is not kept',
  hint: 'revoke it if it was pasted anywhere else; Ctrl-U empties the line',
};
const EMPTY: Objection = { message: 'a value is needed here; ? shows where it is, Ctrl-C leaves without saving' };

/** What an answer to the question for one field is: a value, a paste that holds more, or a call for help. */
export type AnswerKind = 'value' | 'paste' | 'help';

export function kindOf(draft: Draft, field: FieldName, text: string): AnswerKind {
  if (text.trim() === '?') return 'help';
  if (holdsSecret(text)) return 'value';
  const paste = readPaste(text);
  const own = FIELDS[draft.channel].filter((candidate) => paste.values[candidate]);
  if (own.length > 1 || paste.preChat) return 'paste';
  const [only] = own;
  // A single value for another field that is still open goes there.
  if (only !== undefined && only !== field) return draft.given.values[only] === undefined ? 'paste' : 'value';
  return only === field && /[{(=\n]/.test(text) ? 'paste' : 'value';
}

/** What is wrong with an answer; undefined where it can be used. */
export function objection(
  draft: Draft,
  field: FieldName,
  text: string,
  options: ValidateOptions,
): Objection | undefined {
  if (text.trim() === '') return EMPTY;
  if (holdsSecret(text)) return SECRET;
  if (kindOf(draft, field, text) !== 'value') return undefined;
  const row = rowOf(draft, field, text, options);
  if (!row || row.value !== null) return undefined;
  const finding = row.findings.find(({ severity }) => severity === 'fail') ?? row.findings[0];
  return finding ?? { message: 'this cannot be used' };
}

/** What is said of a value while it is being typed. A value that is only not complete yet is not scolded. */
export function liveVerdict(
  draft: Draft,
  field: FieldName,
  typed: string,
  options: ValidateOptions & { readonly unicode: boolean },
): Line | undefined {
  const text = typed.trim();
  if (text === '' || text === '?') return undefined;
  const [tick, cross, arrow] = options.unicode ? ['✔', '✖', '→'] : ['+', 'x', '->'];
  if (holdsSecret(text)) return [{ text: `${cross} a secret: it is not kept`, tone: 'fail' }];
  if (kindOf(draft, field, text) === 'paste') return [{ text: `${tick} a paste`, tone: 'ok' }];
  const row = rowOf(draft, field, text, options);
  if (row && row.value !== null) return accepted(row, text, tick, arrow);
  const waiting = unfinished(field, text);
  if (waiting !== undefined) return [{ text: waiting, tone: 'dim' }];
  const finding = row?.findings.find(({ severity }) => severity === 'fail') ?? row?.findings[0];
  return [{ text: `${cross} ${finding?.message ?? 'this cannot be used'}`, tone: 'fail' }];
}

function accepted(row: ValueResult, text: string, tick: string, arrow: string): Line {
  if (row.value === text) return [{ text: tick, tone: 'ok' }];
  const tone = row.status === 'pass' ? 'ok' : 'warn';
  return [{ text: `${row.status === 'pass' ? tick : '!'} ${arrow} ${row.value}`, tone }];
}

function unfinished(field: FieldName, text: string): string | undefined {
  if (isIdField(field)) {
    const prefix = FIELD_PREFIXES[field];
    const begins = text.slice(0, 3) === prefix.slice(0, text.length);
    return begins && text.length < 15 && /^[0-9A-Za-z]*$/.test(text) ? `${text.length} of 15 characters` : undefined;
  }
  return field === 'developerName' || /\.[a-z]{2,}/i.test(text) ? undefined : '…';
}

function rowOf(draft: Draft, field: FieldName, text: string, options: ValidateOptions): ValueResult | undefined {
  const { values } = judge(withAnswer(draft, field, text), options);
  return values.find((row) => row.field === field);
}
