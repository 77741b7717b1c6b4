const MASK = '[redacted]';

/**
 * Secrets by their shape. Each pattern starts where a run of its characters starts, so that a long hostile text costs one pass.
 * The last two keep what stands in front of the secret.
 */
const SHAPES: readonly RegExp[] = [
  // A Salesforce access token: organization ID, an exclamation mark (perhaps encoded), the secret.
  /(?<![0-9A-Za-z])00D[0-9A-Za-z]{12}(?:[0-9A-Za-z]{3})?(?:!|%21|\uFF01)[^\s"'`<>,;)\]}]*/gi,
  /(?<![\w-])eyJ[\w-]{5,8192}\.[\w-]{5,16384}\.[\w-]*/g,
  // A Live Agent session key: a UUID, an exclamation mark, more.
  /(?<![0-9A-Za-z-])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:!|%21)[^\s"'`<>,;)\]}]+/gi,
  /force:\/\/[^\s"'`<>]{8,}/gi,
  /(?<=\bBearer\s)[\w.~+/=-]{8,}/gi,
  /(?<=https?:\/\/)[^\s/?#@"'`<>:]{1,256}:[^\s/?#@"'`<>]{0,256}(?=@)/gi,
];

const NAMED =
  /((?<![a-z])(?:password|passwd|client_?secret|access_?token|refresh_?token|sfdx_?auth_?url|session_?key|sid)["']?\s{0,9}[:=]\s{0,9}["']?)(?!\[redacted|process\.|import\.|window\.|this\.|env\.|[${<]|null|undefined)([^\s"'`<>&,;]{6,})/gi;

/** The text with every recognisable secret replaced; equal to the text where there is none. */
export function maskSecrets(text: string): string {
  let safe = text;
  for (const shape of SHAPES) safe = safe.replace(shape, MASK);
  return safe.replace(NAMED, `$1${MASK}`);
}

export function holdsSecret(text: string): boolean {
  return maskSecrets(text) !== text;
}
