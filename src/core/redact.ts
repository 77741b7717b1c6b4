/** Secrets met during this run. Whoever receives a token or session key adds it here before doing anything else with it. */
export interface Secrets {
  add(secret: string): void;
  /** The text with every known or recognisable secret replaced by a mask. */
  redact(text: string): string;
}

const MASK = '[redacted]';
const SHORTEST = 8;
const DEEPEST = 100;

/** Shapes that are secrets wherever they stand: JSON web tokens, Salesforce access tokens, Live Agent session keys, bearer headers. */
const SHAPES: readonly RegExp[] = [
  // Starts only where a word starts, for a long run of “eyJ-” would take quadratic time otherwise.
  /(?<![\w-])eyJ[\w-]{5,}\.[\w-]{5,}\.[\w-]*/g,
  /\b00D[0-9A-Za-z]{12}(?:[0-9A-Za-z]{3})?(?:!|%21)[\w.%/+=-]{8,}/g,
  /\b[0-9a-f]{8}-[0-9a-f-]{27}(?:!|%21)(?:\d{10,}(?:!|%21)[\w+/%-]+={0,2}|[0-9a-f-]{36})/gi,
  /(?<=\bBearer\s)[\w.~+/=-]{8,}/gi,
];

/** What each of the shapes holds; most texts hold none of it, and need not be searched for each. */
const MARKS = /eyJ|00D|!|%21|bearer/i;

export function createSecrets(): Secrets {
  // Longest first: a secret may be the beginning of another.
  let known: readonly string[] = [];
  return {
    add(secret) {
      if (secret.length < SHORTEST) return;
      known = [...new Set([...known, ...formsOf(secret)])].sort((a, b) => b.length - a.length);
    },
    redact(text) {
      if (text.length < SHORTEST) return text;
      let safe = text;
      for (const secret of known) if (secret.length <= text.length) safe = safe.replaceAll(secret, MASK);
      if (MARKS.test(safe)) for (const shape of SHAPES) safe = safe.replace(shape, MASK);
      return safe;
    },
  };
}

/** How a secret may stand in text: as it is, percent-encoded, or inside a JSON string. */
function formsOf(secret: string): readonly string[] {
  // Half a surrogate pair cannot be percent-encoded.
  const whole = secret.replace(/\p{Surrogate}/gu, '\ufffd');
  return [secret, encodeURIComponent(whole), JSON.stringify(secret).slice(1, -1)];
}

/** The value with every string in it redacted, so that no later line break can hide a secret; absurd depths are cut. One without secrets is returned itself. */
export function redactAll<T>(secrets: Pick<Secrets, 'redact'>, value: T): T {
  return mapStrings(value, secrets.redact, 0) as T;
}

function mapStrings(value: unknown, change: (text: string) => string, depth: number): unknown {
  if (typeof value === 'string') return change(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= DEEPEST) return '…';
  const before = value as Readonly<Record<string, unknown>>;
  const after = new Map<string, unknown>();
  for (const key of Object.keys(before)) {
    const entry = mapStrings(before[key], change, depth + 1);
    if (entry !== before[key]) after.set(key, entry);
  }
  if (after.size === 0) return value;
  const entryOf = (key: string) => (after.has(key) ? after.get(key) : before[key]);
  if (Array.isArray(value)) return value.map((_, index) => entryOf(String(index)));
  return Object.fromEntries(Object.keys(before).map((key) => [key, entryOf(key)]));
}
