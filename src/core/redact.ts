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

export function createSecrets(): Secrets {
  const known = new Set<string>();
  return {
    add(secret) {
      if (secret.length < SHORTEST) return;
      for (const form of formsOf(secret)) known.add(form);
    },
    redact(text) {
      let safe = text;
      // Longest first: a secret may be the beginning of another.
      for (const secret of [...known].sort((a, b) => b.length - a.length)) safe = safe.replaceAll(secret, MASK);
      for (const shape of SHAPES) safe = safe.replace(shape, MASK);
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

/** The value with every string in it redacted, so that no later line break can hide a secret; absurd depths are cut. */
export function redactAll<T>(secrets: Pick<Secrets, 'redact'>, value: T): T {
  return mapStrings(value, secrets.redact, 0) as T;
}

function mapStrings(value: unknown, change: (text: string) => string, depth: number): unknown {
  if (typeof value === 'string') return change(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= DEEPEST) return '…';
  if (Array.isArray(value)) return value.map((entry) => mapStrings(entry, change, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, mapStrings(entry, change, depth + 1)]));
}
