import type { FieldName } from '../../core/config.ts';
import { orgUrlField } from './address-kind.ts';
import type { Candidate, NotLiteral } from './candidate.ts';
import { fieldOfKey, isUrlKey, isWebKey, plainKey } from './field-keys.ts';
import { closingQuote, unescapeLiteral } from './quoted.ts';

/** A key with a quoted value, as in JSON, object literals, assignments and attributes. */
export interface Pair {
  readonly key: string;
  readonly value: string;
  readonly offset: number;
}

const START =
  /(?:"([A-Za-z_][\w .-]{0,60})"|'([A-Za-z_][\w .-]{0,60})'|(?<![\w$-])([A-Za-z_][\w-]{0,60}))\s{0,40}(?:=>|[:=])\s{0,40}\{?\s{0,9}(?=["'`])/g;
const COMPUTED = /(?<![\w$])["']?([A-Za-z_]\w{2,30})["']?\s{0,40}[:=]\s{0,40}\{?([A-Za-z_$][\w$.]{1,80})/g;
const NO_VALUE = /^(?:null|undefined|true|false|string|number|boolean|any|unknown|function|new|await|async|typeof)$/;
const CONFIGURATION_KEYS: readonly string[] = ['orgid', 'organizationid', 'developername'];
const LONGEST_VALUE = 2000;
const MOST_PAIRS = 5000;

export function pairsIn(text: string): Pair[] {
  const pairs: Pair[] = [];
  START.lastIndex = 0;
  for (let match = START.exec(text); match !== null && pairs.length < MOST_PAIRS; match = START.exec(text)) {
    const open = match.index + match[0].length;
    const close = closingQuote(text, open, { end: Math.min(text.length, open + LONGEST_VALUE) });
    if (close < 0) continue;
    const value = unescapeLiteral(text.slice(open + 1, close)).trim();
    pairs.push({ key: match[1] ?? match[2] ?? match[3] ?? '', value, offset: open + 1 });
    START.lastIndex = close + 1;
  }
  return pairs;
}

/** The values that stand under a name we know. A bare `url` is understood beside the other values of a configuration. */
export function readPairs(pairs: readonly Pair[]): Candidate[] {
  const isConfiguration = pairs.some(({ key }) => CONFIGURATION_KEYS.includes(plainKey(key)));
  return pairs.flatMap(({ key, value, offset }): Candidate[] => {
    const field = value === '' || value.includes('${') ? undefined : fieldOfPair(key, value, isConfiguration);
    return field === undefined ? [] : [{ field, text: value, offset, rank: 'named', isWeb: isWebKey(key) }];
  });
}

/** `url` and `baseURL` are words of every program: beside no value of ours they count only where the address is Salesforce's. */
function fieldOfPair(key: string, value: string, isConfiguration: boolean): FieldName | undefined {
  if (!isUrlKey(key) && plainKey(key) !== 'baseurl') return fieldOfKey(key);
  return isConfiguration ? 'baseUrl' : orgUrlField(value);
}

/** Known names whose value is computed when the code runs. */
export function readComputed(text: string): NotLiteral[] {
  const found: NotLiteral[] = [];
  for (const match of text.matchAll(COMPUTED)) {
    const [whole, key = '', expression = ''] = match;
    const field = fieldOfKey(key);
    if (field === undefined || NO_VALUE.test(expression)) continue;
    found.push({ field, text: expression, offset: match.index + whole.length - expression.length });
    if (found.length >= MOST_PAIRS) break;
  }
  return found;
}
