const SPACES = /[\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]/g;
const INVISIBLE =
  /[\uFE00-\uFE0F\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u00AD\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFEFF]/g;
const SINGLE_QUOTES = /[\u2018\u2019\u201A\u201B\u2032\u2039\u203A]/g;
const DOUBLE_QUOTES = /[\u201C\u201D\u201E\u201F\u2033\u00AB\u00BB]/g;
const HYPHENS = /[\u2010\u2011\u2212\uFE63\uFF0D]/g;

const LEADING = new Set([...'"\'`<({,;=:*•|']);
const TRAILING = new Set([...'"\'`>)},;.:*|']);
const LONGEST_SHOWN = 60;
const LONGEST_GIVEN = 400;

/** Plain blanks, quotes and hyphens in place of their typographic kin; nothing invisible. Line breaks stay. */
export function plainCharacters(text: string): string {
  return text
    .replace(INVISIBLE, '')
    .replace(SPACES, ' ')
    .replace(SINGLE_QUOTES, "'")
    .replace(DOUBLE_QUOTES, '"')
    .replace(HYPHENS, '-');
}

/** One value without what clings to it in a paste: blanks, quotes, brackets, a comma or semicolon at the end. */
export function cleanValue(given: string): string {
  const text = plainCharacters(given);
  let start = 0;
  let end = text.length;
  while (start < end && clings(text.charAt(start), LEADING)) start++;
  while (end > start && clings(text.charAt(end - 1), TRAILING)) end--;
  return text.slice(start, end);
}

function clings(character: string, kind: ReadonlySet<string>): boolean {
  return kind.has(character) || /\s/.test(character);
}

/** A piece of what was given, short and on one line, for use inside a message. */
export function shown(text: string): string {
  const line = text
    .slice(0, 4 * LONGEST_SHOWN)
    .replace(INVISIBLE, '')
    .replace(/\s+/g, ' ');
  return `“${clip(line, LONGEST_SHOWN)}”`;
}

/** The whole of what was given, cut only where nobody would read on. */
export function clipGiven(text: string): string {
  return clip(text, LONGEST_GIVEN);
}

function clip(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
