import * as net from 'node:net';
import * as tls from 'node:tls';
import { whenReady } from './sockets.ts';

/** What all secure connections of a run share; making it takes time. `roots` takes the place of those that Node trusts. */
export function createContext(roots: readonly string[] | undefined): tls.SecureContext {
  return tls.createSecureContext(roots ? { ca: [...roots] } : {});
}

/** TLS over an open socket; `host` is the name that the certificate must carry. Aborting destroys both. */
export async function secure(
  socket: net.Socket,
  host: string,
  options: tls.ConnectionOptions,
  signal: AbortSignal,
): Promise<tls.TLSSocket> {
  const wrapped = tls.connect({
    ALPNProtocols: ['http/1.1'],
    ...options,
    socket,
    host,
    // An address must not be sent as a server name; Node then checks the certificate against `host`.
    ...(net.isIP(host) ? {} : { servername: host }),
  });
  try {
    return await whenReady(wrapped, 'secureConnect', signal);
  } catch (error) {
    socket.destroy();
    throw error;
  }
}
