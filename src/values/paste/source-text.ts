import { plainCharacters } from '../clean-text.ts';

/** A paste made readable: same lines as the original, plain characters, HTML entities decoded. */
export interface SourceText {
  readonly text: string;
  /** Line of an offset, counted from 1. */
  lineAt(offset: number): number;
}

/** A line break that was written as an escape: it ends a line of code, but not one of the paste. No other CR is left in the text. */
const DECODED_BREAK = '\r\n';

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  lsquo: "'",
  rsquo: "'",
  ldquo: '"',
  rdquo: '"',
  ndash: '–',
  mdash: '—',
  shy: '',
  zwnj: '',
};

export function sourceText(paste: string): SourceText {
  return indexed(plainCharacters(decodeEntities(decodeEntities(paste.replace(/\r\n?/g, '\n')))));
}

/** The same text with the escapes of a string literal undone, for code that was copied out of one. */
export function withoutEscapes(source: SourceText): SourceText {
  const text = source.text
    .replace(/\\u([0-9a-f]{4})/gi, (_, digits: string) => plainBreak(String.fromCharCode(Number.parseInt(digits, 16))))
    .replace(/\\[rt]/g, ' ')
    .replace(/\\n/g, DECODED_BREAK)
    .replace(/\\(["'`/\\])/g, '$1');
  return indexed(text);
}

export function indexed(text: string): SourceText {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    if (text.charAt(at - 1) !== '\r') starts.push(at + 1);
  }
  return { text, lineAt: (offset) => lastAtOrBefore(starts, offset) + 1 };
}

function lastAtOrBefore(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

function decodeEntities(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,5}));/gi,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole;
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
      return code > 0 && code <= 0x10ffff ? plainBreak(String.fromCodePoint(code)) : whole;
    },
  );
}

function plainBreak(character: string): string {
  return character === '\n' || character === '\r' ? DECODED_BREAK : character;
}
