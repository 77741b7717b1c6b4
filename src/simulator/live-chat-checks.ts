import { LIVE_CHAT_HEADERS } from '../protocol/live-chat.ts';
import { ANSWERS, type Answer, badRequest, outOfSync } from './live-chat-answer.ts';
import type { Registry } from './live-chat-registry.ts';
import type { LiveChatSession } from './live-chat-session.ts';
import type { ReceivedRequest } from './world.ts';

/** Either what was looked for, or the answer that refuses the request. */
export type Checked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly answer: Answer };

export function passed<T>(value: T): Checked<T> {
  return { ok: true, value };
}

export function refused<T>(answer: Answer): Checked<T> {
  return { ok: false, answer };
}

export function header(request: ReceivedRequest, name: string): string | undefined {
  const value = request.headers[name.toLowerCase()];
  return typeof value === 'string' ? value.trim() : undefined;
}

/** The release a request speaks, `34` or `34.0`. */
export function checkVersion(request: ReceivedRequest): Checked<number> {
  return readVersion(header(request, LIVE_CHAT_HEADERS.version), LIVE_CHAT_HEADERS.version);
}

/** A script cannot set a header, so its request names the release in the query. */
export function checkScriptVersion(request: ReceivedRequest): Checked<number> {
  const inHeader = header(request, LIVE_CHAT_HEADERS.version);
  return inHeader ? checkVersion(request) : readVersion(request.url.searchParams.get('version'), 'version');
}

function readVersion(text: string | null | undefined, name: string): Checked<number> {
  if (!text) return refused(badRequest(`${name} is required`));
  return /^\d{1,3}(?:\.0+)?$/.test(text) ? passed(Number(text)) : refused(badRequest(`${name} must be a number`));
}

/** The session a request belongs to: a foreign or void affinity is 503, a key that is not its own 403. */
export function checkSession(request: ReceivedRequest, registry: Registry): Checked<LiveChatSession> {
  const near = registry.byAffinity(header(request, LIVE_CHAT_HEADERS.affinity) ?? '');
  if (!near) return refused(ANSWERS.unavailable);
  const session = registry.byKey(header(request, LIVE_CHAT_HEADERS.sessionKey) ?? '');
  if (!session) return refused(ANSWERS.sessionGone);
  return session === near ? passed(session) : refused(ANSWERS.unavailable);
}

/** The number of a POST, undefined where the client sends none. A number that was acted upon is a repetition. */
export function checkSequence(request: ReceivedRequest, session: LiveChatSession): Checked<number | undefined> {
  const text = header(request, LIVE_CHAT_HEADERS.sequence);
  if (text === undefined || text === '') return passed(undefined);
  if (!/^-?\d{1,9}$/.test(text)) return refused(badRequest(`${LIVE_CHAT_HEADERS.sequence} must be a whole number`));
  const value = Number(text);
  const { accepted, seen } = session.sequence;
  if (accepted !== undefined && value <= accepted) return refused(ANSWERS.ok);
  // A client may go on counting after a refusal, so the gap is measured from the highest number it has shown.
  if (seen !== undefined && value > seen + 1) return refused(outOfSync(value, accepted ?? seen));
  session.sequence.seen = Math.max(value, seen ?? value);
  return passed(value);
}

/** A body that is a JSON object; nothing at all counts as an empty one. */
export function checkBody(body: Buffer): Checked<Record<string, unknown>> {
  const text = body.toString('utf8').trim();
  if (text === '') return passed({});
  try {
    const value: unknown = JSON.parse(text);
    if (isRecord(value)) return passed(value);
  } catch {
    // Told apart below from nothing: both are a bad body.
  }
  return refused(badRequest('The body must be a JSON object'));
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
