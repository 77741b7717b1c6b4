import { formatDuration } from '../core/duration.ts';
import { asHandoffError, type ErrorCode, HandoffError } from '../core/errors.ts';
import { placeOf, type Route } from './route.ts';

/** What a request or a rung was doing when its time ran out. */
export type WaitedFor =
  | 'the name lookup'
  | 'a connection'
  | 'a secure connection'
  | 'the headers'
  | 'the rest of the answer';

interface Meaning {
  readonly code: ErrorCode;
  readonly says: (place: string, route: Route) => string;
  readonly hint?: string;
}

const NOT_FOUND: Meaning = { code: 'NAME_NOT_FOUND', says: (_, route) => `${route.hop.host} does not resolve` };
const LOOKUP: Meaning = {
  code: 'NAME_LOOKUP_FAILED',
  says: (_, route) => `The name server did not answer when asked for ${route.hop.host}`,
};
const REFUSED: Meaning = { code: 'CONNECTION_REFUSED', says: (place) => `Nothing is listening at ${place}` };
const LOST: Meaning = { code: 'CONNECTION_LOST', says: (place) => `The connection to ${place} broke off` };
const NO_ROUTE: Meaning = {
  code: 'NETWORK_UNREACHABLE',
  says: (place) => `There is no way through the network to ${place}`,
};
const SLOW: Meaning = { code: 'TIMED_OUT', says: (place) => `No connection to ${place} came about in time` };
const EXPIRED: Meaning = { code: 'TLS_CERT_EXPIRED', says: (place) => `The certificate of ${place} has expired` };
const TOO_NEW: Meaning = {
  code: 'TLS_CERT_NOT_YET_VALID',
  says: (place) => `The certificate of ${place} is not valid yet`,
};
const OTHER_HOST: Meaning = {
  code: 'TLS_WRONG_HOST',
  says: (place) => `The certificate of ${place} belongs to another host`,
};
const UNTRUSTED: Meaning = {
  code: 'TLS_UNTRUSTED',
  says: (place) => `The issuer of the certificate of ${place} is not trusted`,
};
const NO_TLS: Meaning = { code: 'TLS_FAILED', says: (place) => `No secure connection to ${place} could be made` };
const OUTDATED: Meaning = { code: 'TLS_TOO_OLD', says: (place) => `${place} speaks only an outdated version of TLS` };
const NOT_HTTP: Meaning = { code: 'NOT_THE_SERVICE', says: (place) => `What ${place} answers is not HTTP` };
const HUGE: Meaning = {
  code: 'ANSWER_TOO_LARGE',
  says: (place) => `The headers of ${place} are larger than any right ones`,
};
const GARBLED: Meaning = { code: 'NOT_THE_SERVICE', says: (place) => `The compressed answer of ${place} is damaged` };
const UNSENDABLE: Meaning = {
  code: 'INVALID_ARGUMENT',
  says: () => 'A value holds characters that cannot be sent in a header',
  hint: 'sf-handoff validate',
};

