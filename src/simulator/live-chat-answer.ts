import type { ServerResponse } from 'node:http';
import type { LiveChatMessage } from '../protocol/live-chat.ts';

/** What goes back on the wire. `cut` breaks the connection half-way through the body, `gone` without a single byte. */
export interface Answer {
  readonly status: number;
  readonly body?: string;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly broken?: 'cut' | 'gone';
}

const TEXT = 'text/plain;charset=UTF-8';
const JSON_TYPE = 'application/json;charset=UTF-8';
const SCRIPT = 'text/javascript;charset=UTF-8';

function text(status: number, body: string): Answer {
  return { status, body, contentType: TEXT };
}

/** The refusals of this API are short plain texts; three of them are known word for word. */
export const ANSWERS = {
  ok: text(200, 'OK'),
  noNews: { status: 204 },
  sessionGone: text(403, 'Session required but was invalid or not found'),
  forbidden: text(403, 'Forbidden'),
  notFound: text(404, 'The requested resource does not exist'),
  conflict: text(409, 'Another request for messages of this session is open'),
  tooLarge: text(413, 'The request body is too large'),
  tooMany: text(429, 'Too many requests'),
  serverError: text(500, 'There was an error on the server and the request could not be completed'),
  unavailable: text(503, 'The server is unavailable to handle this request right now'),
  gone: { status: 200, broken: 'gone' },
} as const satisfies Record<string, Answer>;

export function badRequest(why: string): Answer {
  return text(400, why);
}

export function wrongVerb(allowed: readonly string[]): Answer {
  return { ...text(405, 'This method is not supported here'), headers: { Allow: allowed.join(', ') } };
}

/** The one wording public clients parse: `expected` echoes what was sent, `actual` is the last number the server took. */
export function outOfSync(expected: number, actual: number): Answer {
  return text(409, `Out of sync Ack. Expected ${expected}. Actual ${actual}`);
}

export function jsonAnswer(value: unknown): Answer {
  return { status: 200, body: JSON.stringify(value), contentType: JSON_TYPE };
}

/** A list of messages as `Visitor/*` and the session resources answer it. */
export function messagesAnswer(messages: readonly LiveChatMessage[]): Answer {
  return jsonAnswer({ messages });
}

/** The script that a JSONP twin answers. */
export function scriptAnswer(callback: string, value: unknown): Answer {
  return { status: 200, body: `${callback}(${JSON.stringify(value)});`, contentType: SCRIPT };
}

/** Writes the answer unless the client has left meanwhile. */
export function writeAnswer(response: ServerResponse, answer: Answer): void {
  if (response.destroyed || response.writableEnded) return;
  if (answer.broken === 'gone') {
    response.destroy();
    return;
  }
  const body = Buffer.from(answer.body ?? '');
  const type = answer.contentType ? { 'Content-Type': answer.contentType } : {};
  const length = answer.status === 204 ? {} : { 'Content-Length': String(body.length) };
  response.writeHead(answer.status, { 'Cache-Control': 'no-store', ...type, ...length, ...answer.headers });
  if (answer.broken === 'cut') {
    response.write(body.subarray(0, body.length >> 1), () => response.destroy());
    return;
  }
  response.end(body);
}
