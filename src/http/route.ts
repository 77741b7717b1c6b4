import { HandoffError } from '../core/errors.ts';
import { bracketed, type Overrides, redirect } from './overrides.ts';
import { bareHost, type Env, type ProxyServer, portOf, proxyFor } from './proxies.ts';

/** Where TCP goes first: the host itself, what an override names instead, or the proxy. */
export interface Hop {
  readonly host: string;
  readonly port: number;
  /** Known beforehand, so that DNS is not asked. */
  readonly addresses?: readonly string[];
}

/** The way to one host. `host` and `port` are those of the URL, and stay the name that TLS must prove. */
export interface Route {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  readonly hop: Hop;
  readonly proxy?: ProxyServer;
  readonly via?: string;
}

export interface RouteRules {
  readonly overrides: Overrides;
  readonly env: Env;
}

const SLIP = 'salesforce-srct.com';

/**
 * Plans the way to a URL's host: overrides first, then a proxy, else straight. Throws INVALID_ARGUMENT for what is no
 * http(s) URL, and BASE_URL_DOMAIN_SLIP for the misspelt vendor domain, wherever it comes from.
 */
export function planRoute(address: string, rules: RouteRules): Route {
  const url = readUrl(address);
  const target = { host: bareHost(url), port: portOf(url), secure: url.protocol === 'https:' };
  refuseSlip(target.host);
  const moved = redirect(rules.overrides, target.host, target.port);
  if (moved) {
    const { via, ...hop } = moved;
    refuseSlip(hop.host);
    return { ...target, hop, via };
  }
  const proxy = proxyFor(url, rules.env);
  if (!proxy) return { ...target, hop: { host: target.host, port: target.port } };
  return { ...target, hop: { host: proxy.host, port: proxy.port }, proxy, via: proxy.label };
}

/** Names the place for messages: host and port, and what stands in between. Never a path, which may hold a session key. */
export function placeOf(route: Route): string {
  const place = `${bracketed(route.host)}:${route.port}`;
  return route.via ? `${place} (via ${route.via})` : place;
}

/** The URL, parsed; its text is left out of the error, for it may hold a secret. */
export function readUrl(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.hostname && (url.protocol === 'https:' || url.protocol === 'http:')) return url;
  throw new HandoffError('INVALID_ARGUMENT', {
    message: 'The address to ask is not an http or https URL',
    hint: 'write it as https://host',
  });
}

function refuseSlip(host: string): void {
  if (host !== SLIP && !host.endsWith(`.${SLIP}`)) return;
  const right = host.replace(/srct\.com$/, 'scrt.com');
  throw new HandoffError('BASE_URL_DOMAIN_SLIP', { hint: `use https://${right}`, details: { host } });
}
