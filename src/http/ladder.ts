import type { PeerCertificate, TLSSocket } from 'node:tls';
import { type Clock, withDeadline } from '../core/clock.ts';
import { HandoffError } from '../core/errors.ts';
import type { ConnectedHost, Http, IpFamily, ResolvedHost, TlsFacts } from '../core/http.ts';
import type { Dialer } from './dial.ts';
import { timedOut, type WaitedFor } from './errors.ts';
import { isInspection } from './inspection.ts';
import type { KeptSockets } from './kept-sockets.ts';
import { placeOf, type Route } from './route.ts';

interface LadderParts {
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly dialer: Dialer;
  readonly kept: KeptSockets;
  readonly plan: (url: string) => Route;
}

/** Who signed a certificate and until when it holds, told even of one that is not trusted. */
interface Certificate extends Omit<TlsFacts, 'protocol'> {
  /** All that it says of its issuer: a company's own proxy stands in the name or the unit, not in the organisation. */
  readonly signed: string;
}

/** The rungs below HTTP, taken the very way that requests take: overrides, proxy and roots count here too. */
export function createLadder(parts: LadderParts): Pick<Http, 'resolve' | 'connect' | 'handshake'> {
  async function climb<T>(
    url: string,
    waitedFor: WaitedFor,
    step: (route: Route, signal: AbortSignal) => Promise<T>,
    outer?: AbortSignal,
  ): Promise<T> {
    const route = parts.plan(url);
    outer?.throwIfAborted();
    const late = () => timedOut(route, waitedFor, parts.timeoutMs);
    return withDeadline(parts.clock, parts.timeoutMs, late, (signal) => step(route, signal), outer);
  }

  return {
    resolve: (url, signal) =>
      climb(url, 'the name lookup', (route, limit) => resolveHost(parts.dialer, route, limit), signal),
    connect: (url, signal, family) =>
      climb(url, 'a connection', (route, limit) => connectHost(parts, route, limit, family), signal),
    handshake: (url, signal) =>
      climb(url, 'a secure connection', (route, limit) => readTls(parts, route, limit), signal),
  };
}

async function resolveHost(dialer: Dialer, route: Route, signal: AbortSignal): Promise<ResolvedHost> {
  const addresses = await dialer.lookup(route, signal);
  return { host: route.hop.host, addresses, ...viaOf(route) };
}

async function connectHost(
  { dialer, kept }: LadderParts,
  route: Route,
  signal: AbortSignal,
  family?: IpFamily,
): Promise<ConnectedHost> {
  const socket = await dialer.connect(route, signal, family);
  const { remoteAddress = route.hop.host, remotePort = route.hop.port } = socket;
  // The way through a proxy begins anew with each tunnel, and a single family was only asked for to be looked at.
  if (route.proxy || family) socket.destroy();
  else kept.put(route, route.secure ? 'bare' : 'ready', socket);
  return { address: remoteAddress, port: remotePort, ...viaOf(route) };
}

async function readTls({ dialer, kept }: LadderParts, route: Route, signal: AbortSignal): Promise<TlsFacts> {
  if (!route.secure) {
    throw new HandoffError('TLS_FAILED', {
      message: `${placeOf(route)} was asked for by http, which has no secure connection`,
      hint: 'use an https address',
    });
  }
  try {
    const socket = await dialer.handshake(route, signal, { bare: kept.take(route, 'bare') });
    const { issuer, validTo } = certificateOf(socket);
    const facts = { protocol: socket.getProtocol() ?? 'unknown', issuer, validTo };
    kept.put(route, 'ready', socket);
    return facts;
  } catch (error) {
    throw await withCertificate(error, dialer, route, signal);
  }
}

/** A refused certificate is looked at once more, without trusting it: who signed it is what an admin needs to know. */
async function withCertificate(error: unknown, dialer: Dialer, route: Route, signal: AbortSignal): Promise<unknown> {
  if (!(error instanceof HandoffError) || (error.code !== 'TLS_UNTRUSTED' && error.code !== 'TLS_CERT_EXPIRED')) {
    return error;
  }
  try {
    const socket = await dialer.handshake(route, signal, { tls: { rejectUnauthorized: false } });
    const certificate = certificateOf(socket);
    socket.destroy();
    return explained(error, certificate, route);
  } catch {
    return error;
  }
}

function explained(error: HandoffError, { issuer, signed, validTo }: Certificate, route: Route): HandoffError {
  const details = { ...error.details, issuer, validTo };
  const until = new Date(validTo).toISOString().slice(0, 10);
  if (error.code === 'TLS_UNTRUSTED' && isInspection(signed, route)) {
    const message = `${placeOf(route)} shows a certificate made by “${issuer}”, which inspects the traffic in between`;
    return new HandoffError('TLS_INSPECTED', { message, details, cause: error });
  }
  const more = error.code === 'TLS_UNTRUSTED' ? `it was issued by “${issuer}”` : `it was valid until ${until}`;
  const { code, message, hint, step, cause } = error;
  return new HandoffError(code, { message: `${message}: ${more}`, hint, ...(step ? { step } : {}), details, cause });
}

function certificateOf(socket: TLSSocket): Certificate {
  // Node answers with an empty object when there is no certificate, whatever its types say.
  const { issuer, valid_to }: Partial<PeerCertificate> = socket.getPeerCertificate();
  const name: unknown = issuer?.O ?? issuer?.CN ?? 'unknown';
  const signed = [issuer?.O, issuer?.OU, issuer?.CN].flat().join(', ');
  return { issuer: [name].flat().join(', '), signed, validTo: Date.parse(valid_to ?? '') };
}

function viaOf(route: Route): { via?: string } {
  return route.via ? { via: route.via } : {};
}
