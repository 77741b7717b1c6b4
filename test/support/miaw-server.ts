import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the server does with a request: an answer, no answer yet, or a connection cut off. */
export type Answer =
  | {
      readonly status: number;
      readonly body?: unknown;
      readonly type?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | 'hold'
  | 'drop';

export interface Received {
  readonly method: string;
  readonly route: Route;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: unknown;
  /** Answers a request that is held. */
  answer(answer: Answer): void;
}

type Route =
  | 'token'
  | 'continuation'
  | 'stream'
  | 'create'
  | 'message'
  | 'typing'
  | 'acks'
  | 'entries'
  | 'status'
  | 'end-session'
  | 'close'
  | 'config'
  | 'hours'
  | 'other';

/** One open event stream. */
export interface OpenStream {
  write(text: string): void;
  end(): void;
  cut(): void;
}

/** A MIAW server that does what the test says, on a real socket. Routes without a script answer as in a chat that goes well. */
export interface MiawServer extends AsyncDisposable {
  readonly url: string;
  readonly received: readonly Received[];
  /** Streams in the order of opening. */
  readonly streams: readonly OpenStream[];
  /** Resolves as soon as no stream is open. */
  streamsClosed(): Promise<unknown>;
  /** Queues answers for a route; each serves one request. */
  script(route: Route, ...answers: Answer[]): void;
  /** Answers every request of a route from now on. */
  always(route: Route, answer: Answer): void;
  /** The n-th request (from 1) for a route, as soon as it has come. */
  request(route: Route, nth?: number): Promise<Received>;
  of(route: Route): readonly Received[];
  /** The n-th stream (from 1) as soon as it is open. */
  stream(nth?: number): Promise<OpenStream>;
}

export function tokenBody(more: Record<string, unknown> = {}): Record<string, unknown> {
  return { accessToken: jwt({ exp: 4_000_000_000 }), lastEventId: 'first-position', context: {}, ...more };
}

/** An unsigned token with these claims; `mark` tells two of them apart. */
export function jwt(claims: Record<string, unknown>, mark = 'c2lnbmF0dXJl'): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'RS256' })}.${part(claims)}.${mark}`;
}

const DEFAULTS: Readonly<Record<Route, Answer>> = {
  token: { status: 200, body: tokenBody() },
  continuation: { status: 200, body: tokenBody({ accessToken: jwt({ exp: 4_000_000_000 }, 'cmVuZXdlZA') }) },
  stream: { status: 200, type: 'text/event-stream' },
  create: { status: 201 },
  message: { status: 202, body: { conversationEntries: [] } },
  typing: { status: 202 },
  acks: { status: 202 },
  entries: { status: 200, body: { conversationEntries: [] } },
  status: { status: 200, body: { routingStatus: 'ROUTED' } },
  'end-session': { status: 204 },
  close: { status: 204 },
  config: { status: 200, body: { embeddedServiceConfig: { name: 'Acme_Custom_Client' } } },
  hours: { status: 204 },
  other: { status: 404, body: { message: 'Not Found' } },
};

export async function startMiawServer(): Promise<MiawServer> {
  const received: Received[] = [];
  const streams: OpenStream[] = [];
  const scripts = new Map<Route, Answer[]>();
  const constant = new Map<Route, Answer>();
  let open = 0;
  let watchers: (() => boolean)[] = [];
  const look = () => {
    watchers = watchers.filter((settled) => !settled());
  };
  const until = <T>(find: () => T | undefined) =>
    new Promise<T>((resolve) => {
      watchers.push(() => {
        const found = find();
        if (found !== undefined) resolve(found);
        return found !== undefined;
      });
      look();
    });

  function respond(route: Route, response: ServerResponse, answer: Answer): void {
    if (answer === 'hold') return;
    if (answer === 'drop') {
      response.destroy();
      return;
    }
    response.writeHead(answer.status, { 'content-type': answer.type ?? 'application/json', ...answer.headers });
    const isStream = route === 'stream' && answer.status === 200 && answer.body === undefined;
    if (!isStream) {
      response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
      return;
    }
    open += 1;
    response.on('close', () => {
      open -= 1;
      look();
    });
    response.flushHeaders();
    streams.push({
      write: (text) => void response.write(text),
      end: () => void response.end(),
      cut: () => void response.destroy(),
    });
  }

  const server = createServer(async (request, response) => {
    const { text, path, query } = await read(request);
    const route = routeOf(request.method ?? '', path);
    received.push({
      method: request.method ?? '',
      route,
      path,
      query,
      headers: request.headers as Record<string, string | undefined>,
      body: text === '' ? undefined : JSON.parse(text),
      answer: (answer) => respond(route, response, answer),
    });
    respond(route, response, scripts.get(route)?.shift() ?? constant.get(route) ?? DEFAULTS[route]);
    look();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const of = (route: Route) => received.filter((request) => request.route === route);
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    streams,
    streamsClosed: () => until(() => (open === 0 ? true : undefined)),
    script: (route, ...answers) => void scripts.set(route, [...(scripts.get(route) ?? []), ...answers]),
    always: (route, answer) => void constant.set(route, answer),
    request: (route, nth = 1) => until(() => of(route)[nth - 1]),
    of,
    stream: (nth = 1) => until(() => streams[nth - 1]),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function read(request: IncomingMessage) {
  const url = new URL(request.url ?? '/', 'http://host');
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return { text, path: url.pathname, query: url.searchParams };
}

const CONVERSATION = /^\/iamessage\/api\/v2\/conversation\/[0-9a-f-]{36}(\/[a-z-]+)?$/;

function routeOf(method: string, path: string): Route {
  if (path === '/iamessage/api/v2/authorization/unauthenticated/access-token') return 'token';
  if (path === '/iamessage/api/v2/authorization/continuation-access-token') return 'continuation';
  if (path === '/eventrouter/v1/sse') return 'stream';
  if (path === '/embeddedservice/v1/embedded-service-config') return 'config';
  if (path === '/embeddedservice/v1/businesshours') return 'hours';
  if (path === '/iamessage/api/v2/conversation') return 'create';
  const below = CONVERSATION.exec(path);
  if (!below) return 'other';
  return BELOW[`${method} ${below[1] ?? ''}`] ?? 'other';
}

const BELOW: Readonly<Record<string, Route>> = {
  'GET ': 'status',
  'DELETE ': 'close',
  'GET /entries': 'entries',
  'POST /message': 'message',
  'POST /entry': 'typing',
  'POST /acknowledge-entries': 'acks',
  'DELETE /session': 'end-session',
};
