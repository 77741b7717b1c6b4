import type { ServerResponse } from 'node:http';

/** What a request is answered; at most one of `json`, `text` and `bytes`. None of them: an empty body. */
export interface Answer {
  readonly status: number;
  readonly json?: unknown;
  readonly text?: string;
  readonly bytes?: Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  /** What happens next, once the answer is on its way: events must not overtake it. */
  readonly afterwards?: () => void;
  /** The request was carried out, but the connection breaks before the answer. */
  readonly lost?: boolean;
}

const SYMBOLS: Readonly<Record<number, string>> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  412: 'PRECONDITION_FAILED',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  417: 'EXPECTATION_FAILED',
  428: 'PRECONDITION_REQUIRED',
  429: 'TOO_MANY_REQUESTS',
  500: 'INTERNAL_SERVER_ERROR',
};

/** An error of `/iamessage`: a message and its symbol; the path is added when it is sent. */
export function refuse(status: number, message: string): Answer {
  return { status, json: { message, code: SYMBOLS[status] ?? String(status) } };
}

/** `path` completes error bodies, as the service repeats the path in them. */
export function sendAnswer(response: ServerResponse, answer: Answer, path: string): void {
  if (answer.lost) response.destroy();
  else writeAnswer(response, answer, path);
  answer.afterwards?.();
}

function writeAnswer(response: ServerResponse, answer: Answer, path: string): void {
  const { type, body } = encodeBody(answer, path);
  const headers: Record<string, string | number> = { 'cache-control': 'no-store', ...answer.headers };
  if (type) headers['content-type'] ??= type;
  // A 204 has no length, and some clients read "0" as a body to wait for.
  if (answer.status !== 204) headers['content-length'] = body.length;
  response.writeHead(answer.status, headers);
  response.end(body);
}

function encodeBody(answer: Answer, path: string): { type?: string; body: Buffer } {
  if (answer.bytes) return { body: answer.bytes };
  if (answer.text !== undefined) return { type: 'text/plain;charset=UTF-8', body: Buffer.from(answer.text) };
  if (answer.json === undefined) return { body: Buffer.alloc(0) };
  return { type: 'application/json', body: Buffer.from(JSON.stringify(withPath(answer, path))) };
}

function withPath({ status, json }: Answer, path: string): unknown {
  const isRefusal = status >= 400 && typeof json === 'object' && json !== null && 'code' in json;
  return isRefusal ? { ...json, path } : json;
}