/** Most telling first: where several addresses of a host failed in several ways, the earliest entry here is reported. */
const MEANINGS: ReadonlyMap<string, Meaning> = new Map([
  ['CERT_HAS_EXPIRED', EXPIRED],
  ['CERT_NOT_YET_VALID', TOO_NEW],
  ['ERR_TLS_CERT_ALTNAME_INVALID', OTHER_HOST],
  ...each(UNTRUSTED, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE SELF_SIGNED_CERT_IN_CHAIN DEPTH_ZERO_SELF_SIGNED_CERT'),
  ...each(
    UNTRUSTED,
    'UNABLE_TO_GET_ISSUER_CERT UNABLE_TO_GET_ISSUER_CERT_LOCALLY CERT_SIGNATURE_FAILURE CERT_REJECTED',
  ),
  ...each(UNTRUSTED, 'CERT_UNTRUSTED CERT_REVOKED CERT_CHAIN_TOO_LONG INVALID_CA INVALID_PURPOSE PATH_LENGTH_EXCEEDED'),
  ...each(OUTDATED, 'ERR_SSL_UNSUPPORTED_PROTOCOL ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION ERR_SSL_VERSION_TOO_LOW'),
  ...each(OUTDATED, 'ERR_SSL_LEGACY_SIGALG_DISALLOWED_OR_UNSUPPORTED ERR_SSL_INAPPROPRIATE_FALLBACK'),
  ['EPROTO', NO_TLS],
  ['ENOTFOUND', NOT_FOUND],
  ...each(LOOKUP, 'EAI_AGAIN EAI_FAIL ESERVFAIL'),
  ...each(UNSENDABLE, 'ERR_INVALID_CHAR ERR_INVALID_HTTP_TOKEN'),
  ['HPE_HEADER_OVERFLOW', HUGE],
  ['ECONNREFUSED', REFUSED],
  ...each(LOST, 'ECONNRESET EPIPE ECONNABORTED Z_BUF_ERROR'),
  ...each(LOST, 'HPE_INVALID_EOF_STATE ERR_STREAM_PREMATURE_CLOSE'),
  ['ETIMEDOUT', SLOW],
  ...each(NO_ROUTE, 'ENETUNREACH EHOSTUNREACH ENETDOWN EHOSTDOWN EADDRNOTAVAIL'),
]);

const FAMILIES: readonly (readonly [RegExp, Meaning])[] = [
  [/^ERR_(?:SSL|TLS|OSSL)_/, NO_TLS],
  [/^HPE_/, NOT_HTTP],
  [/^(?:Z_|ERR_(?:_ERROR_FORMAT|BROTLI|PADDING))/, GARBLED],
];

/** Any failure of a connection as a HandoffError that names host and port. HandoffErrors pass through unchanged. */
export function networkError(thrown: unknown, route: Route): HandoffError {
  const failures = [...causesOf(thrown)];
  const known = failures.find((failure) => failure instanceof HandoffError);
  if (known instanceof HandoffError) return known;
  const codes = failures.map(codeOf).filter((code) => code !== undefined);
  const code = [...MEANINGS.keys()].find((name) => codes.includes(name)) ?? codes[0];
  if (code === undefined) return asHandoffError(thrown);
  const meaning = meaningOf(code, failures);
  const message = `${meaning.says(placeOf(route), route)}${namedHosts(meaning, failures)}`;
  return new HandoffError(meaning.code, {
    message,
    details: { cause: code },
    // A parser's error carries the bytes it choked on, which may be anything the service wrote.
    ...(code.startsWith('HPE_') ? {} : { cause: thrown }),
    ...(meaning.hint ? { hint: meaning.hint } : {}),
  });
}

/** The time is up: which host, what was waited for, and how long. */
export function timedOut(route: Route, waitedFor: WaitedFor, ms: number): HandoffError {
  return new HandoffError('TIMED_OUT', {
    message: `No answer from ${placeOf(route)} within ${formatDuration(ms)}, still waiting for ${waitedFor}`,
    details: { waitedFor, timeoutMs: ms },
  });
}

function each(meaning: Meaning, codes: string): readonly (readonly [string, Meaning])[] {
  return codes.split(' ').map((code) => [code, meaning] as const);
}

function meaningOf(code: string, failures: readonly object[]): Meaning {
  const listed = MEANINGS.get(code) ?? FAMILIES.find(([pattern]) => pattern.test(code))?.[1];
  if (listed) return listed;
  return failures.some((failure) => 'syscall' in failure && failure.syscall === 'getaddrinfo') ? NOT_FOUND : LOST;
}

/** The error itself, its causes, and the errors gathered while several addresses were tried. */
function* causesOf(thrown: unknown, depth = 0): Generator<object> {
  if (typeof thrown !== 'object' || thrown === null || depth > 5) return;
  yield thrown;
  if (thrown instanceof AggregateError) for (const inner of thrown.errors) yield* causesOf(inner, depth + 1);
  if (thrown instanceof Error) yield* causesOf(thrown.cause, depth + 1);
}

function codeOf(failure: object): string | undefined {
  return 'code' in failure && typeof failure.code === 'string' ? failure.code : undefined;
}

function namedHosts(meaning: Meaning, failures: readonly object[]): string {
  if (meaning !== OTHER_HOST) return '';
  const cert = failures.map((failure) => ('cert' in failure ? failure.cert : undefined)).find(Boolean);
  const names = cert && typeof cert === 'object' && 'subjectaltname' in cert ? String(cert.subjectaltname ?? '') : '';
  const hosts = names.split(', ').map((name) => name.replace(/^[^:]*:/, ''));
  return names ? `: it names ${hosts.slice(0, 3).join(', ')}${hosts.length > 3 ? ' and more' : ''}` : '';
}
