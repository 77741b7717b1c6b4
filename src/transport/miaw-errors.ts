import { ERRORS, type ErrorCode, HandoffError } from '../core/errors.ts';
import type { Secrets } from '../core/redact.ts';
import { isObject, type JsonObject, jsonOf, numberOf, objectOf, objectsOf, textOf } from './miaw-json.ts';

/** What was asked of the service when it refused. */
export type MiawCall = 'token' | 'config' | 'stream' | 'create' | 'message' | 'read' | 'close';

export interface Refusal {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A refusal with its body understood. */
interface Answer {
  readonly call: MiawCall;
  readonly status: number;
  readonly words: string;
  readonly html: boolean;
  /** Neither empty nor JSON: a gateway or a page, not the service itself. */
  readonly foreign: boolean;
  readonly code: string;
}

interface Rule {
  readonly code: ErrorCode;
  fits(answer: Answer): boolean;
}

const MOST_WORDS = 200;
const MESSAGE_RATE = 'wait a minute; the limit is 22 messages per minute and conversation';
/** `JWT_VALID_NOT_AUTHORIZED_TO_API`: the token belongs to another version of the API. */
const OTHER_API_VERSION = '900020';

const OTHER_FIELD = /capabilitiesVersion|platform|deviceId|\bcontext\b|unrecogni[sz]ed|unknown (?:field|property)/i;
const DEVELOPER_NAME = /(?:developer|config)\s?name/i;
const CONFIG_CALLS: readonly MiawCall[] = ['token', 'config'];

/** Tried in order: the service's known words first, then what a status means for the call. Bodies differ between servers. */
const RULES: readonly Rule[] = [
  { code: 'REDIRECTED', fits: ({ status }) => status >= 300 && status < 400 },
  { code: 'NOT_THE_SERVICE', fits: ({ status }) => status < 300 },
  { code: 'SERVICE_ERROR', fits: ({ status }) => status >= 500 },
  { code: 'RATE_LIMITED', fits: ({ status }) => status === 429 },
  { code: 'PROXY_FAILED', fits: ({ status }) => status === 407 },
  { code: 'NOT_FOUND', fits: ({ status, foreign }) => status === 404 && foreign },
  { code: 'NOT_THE_SERVICE', fits: ({ html }) => html },
  {
    code: 'DEPLOYMENT_TYPE_NOT_CUSTOM_CLIENT',
    fits: ({ words }) => /deployment\s?type/i.test(words) && /\bapi\b/i.test(words),
  },
  { code: 'USER_VERIFICATION_ON', fits: ({ words }) => /auth\s?mode|AuthSchemes|user verification/i.test(words) },
  { code: 'DEPLOYMENT_NOT_PUBLISHED', fits: ({ words }) => /not (?:been )?published|unpublished/i.test(words) },
  { code: 'CHANNEL_INACTIVE', fits: ({ status }) => status === 428 },
  { code: 'DEPLOYMENT_NOT_PUBLISHED', fits: ({ status, call }) => status === 412 && CONFIG_CALLS.includes(call) },
  { code: 'OUTSIDE_BUSINESS_HOURS', fits: ({ status, call }) => status === 412 && call === 'create' },
  { code: 'FILE_REFUSED', fits: ({ status }) => status === 413 || status === 415 },
  { code: 'DEPLOYMENT_UNKNOWN', fits: ({ words, call }) => CONFIG_CALLS.includes(call) && DEVELOPER_NAME.test(words) },
  { code: 'ORG_MISMATCH', fits: ({ status, words }) => status < 405 && /\borg(?:anization)?(?:\s?id)?\b/i.test(words) },
  { code: 'API_VERSION_MISMATCH', fits: ({ status, code }) => status === 401 && code === OTHER_API_VERSION },
  { code: 'ACCESS_DENIED', fits: ({ status, call }) => status === 401 && CONFIG_CALLS.includes(call) },
  { code: 'TOKEN_EXPIRED', fits: ({ status }) => status === 401 },
  { code: 'ACCESS_DENIED', fits: ({ status }) => status === 403 },
  { code: 'REQUEST_REJECTED', fits: ({ status, words }) => status === 400 && OTHER_FIELD.test(words) },
  {
    code: 'DEPLOYMENT_UNKNOWN',
    fits: ({ status, call }) => (status === 400 || status === 404) && CONFIG_CALLS.includes(call),
  },
  { code: 'PRE_CHAT_REJECTED', fits: ({ status, call }) => status === 417 && call === 'create' },
  { code: 'PRE_CHAT_REJECTED', fits: ({ words }) => /routing\s?attribute|pre-?chat/i.test(words) },
  { code: 'NOT_FOUND', fits: ({ status }) => status === 404 },
  { code: 'TIMED_OUT', fits: ({ status }) => status === 408 },
];

/** Says what a refusal means. The service's own words are kept, shortened and without secrets. */
export function miawError(call: MiawCall, refusal: Refusal, secrets?: Pick<Secrets, 'redact'>): HandoffError {
  const answer = read(call, refusal, secrets);
  const code = RULES.find((rule) => rule.fits(answer))?.code ?? 'REQUEST_REJECTED';
  const said = answer.words ? `${answer.status}: ${answer.words}` : `${answer.status}`;
  const retryAfter = refusal.headers['retry-after'];
  return new HandoffError(code, {
    message: `${ERRORS[code].message} (${said})`,
    details: {
      call,
      status: answer.status,
      ...(answer.words ? { words: answer.words } : {}),
      ...(retryAfter ? { retryAfter } : {}),
    },
    ...(code === 'RATE_LIMITED' && call === 'message' ? { hint: MESSAGE_RATE } : {}),
  });
}

/** The HTTP status behind an error of `miawError`; undefined for any other error. */
export function statusOf(error: unknown): number | undefined {
  return error instanceof HandoffError ? numberOf(error.details?.status) : undefined;
}

/** A request that is wrong in itself stays wrong; a late or too frequent one does not. */
export function isRefusal(status: number | undefined): boolean {
  return status !== undefined && status >= 400 && status < 500 && status !== 408 && status !== 429;
}

/** The chat's own words for a token that cannot be had any more: what was going on is over. */
export function inChatTerms(error: unknown): unknown {
  if (!(error instanceof HandoffError) || error.code !== 'TOKEN_EXPIRED') return error;
  const message = `${ERRORS.SESSION_LOST.message} (TOKEN_EXPIRED: ${error.message})`;
  return new HandoffError('SESSION_LOST', { message, hint: 'sf-handoff test-chat', cause: error });
}

function read(call: MiawCall, refusal: Refusal, secrets?: Pick<Secrets, 'redact'>): Answer {
  const { status, headers, body } = refusal;
  const html = (headers['content-type'] ?? '').includes('html') || /^\s*</.test(body);
  const json = jsonOf(body);
  const foreign = html || (body.trim() !== '' && !isObject(json) && objectsOf(json).length === 0);
  const words = html ? '' : wordsOf(json, body);
  return { call, status, html, foreign, code: codeOf(json), words: shorten(secrets?.redact(words) ?? words) };
}

function wordsOf(json: unknown, body: string): string {
  if (json === undefined) return body;
  const { message, text, error } = refusalIn(json);
  return textOf(message) ?? textOf(text) ?? textOf(error) ?? '';
}

/** Salesforce's other APIs answer with a list of refusals, gateways put theirs into a member. */
function refusalIn(json: unknown): JsonObject {
  const outer = objectsOf(json)[0] ?? objectOf(json);
  return isObject(outer.error) ? outer.error : outer;
}

function codeOf(json: unknown): string {
  const { code, errorCode } = refusalIn(json);
  const given = Array.isArray(errorCode) ? errorCode[0] : (code ?? errorCode);
  return textOf(given) ?? String(numberOf(given) ?? '');
}

function shorten(words: string): string {
  const line = words.replace(/[\u0000-\u001f\u007f-\u009f\s]+/g, ' ').trim();
  return line.length > MOST_WORDS ? `${line.slice(0, MOST_WORDS - 1)}…` : line;
}
