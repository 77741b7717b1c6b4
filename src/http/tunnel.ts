import * as http from 'node:http';
import type { Socket } from 'node:net';
import { HandoffError } from '../core/errors.ts';
import { bracketed } from './overrides.ts';
import type { ProxyServer } from './proxies.ts';
import type { Route } from './route.ts';

/** Asks the proxy at the other end of `socket` for a tunnel to the route's host. Rejects with PROXY_FAILED when it refuses. */
export async function openTunnel(
  socket: Socket,
  route: Route,
  proxy: ProxyServer,
  signal: AbortSignal,
): Promise<Socket> {
  try {
    return await askForTunnel(socket, route, proxy, signal);
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

function askForTunnel(socket: Socket, route: Route, proxy: ProxyServer, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const target = `${bracketed(route.host)}:${route.port}`;
    const login = proxy.authorization ? { 'proxy-authorization': proxy.authorization } : {};
    const headers = { host: target, 'proxy-connection': 'keep-alive', ...login };
    const request = http.request({ method: 'CONNECT', path: target, headers, createConnection: () => socket });
    const stop = () => request.destroy(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    request.once('close', () => signal.removeEventListener('abort', stop));
    request.once('connect', (response, tunnel: Socket, head: Buffer) => {
      signal.removeEventListener('abort', stop);
      const status = response.statusCode ?? 0;
      if (status < 200 || status > 299) return reject(refusal(status, route, proxy));
      if (head.length > 0) tunnel.unshift(head);
      resolve(tunnel);
    });
    request.on('error', (error) => reject(error));
    if (signal.aborted) stop();
    else request.end();
  });
}

/** Whatever kept us from the proxy itself, as PROXY_FAILED naming the variable that chose it. */
export function proxyFailure(error: HandoffError, proxy: ProxyServer): HandoffError {
  if (error.code === 'PROXY_FAILED') return error;
  return new HandoffError('PROXY_FAILED', {
    message: `The ${proxy.label} could not be used: ${error.message}`,
    hint: `check ${proxy.variable} and NO_PROXY`,
    details: { variable: proxy.variable, cause: error.code },
    cause: error,
  });
}

function refusal(status: number, route: Route, proxy: ProxyServer): HandoffError {
  const target = `${bracketed(route.host)}:${route.port}`;
  const [said, hint] = reasonFor(status, target, proxy);
  return new HandoffError('PROXY_FAILED', {
    message: `The ${proxy.label} ${said}`,
    hint,
    details: { variable: proxy.variable, status },
  });
}

function reasonFor(status: number, target: string, proxy: ProxyServer): readonly [string, string] {
  if (status === 407) {
    return proxy.authorization
      ? ['refuses the login it was given', `correct the login in ${proxy.variable}`]
      : ['asks for a login', `write the login into ${proxy.variable}: http://user:password@host:port`];
  }
  if (status === 403) {
    return [
      `does not allow connections to ${target}`,
      `ask who runs the proxy to allow ${target}, or list it in NO_PROXY`,
    ];
  }
  return [
    `opened no connection to ${target}, it answered with status ${status}`,
    `check the host name, then ${proxy.variable} and NO_PROXY`,
  ];
}
