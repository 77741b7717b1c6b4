import type { UnusedText } from '../../core/config.ts';
import { clipGiven } from '../clean-text.ts';
import { maskSecrets } from '../secrets.ts';
import type { Candidate, NotLiteral } from './candidate.ts';
import type { Choices } from './choose.ts';
import type { LooseValue } from './read-loose.ts';
import type { SourceText } from './source-text.ts';

const MOST = 100;
/** Scripts and pictures of a snippet, which nobody takes for a value. */
const RESOURCE = /\.(?:js|css|png|jpe?g|gif|svg)$/i;

/** Every line that is not blank, for a paste in which nothing was recognised. */
export function unusedLines(source: SourceText): UnusedText[] {
  return firstLines(source, () => true);
}

/** The lines of a list of values that gave none. */
export function unusedEntries(source: SourceText, understood: ReadonlySet<number>, choices: Choices): UnusedText[] {
  const offsets = usedBy(choices).map(({ offset }) => offset);
  return firstLines(source, (start, end) => {
    const isRead = understood.has(start) || offsets.some((offset) => offset >= start && offset <= end);
    return !isRead && /[0-9A-Za-z]/.test(source.text.slice(start, end));
  });
}

/** IDs and addresses in pasted code that became no value, and what could not be read because it is computed. */
export function unusedValues(
  { lineAt }: SourceText,
  loose: readonly LooseValue[],
  computed: readonly NotLiteral[],
  choices: Choices,
): UnusedText[] {
  const used = new Set(usedBy(choices).map(({ text }) => gist(text)));
  const left = loose.filter(({ text }) => !RESOURCE.test(text) && !used.has(gist(text)));
  const open = computed.filter(({ field }) => !choices.has(field));
  const unique = new Map([...left, ...open].map((value) => [value.text, value]));
  return [...unique.values()]
    .sort((a, b) => a.offset - b.offset)
    .slice(0, MOST)
    .map(({ text, offset }) => ({ line: lineAt(offset), text: safe(text) }));
}

function usedBy(choices: Choices): Candidate[] {
  return [...choices.values()].flatMap(({ best, others }) => [best, ...others]);
}

/** The host of an address, the 15 characters of an ID: equal for what is the same thing. */
function gist(text: string): string {
  const host = /^(?:https?:\/\/)?([^/]+\.[^/]+)/i.exec(text)?.[1];
  return host?.toLowerCase() ?? text.slice(0, 15);
}

function firstLines({ text, lineAt }: SourceText, wanted: (start: number, end: number) => boolean): UnusedText[] {
  const found: UnusedText[] = [];
  for (let start = 0; start <= text.length && found.length < MOST; ) {
    const next = text.indexOf('\n', start);
    const end = next < 0 ? text.length : next;
    const content = text.slice(start, end).trim();
    if (content !== '' && wanted(start, end)) found.push({ line: lineAt(start), text: safe(content) });
    start = end + 1;
  }
  return found;
}

function safe(text: string): string {
  return clipGiven(maskSecrets(text));
}
