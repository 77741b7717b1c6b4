import { HandoffError } from '../core/errors.ts';
import type { HttpResponse } from '../core/http.ts';

const LONGEST_TITLE = 80;

/**
 * The JSON of an answer; `what` names it for people ("the token answer"). Throws REDIRECTED for a 3xx, naming the other
 * host, and NOT_THE_SERVICE for a web page or anything else that is not JSON. Never quotes the body but a page's title.
 */
export function parseJson(response: HttpResponse, what: string): unknown {
  if (response.status >= 300 && response.status < 400) throw redirected(response, what);
  const text = response.body.replace(/^\uFEFF/, '').trim();
  try {
    return JSON.parse(text);
  } catch {
    throw notTheService(response, text, what);
  }
}

function redirected(response: HttpResponse, what: string): HandoffError {
  const target = response.headers.location ?? '';
  // Only the host: the rest of a location may hold tokens.
  const host = URL.canParse(target) ? new URL(target).host : '';
  return new HandoffError('REDIRECTED', {
    message: `Instead of ${what} came a redirect ${host ? `to ${host}` : 'to another page of the same host'}`,
    details: { status: response.status, ...(host ? { host } : {}) },
  });
}

function notTheService(response: HttpResponse, text: string, what: string): HandoffError {
  const contentType = response.headers['content-type'] ?? '';
  return new HandoffError('NOT_THE_SERVICE', {
    message: `Instead of ${what} came ${describe(text, contentType)} (status ${response.status})`,
    details: { status: response.status, contentType },
  });
}

function describe(text: string, contentType: string): string {
  if (text === '') return 'an empty answer';
  if (!/^text\/html|^application\/xhtml/i.test(contentType) && !/^<(?:!doctype html|html|head|body)/i.test(text)) {
    return 'something that is not JSON';
  }
  const title = titleOf(text);
  return title ? `a web page titled “${title}”` : 'a web page';
}

/** The page's title on one line, without tags, entities and control characters, and not longer than fits a message. */
function titleOf(html: string): string {
  const raw = /<title[^>]{0,200}>([^<]{0,1000})/i.exec(html.slice(0, 50_000))?.[1] ?? '';
  const title = raw
    .replace(/&(amp|lt|gt|quot|apos|nbsp|#39|#x27);/gi, (_, name: string) => ENTITIES[name.toLowerCase()] ?? ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Zs}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();
  return title.length > LONGEST_TITLE ? `${title.slice(0, LONGEST_TITLE - 1)}…` : title;
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  '#39': "'",
  '#x27': "'",
};
