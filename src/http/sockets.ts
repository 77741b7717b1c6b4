import { lookup } from 'node:dns/promises';
import * as net from 'node:net';
import { raceAbort } from '../core/clock.ts';
import type { IpFamily } from '../core/http.ts';
import type { Hop } from './route.ts';

/** Node's 250 ms per address is too short for slow lines: a host with a dead IPv6 address would then never be reached. */
const ADDRESS_ATTEMPT_MS = 1500;

/** All addresses of a hop, in the order in which they are tried. */
export async function lookupHop(hop: Hop, signal: AbortSignal): Promise<readonly string[]> {
  if (hop.addresses) return hop.addresses;
  if (net.isIP(hop.host)) return [hop.host];
  const found = await raceAbort(lookup(hop.host, { all: true, verbatim: true }), signal);
  return found.map(({ address }) => address);
}

/** A TCP connection to the hop. Aborting destroys the socket at once. */
export function connectHop(hop: Hop, signal: AbortSignal, family?: IpFamily): Promise<net.Socket> {
  signal.throwIfAborted();
  const socket = net.connect({
    host: hop.host,
    port: hop.port,
    ...(family ? { family } : { autoSelectFamily: true, autoSelectFamilyAttemptTimeout: ADDRESS_ATTEMPT_MS }),
    ...fixed(hop.addresses?.filter((address) => family === undefined || net.isIP(address) === family)),
  });
  return whenReady(socket.setNoDelay(true).setKeepAlive(true, 30_000), 'connect', signal);
}

/** The socket once it has fired `event`; a failure or an abort before that destroys it. */
export function whenReady<S extends net.Socket>(socket: S, event: string, signal: AbortSignal): Promise<S> {
  // Stays for good: between two owners an error must not bring the process down; `errored` tells the next one.
  socket.on('error', () => undefined);
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void) => {
      signal.removeEventListener('abort', stop);
      socket.off(event, ready).off('error', fail).off('close', closed);
      finish();
    };
    const stop = () => {
      socket.destroy();
      settle(() => reject(signal.reason));
    };
    const ready = () => settle(() => resolve(socket));
    const fail = (error: Error) => settle(() => reject(error));
    const closed = () => fail(Object.assign(new Error('The socket was closed'), { code: 'ECONNRESET' }));
    socket.once(event, ready).once('error', fail).once('close', closed);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}

/** Stands in for DNS with addresses that are known beforehand. */
function fixed(addresses: readonly string[] | undefined): { lookup?: net.LookupFunction } {
  if (!addresses) return {};
  const found = addresses.map((address) => ({ address, family: net.isIP(address) }));
  return {
    lookup: (_host, options, done) => {
      if (options.all) done(null, found);
      else done(null, found[0]?.address ?? '', found[0]?.family);
    },
  };
}
