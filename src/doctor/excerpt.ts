/** Members of an answer whose text says what went wrong, and is never a value that opens or tells anything of a person. */
const TELLING: ReadonlySet<string> = new Set([
  'authMode',
  'channelType',
  'code',
  'deploymentType',
  'displayContext',
  'error',
  'errorCode',
  'error_description',
  'formType',
  'reason',
  'status',
  'type',
]);
/** The words of an error; in a chat the same member holds what a person wrote, within an object. */
const ERROR_WORDS: ReadonlySet<string> = new Set(['message', 'messages']);
const LONGEST = 600;
const DEEPEST = 12;
/** Letters without a blank as no word has them. */
const OPAQUE = /[\w+/=~!%.-]{20,}/g;

/** Of an answer, what it is made of: names, numbers and error words. Any other text is replaced by its length. */
export function excerptOf(body: string): string {
  const text = body.trim();
  const shown = /^[[{]/.test(text) ? jsonExcerpt(text) : plainExcerpt(text);
  return shown.length > LONGEST ? `${shown.slice(0, LONGEST)}…` : shown;
}

/** Path and query; what looks like a key or a token in it is left out. */
export function safePath(url: string): string {
  if (!URL.canParse(url)) return '';
  const { pathname, searchParams } = new URL(url);
  const path = pathname
    .split('/')
    .map((part) => (/\d/.test(part) ? maskOpaque(part) : part))
    .join('/');
  const query = [...searchParams].map(([name, value]) => `${name}=${maskOpaque(value)}`);
  return query.length > 0 ? `${path}?${query.join('&')}` : path;
}

function jsonExcerpt(text: string): string {
  try {
    return JSON.stringify(masked(JSON.parse(text), '', 0));
  } catch {
    return plainExcerpt(text);
  }
}

function masked(value: unknown, name: string, depth: number): unknown {
  if (depth > DEEPEST) return '…';
  if (typeof value === 'string') return maskedText(value, name, depth);
  if (Array.isArray(value)) return value.slice(0, 5).map((entry) => masked(entry, name, depth + 1));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, masked(entry, key, depth + 1)]));
}

function maskedText(text: string, name: string, depth: number): string {
  const isTelling = TELLING.has(name) || (ERROR_WORDS.has(name) && depth <= 2);
  return isTelling ? maskOpaque(text.slice(0, 200)) : `[${text.length} characters]`;
}

/** A page or a line: its title or beginning, which names who answered. */
function plainExcerpt(text: string): string {
  const title = /<title[^>]{0,200}>([^<]{0,200})/i.exec(text)?.[1];
  if (title !== undefined) return `page “${maskOpaque(title.trim())}”`;
  return /^\s*</.test(text) ? 'a page without a title' : maskOpaque(text.slice(0, 120));
}

function maskOpaque(text: string): string {
  return text.replace(OPAQUE, (run) => (/^[a-z._-]+$/i.test(run) ? run : `${run.slice(0, 4)}…`));
}
