import type { PeerCertificate, TLSSocket } from 'node:tls';
import { type Clock, withDeadline } from '../core/clock.ts';
import { HandoffError } from '../core/errors.ts';
import type { ConnectedHost, Http, ResolvedHost, TlsFacts } from '../core/http.ts';
import type { Dialer } from './dial.ts';
import { timedOut, type WaitedFor } from './errors.ts';
import { placeOf, type Route } from './route.ts';

interface LadderParts {
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly dialer: Dialer;
  readonly plan: (url: string) => Route;
}

/** Who signed a certificate and until when it holds, told even of one that is not trusted. */
type Certificate = Omit<TlsFacts, 'protocol'>;

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
    connect: (url, signal) =>
      climb(url, 'a connection', (route, limit) => connectHost(parts.dialer, route, limit), signal),
    handshake: (url, signal) =>
      climb(url, 'a secure connection', (route, limit) => readTls(parts.dialer, route, limit), signal),
  };
}

async function resolveHost(dialer: Dialer, route: Route, signal: AbortSignal): Promise<ResolvedHost> {
  const addresses = await dialer.lookup(route, signal);
  return { host: route.hop.host, addresses, ...viaOf(route) };
}

async function connectHost(dialer: Dialer, route: Route, signal: AbortSignal): Promise<ConnectedHost> {
  const socket = await dialer.connect(route, signal);
  const { remoteAddress = route.hop.host, remotePort = route.hop.port } = socket;
  socket.destroy();
  return { address: remoteAddress, port: remotePort, ...viaOf(route) };
}

async function readTls(dialer: Dialer, route: Route, signal: AbortSignal): Promise<TlsFacts> {
  if (!route.secure) {
    throw new HandoffError('TLS_FAILED', {
      message: `${placeOf(route)} was asked for by http, which has no secure connection`,
      hint: 'use an https address',
    });
  }
  try {
    const socket = await dialer.handshake(route, signal);
    const facts = { protocol: socket.getProtocol() ?? 'unknown', ...certificateOf(socket) };
    socket.destroy();
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
    const socket = await dialer.handshake(route, signal, { rejectUnauthorized: false });
    const { issuer, validTo } = certificateOf(socket);
    socket.destroy();
    const until = new Date(validTo).toISOString().slice(0, 10);
    const more = error.code === 'TLS_UNTRUSTED' ? `it was issued by “${issuer}”` : `it was valid until ${until}`;
    const { code, message, hint, step, details, cause } = error;
    return new HandoffError(code, {
      message: `${message}: ${more}`,
      hint,
      ...(step ? { step } : {}),
      details: { ...details, issuer, validTo },
      cause,
    });
  } catch {
    return error;
  }
}

function certificateOf(socket: TLSSocket): Certificate {
  // Node answers with an empty object when there is no certificate, whatever its types say.
  const { issuer, valid_to }: Partial<PeerCertificate> = socket.getPeerCertificate();
  const name: unknown = issuer?.O ?? issuer?.CN ?? 'unknown';
  return { issuer: [name].flat().join(', '), validTo: Date.parse(valid_to ?? '') };
}

function viaOf(route: Route): { via?: string } {
  return route.via ? { via: route.via } : {};
}
