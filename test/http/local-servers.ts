import { once } from 'node:events';
import * as http from 'node:http';
import * as https from 'node:https';
import * as net from 'node:net';
import { generate } from 'selfsigned';
import { systemClock } from '../../src/core/clock.ts';
import { HandoffError } from '../../src/core/errors.ts';
import type { Http, HttpStream } from '../../src/core/http.ts';
import { createHttp, type HttpOptions } from '../../src/http/client.ts';

export interface LocalServer extends AsyncDisposable {
  readonly port: number;
  /** Sockets open at this moment. */
  readonly sockets: ReadonlySet<net.Socket>;
  /** How many connections were ever made. */
  readonly connections: number;
}

/** The server on a free loopback port, and at its disposal every socket cut. */
export async function listening(server: net.Server, host = '127.0.0.1'): Promise<LocalServer> {
  const sockets = new Set<net.Socket>();
  let connections = 0;
  server.on('connection', (socket: net.Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => undefined).once('close', () => sockets.delete(socket));
  });
  server.listen(0, host);
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    sockets,
    get connections() {
      return connections;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function serve(handler: http.RequestListener): Promise<LocalServer> {
  return listening(http.createServer(handler));
}

/** A server that speaks bytes, for answers that no HTTP library would send. */
export function serveRaw(onConnection: (socket: net.Socket) => void): Promise<LocalServer> {
  return listening(net.createServer(onConnection));
}

export async function serveTls(identity: Identity, handler?: http.RequestListener): Promise<LocalServer> {
  return listening(https.createServer(identity, handler ?? ((_request, response) => response.end('secure'))));
}

/** A port on which nothing listens. */
export async function closedPort(): Promise<number> {
  await using server = await listening(net.createServer());
  return server.port;
}

export type OpenHttp = Http & AsyncDisposable;

export async function openHttp(options: Partial<HttpOptions> = {}): Promise<OpenHttp> {
  const http = await createHttp({
    timeoutMs: 5000,
    env: {},
    clock: systemClock,
    userAgent: 'sf-handoff/test',
    ...options,
  });
  return { ...http, [Symbol.asyncDispose]: () => http.close() };
}

/** The HandoffError that the promise rejects with; anything else fails the test. */
export async function failureOf(promise: Promise<unknown>): Promise<HandoffError> {
  const thrown = await promise.then(
    () => new Error('it was expected to fail, but did not'),
    (error: unknown) => error,
  );
  if (thrown instanceof HandoffError) return thrown;
  throw thrown;
}

export interface Identity {
  readonly key: string;
  readonly cert: string;
}

const STRONG = { algorithm: 'sha256', keyType: 'ec' } as const;
const DAY_MS = 86_400_000;

/** A certificate authority that nobody trusts by itself. */
export async function createCa(name = 'Test Inspection CA', organization?: string): Promise<Identity> {
  const of = organization === undefined ? [] : [{ name: 'organizationName', value: organization }];
  const made = await generate([{ name: 'commonName', value: name }, ...of], {
    ...STRONG,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, digitalSignature: true, cRLSign: true },
    ],
  });
  return { key: made.private, cert: made.cert };
}

/** A server certificate for `host`, signed by `ca`, valid for `fromDay` to `toDay` counted from today. */
export async function createLeaf(ca: Identity, host: string, fromDay = -1, toDay = 30): Promise<Identity> {
  const made = await generate([{ name: 'commonName', value: host }], {
    ...STRONG,
    ca,
    notBeforeDate: new Date(Date.now() + fromDay * DAY_MS),
    notAfterDate: new Date(Date.now() + toDay * DAY_MS),
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'subjectAltName', altNames: [net.isIP(host) ? { type: 7, ip: host } : { type: 2, value: host }] },
    ],
  });
  return { key: made.private, cert: made.cert };
}

/** A server whose only answer is handed to the test, headers sent, body open. */
export async function serveOpenBody(): Promise<{ server: LocalServer; answer: Promise<http.ServerResponse> }> {
  let hand: (response: http.ServerResponse) => void = () => undefined;
  const answer = new Promise<http.ServerResponse>((resolve) => {
    hand = resolve;
  });
  const server = await serve((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
    hand(response);
  });
  return { server, answer };
}

/** The one reader of a stream, asked step by step. */
export function readerOf(stream: HttpStream): AsyncIterator<Uint8Array> {
  return stream.chunks[Symbol.asyncIterator]();
}
