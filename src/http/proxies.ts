import { isIPv4 } from 'node:net';
import { HandoffError } from '../core/errors.ts';

export type Env = Readonly<Record<string, string | undefined>>;

/** A proxy to go through. `label` names it for people, without its login; `authorization` is a header value and secret. */
export interface ProxyServer {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  readonly label: string;
  readonly variable: string;
  readonly authorization?: string;
}

/**
 * The proxy that the environment names for a URL. Lower case wins over upper case, as in curl; loopback never goes
 * through a proxy. Throws PROXY_FAILED naming the variable whose value is no proxy.
 */
export function proxyFor(url: URL, env: Env): ProxyServer | undefined {
  const host = bareHost(url);
  if (isLoopback(host) || isExempt(host, portOf(url), set(env, 'no_proxy')?.value ?? '')) return undefined;
  const setting = set(env, url.protocol === 'https:' ? 'https_proxy' : 'http_proxy');
  return setting && readProxy(setting.value, setting.variable);
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));
}

/** The URL's host without the brackets of an IPv6 literal and without the dot that ends an absolute name. */
export function bareHost(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
}

export function portOf(url: URL): number {
  return Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
}

function set(env: Env, name: string): { variable: string; value: string } | undefined {
  for (const variable of [name, name.toUpperCase()]) {
    const value = env[variable]?.trim();
    if (value) return { variable, value };
  }
  return undefined;
}

/** NO_PROXY: names with their subdomains, `*` for all, a port where one is given; separated by commas or blanks. */
function isExempt(host: string, port: number, list: string): boolean {
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      const match = /^(\[[^\]]+\]|[^:]+|[^[]*:.*:[^\]]*?)(?::(\d+))?$/.exec(entry);
      const name = (match?.[1] ?? entry).replace(/^\[|\]$/g, '').replace(/^\*?\.|\.$/g, '');
      if (match?.[2] && Number(match[2]) !== port) return false;
      return name === '*' || host === name || host.endsWith(`.${name}`);
    });
}

function readProxy(value: string, variable: string): ProxyServer {
  const text = value.includes('://') ? value : `http://${value}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url?.hostname || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new HandoffError('PROXY_FAILED', {
      message: `${variable} does not name a proxy that can be used`,
      hint: `set ${variable} to http://host:port or https://host:port`,
      details: { variable },
    });
  }
  const login = loginOf(url);
  return {
    host: bareHost(url),
    port: portOf(url),
    secure: url.protocol === 'https:',
    label: `proxy ${url.protocol}//${url.hostname}:${portOf(url)} (${variable})`,
    variable,
    ...(login ? { authorization: `Basic ${Buffer.from(login).toString('base64')}` } : {}),
  };
}

function loginOf(url: URL): string | undefined {
  if (!url.username && !url.password) return undefined;
  return `${decoded(url.username)}:${decoded(url.password)}`;
}

/** A login may hold a bare percent sign that encodes nothing. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
