/** Secrets met during this run. Whoever receives a token or session key adds it here before doing anything else with it. */
export interface Secrets {
  add(secret: string): void;
  /** The text with every known or recognisable secret replaced by a mask. */
  redact(text: string): string;
}

const MASK = '[redacted]';
const SHORTEST = 8;

/** Shapes that are secrets wherever they stand: JSON web tokens, Salesforce access tokens, Live Agent session keys, bearer headers. */
const SHAPES: readonly RegExp[] = [
  /\beyJ[\w-]{5,}\.[\w-]{5,}\.[\w-]*/g,
  /\b00D[0-9A-Za-z]{12}(?:[0-9A-Za-z]{3})?(?:!|%21)[\w.%/+=-]{8,}/g,
  /\b[0-9a-f]{8}-[0-9a-f-]{27}(?:!|%21)(?:\d{10,}(?:!|%21)[\w+/%-]+={0,2}|[0-9a-f-]{36})/gi,
  /(?<=\bBearer\s)[\w.~+/=-]{8,}/gi,
];

export function createSecrets(): Secrets {
  const known = new Set<string>();
  return {
    add(secret) {
      if (secret.length < SHORTEST) return;
      known.add(secret);
      known.add(encodeURIComponent(secret));
    },
    redact(text) {
      let safe = text;
      for (const secret of known) safe = safe.replaceAll(secret, MASK);
      for (const shape of SHAPES) safe = safe.replace(shape, MASK);
      return safe;
    },
  };
}
