import { isIP } from 'node:net';
import { HandoffError } from '../core/errors.ts';

/** One `--resolve`: for `host` (`*` for any) and `port`, these addresses stand in for DNS. */
interface ResolveRule {
  readonly host: string;
  readonly port: number;
  readonly addresses: readonly string[];
}

/** One `--connect-to`; undefined on the left matches anything, on the right keeps what was asked for. */
interface ConnectRule {
  readonly host: string | undefined;
  readonly port: number | undefined;
  readonly toHost: string | undefined;
  readonly toPort: number | undefined;
}

export interface Overrides {
  readonly resolve: readonly ResolveRule[];
  readonly connectTo: readonly ConnectRule[];
}

/** Where the connection really goes, and the flag that says so. */
export interface Redirection {
  readonly host: string;
  readonly port: number;
  readonly addresses?: readonly string[];
  readonly via: string;
}

/** Reads the flags as curl does; throws INVALID_ARGUMENT naming the one that cannot be read. */
export function parseOverrides(resolve: readonly string[] = [], connectTo: readonly string[] = []): Overrides {
  return { resolve: resolve.map(parseResolve), connectTo: connectTo.map(parseConnectTo) };
}

/** What the overrides make of a host and port, or undefined where none of them speaks of it. First match wins. */
export function redirect(overrides: Overrides, host: string, port: number): Redirection | undefined {
  const moved = overrides.connectTo.find((rule) => (rule.host ?? host) === host && (rule.port ?? port) === port);
  const target = { host: moved?.toHost ?? host, port: moved?.toPort ?? port };
  const known = overrides.resolve.find((rule) => matchesHost(rule, target.host) && rule.port === target.port);
  const flags = [
    ...(moved ? [`--connect-to ${bracketed(target.host)}:${target.port}`] : []),
    ...(known ? [`--resolve ${known.addresses.join(',')}`] : []),
  ];
  if (flags.length === 0) return undefined;
  return { ...target, ...(known ? { addresses: known.addresses } : {}), via: flags.join(' ') };
}

/** An IPv6 literal in the brackets that a port behind it demands; anything else as it is. */
export function bracketed(host: string): string {
  return isIP(host) === 6 ? `[${host}]` : host;
}

function matchesHost(rule: ResolveRule, host: string): boolean {
  return rule.host === '*' || rule.host === host;
}

function parseResolve(text: string): ResolveRule {
  const match = /^\+?(\*|\[[^\]]+\]|[^:[\]]+):(\d+):(.+)$/.exec(text.trim());
  const addresses = (match?.[3] ?? '').split(',').map((address) => bare(address.trim()));
  const port = portOf(match?.[2]);
  if (!match?.[1] || port === undefined || addresses.some((address) => isIP(address) === 0)) {
    throw unreadable('--resolve', text, 'host:port:address, an IPv6 address in brackets');
  }
  return { host: bare(match[1]), port, addresses };
}

function parseConnectTo(text: string): ConnectRule {
  const match = /^(\[[^\]]+\]|[^:[\]]*):(\d*):(\[[^\]]+\]|[^:[\]]*):(\d*)$/.exec(text.trim());
  const [port, toPort] = [portOf(match?.[2]), portOf(match?.[4])];
  if (!match || (match[2] && port === undefined) || (match[4] && toPort === undefined)) {
    throw unreadable('--connect-to', text, 'host:port:other-host:other-port, empty parts match any');
  }
  return { host: bare(match[1] ?? '') || undefined, port, toHost: bare(match[3] ?? '') || undefined, toPort };
}

function portOf(text: string | undefined): number | undefined {
  const port = Number(text || Number.NaN);
  return port >= 1 && port <= 65_535 ? port : undefined;
}

function bare(host: string): string {
  return host.replace(/^\[|\]$/g, '').toLowerCase();
}

function unreadable(flag: string, text: string, form: string): HandoffError {
  return new HandoffError('INVALID_ARGUMENT', {
    message: `“${text}” cannot be used for ${flag}`,
    hint: `write it as ${form}`,
  });
}
