import type { Socket } from 'node:net';
import type { ConnectionOptions, SecureContext, TLSSocket } from 'node:tls';
import type { IpFamily } from '../core/http.ts';
import { networkError } from './errors.ts';
import type { Route } from './route.ts';
import { connectHop, lookupHop } from './sockets.ts';
import { openTunnel, proxyFailure } from './tunnel.ts';

/** The steps to a host, each on its own for the ladder, and all of them for a request. Aborting a step closes its socket. */
export interface Dialer {
  lookup(route: Route, signal: AbortSignal): Promise<readonly string[]>;
  connect(route: Route, signal: AbortSignal, family?: IpFamily): Promise<Socket>;
  /** Through the proxy's tunnel if there is one, then TLS. */
  handshake(route: Route, signal: AbortSignal, options?: HandshakeOptions): Promise<TLSSocket>;
  /** A socket ready to speak HTTP on: plain or TLS as the route demands. */
  open(route: Route, signal: AbortSignal): Promise<Socket>;
}

/** `bare` is a connection that is there already, `tls` are settings on top of the usual ones. */
interface HandshakeOptions {
  readonly bare?: Socket | undefined;
  readonly tls?: ConnectionOptions;
}

/** Whether a step concerns what TCP reaches first (a proxy, if there is one) or the host asked for. */
type Side = 'hop' | 'target';

/** `roots` takes the place of those that Node trusts. TLS is loaded with the first secure connection, while that is on its way. */
export function createDialer(roots?: readonly string[]): Dialer {
  let secureContext: SecureContext | undefined;
  async function loadTls() {
    const tls = await import('./secure.ts');
    secureContext ??= tls.createContext(roots);
    return { tls, secureContext };
  }
  async function secure(socket: Socket, host: string, signal: AbortSignal, more: ConnectionOptions = {}) {
    const { tls, secureContext } = await loadTls();
    return tls.secure(socket, host, { secureContext, ...more }, signal);
  }

  function connect(route: Route, signal: AbortSignal, family?: IpFamily): Promise<Socket> {
    const connected = named(route, signal, 'hop', () => connectHop(route.hop, signal, family));
    if (route.secure) loadTls().catch(() => undefined);
    return connected;
  }

  async function reach(route: Route, signal: AbortSignal): Promise<Socket> {
    const socket = await connect(route, signal);
    const { proxy } = route;
    if (!proxy) return socket;
    const ready = proxy.secure ? await named(route, signal, 'hop', () => secure(socket, proxy.host, signal)) : socket;
    return named(route, signal, 'hop', () => openTunnel(ready, route, proxy, signal));
  }

  async function handshake(
    route: Route,
    signal: AbortSignal,
    { bare, tls }: HandshakeOptions = {},
  ): Promise<TLSSocket> {
    const socket = bare ?? (await reach(route, signal));
    return named(route, signal, 'target', () => secure(socket, route.host, signal, tls));
  }

  return {
    lookup: (route, signal) => named(route, signal, 'hop', () => lookupHop(route.hop, signal)),
    connect,
    handshake,
    async open(route, signal) {
      const socket = await (route.secure ? handshake(route, signal) : reach(route, signal));
      if (signal.aborted) socket.destroy();
      return socket;
    },
  };
}

/** Runs one step and names its failure: the signal's own reason, the proxy's fault, or the host's. */
async function named<T>(route: Route, signal: AbortSignal, side: Side, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (thrown) {
    if (signal.aborted) throw signal.reason;
    if (side === 'target' || !route.proxy) throw networkError(thrown, route);
    throw proxyFailure(networkError(thrown, { ...route.hop, secure: route.proxy.secure, hop: route.hop }), route.proxy);
  }
}
