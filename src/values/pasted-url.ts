import { cleanValue } from './clean-text.ts';
import { isLoopbackHost } from './host-kinds.ts';
import { decodeRepeatedly } from './id-location.ts';

/** An address as it was pasted, taken apart. The host is in small letters, without a dot at its end. */
export interface PastedUrl {
  readonly scheme: 'http' | 'https';
  readonly schemeGiven: boolean;
  readonly host: string;
  /** Empty where none was given or 443 was. */
  readonly port: string;
  readonly path: string;
  readonly search: string;
  readonly hasLogin: boolean;
  /** A dash of a word processor stood where a sandbox host has two hyphens. */
  readonly dashMended: boolean;
}

export type PastedUrlProblem = 'empty' | 'scheme' | 'unreadable';
const LONGEST = 4000;
const OTHER_SCHEME =
  /^(?!https?:)(?:[a-z][a-z0-9+.-]*:\/\/|(?:javascript|data|file|mailto|about|blob|chrome|view-source):)/i;

/** Reads what an administrator may paste as an address: without scheme, quoted, in angle brackets, percent-encoded, inside a sentence. */
export function parsePastedUrl(given: string): PastedUrl | PastedUrlProblem {
  const unwrapped = unwrap(cleanValue(given.slice(0, LONGEST)));
  if (unwrapped === '') return 'empty';
  if (OTHER_SCHEME.test(unwrapped)) return 'scheme';
  const text = unwrapped.replace(/[\u2013\u2014]/g, '--');
  const scheme = /^(https?)[:/\\]+/i.exec(text)?.[1]?.toLowerCase();
  const rest = text.replace(/^(?:https?[:/\\]+)+/i, '');
  const url = parse(`${scheme === 'http' ? 'http' : 'https'}://${rest}`);
  if (!url || url.hostname === '' || isDisguised(url.hostname, rest)) return 'unreadable';
  const host = url.hostname.replace(/\.+$/, '');
  return {
    scheme: scheme === undefined ? defaultScheme(host) : schemeOf(url),
    schemeGiven: scheme !== undefined,
    host,
    port: url.port === '443' ? '' : url.port,
    path: url.pathname,
    search: url.search,
    hasLogin: url.username !== '' || url.password !== '',
    dashMended: text !== unwrapped,
  };
}

/** Whether a number such as 2130706433 or 0x7f.1 was read as an address of four numbers. */
function isDisguised(hostname: string, text: string): boolean {
  return /^\d+(?:\.\d+){3}$/.test(hostname) && !text.includes(hostname);
}

/** A simulator on this computer speaks http unless it is told otherwise. */
function defaultScheme(host: string): 'http' | 'https' {
  return isLoopbackHost(host) ? 'http' : 'https';
}

function schemeOf(url: URL): 'http' | 'https' {
  return url.protocol === 'http:' ? 'http' : 'https';
}

function parse(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

function unwrap(text: string): string {
  const decoded = /^https?%3a/i.test(text) ? decodeRepeatedly(text) : text;
  const target = /^https:\/\/[a-z0-9.-]+\.safelinks\.protection\.outlook\.com\/\?url=([^&]+)/i.exec(decoded)?.[1];
  const link = target === undefined ? decoded : decodeRepeatedly(target);
  const markdown = /\]\(([^()\s]+)$/.exec(link)?.[1];
  return oneWord(markdown ?? link);
}

const COMPLETE =
  /\.(?:salesforce|force|salesforceliveagent|site)[a-z-]*\.(?:com|mil)(?:[:/?#]|$)|^(?:https?:\/\/)?(?:127\.[\d.]+|localhost|\[::1\])(?:[:/]|$)/i;

/** One complete address inside a sentence is taken out of it; an address that was broken over lines is joined. */
function oneWord(text: string): string {
  if (!/\s/.test(text)) return text;
  const words = text.split(/\s+/);
  const complete = words.map(cleanValue).filter((word) => COMPLETE.test(word) && !/^\.|^my\./i.test(word));
  return complete.length === 1 && complete[0] !== undefined ? complete[0] : words.map(cleanPart).join('');
}

/** A part of a broken address keeps the dot after which it was broken. */
function cleanPart(word: string): string {
  return `${cleanValue(word)}${word.endsWith('.') ? '.' : ''}`;
}
