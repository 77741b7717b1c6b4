import { HandoffError } from '../core/errors.ts';
import { fieldsOf, listOf, textOf } from './live-chat-fields.ts';

const SALESFORCE = /(^|\.)(salesforceliveagent\.com|salesforce-scrt\.com|salesforce\.com|force\.com)$/;
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;
const TRANSPOSED = /(^|\.)salesforce-srct\.com$/;

/** Where a `SwitchServer` entry among the messages sends us, as written; empty where it does not say. */
export function movedTo(body: unknown): string | undefined {
  const entry = listOf(fieldsOf(body).messages)
    .map(fieldsOf)
    .find((message) => message.type === 'SwitchServer');
  return entry && (textOf(fieldsOf(entry.message).newUrl) ?? '');
}

/**
 * The Live Agent URL to go on with. Only Salesforce's own hosts over https are followed, or loopback from loopback;
 * anything else is SERVER_MOVED, so that an answer cannot send the session key to a stranger.
 */
export function followMove(current: string, newUrl: string): string {
  const url = parse(newUrl);
  if (url === undefined) throw moved('The org has moved, but the service names no usable address', newUrl);
  if (!isTrusted(current, url)) {
    const message = `The service points to ${url.host}, which is not followed`;
    // What we do not follow, nobody is to enter.
    throw new HandoffError('SERVER_MOVED', { message, hint: 'copy the deployment code again', details: { newUrl } });
  }
  return `${url.origin}${chatPath(url)}`;
}

/** The URL as the admin is to enter it: `https://host/chat`. Text that is no URL is given back as it is. */
export function tidyLiveAgentUrl(newUrl: string): string {
  const url = parse(newUrl);
  return url === undefined ? newUrl : `${url.origin}${chatPath(url)}`;
}

/** Refuses the transposed domain of the vendor's guide; nothing is ever sent there. */
export function refuseTransposedHost(liveAgentUrl: string): void {
  if (TRANSPOSED.test(new URL(liveAgentUrl).hostname)) throw new HandoffError('BASE_URL_DOMAIN_SLIP');
}

export function moved(message: string, newUrl: string): HandoffError {
  const hint = newUrl === '' ? {} : { hint: `enter ${tidyLiveAgentUrl(newUrl)} as Live Agent URL` };
  return new HandoffError('SERVER_MOVED', { message, ...hint, details: { newUrl } });
}

/** Whether an address that the service names may be sent something; `current` is the server that named it. */
export function isTrustedServer(current: string, address: string): boolean {
  const url = parse(address);
  return url !== undefined && isTrusted(current, url);
}

function isTrusted(current: string, url: URL): boolean {
  return (LOOPBACK.test(new URL(current).hostname) && LOOPBACK.test(url.hostname)) || isSalesforce(url);
}

function isSalesforce(url: URL): boolean {
  return url.protocol === 'https:' && url.port === '' && url.username === '' && SALESFORCE.test(url.hostname);
}

function parse(newUrl: string): URL | undefined {
  const text = newUrl.trim();
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  const url = text !== '' && URL.canParse(full) ? new URL(full) : undefined;
  return url && /^https?:$/.test(url.protocol) ? url : undefined;
}

/** The documented form ends in `/chat`; a bare host or a full REST address means the same. */
function chatPath(url: URL): string {
  const path = url.pathname.replace(/\/rest(\/.*)?$/, '').replace(/\/+$/, '');
  return path === '' ? '/chat' : path;
}
