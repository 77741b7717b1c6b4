import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the server does with a request: an answer, no answer yet, or a connection cut off. */
type Answer = { readonly status: number; readonly body?: unknown; readonly type?: string } | 'hold' | 'drop';

interface Received {
  readonly method: string;
  /** `Prefix/Noun`, without the session key of a DELETE. */
  readonly noun: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: unknown;
}

/** A Chat REST server that does what the test says, on a real socket. Polls without a script are held. */
export interface LiveChatServer extends AsyncDisposable {
  readonly url: string;
  readonly received: readonly Received[];
  /** The most polls that were ever open at once. */
  readonly mostPolls: number;
  /** Resolves as soon as no poll is open. */
  noPoll(): Promise<void>;
  /** Queues answers for a noun; each serves one request. */
  script(noun: string, ...answers: Answer[]): void;
  /** Queues one 200 poll answer with these messages, numbered on. */
  deliver(...messages: unknown[]): void;
  /** Starts the numbering of messages anew, as after ReconnectSession. */
  restart(): void;
  /** The n-th request (from 1) for a noun, as soon as it has come. */
  request(noun: string, nth?: number): Promise<Received>;
  of(noun: string): readonly Received[];
}

export const SESSION = {
  clientPollTimeout: 40,
  key: '3f0c9b1e-7a52-4d7e-9c31-5b8e2a64d0f7!1718200455123!H3cA+ShTTNySJ+kCdi30odTCar8=',
  affinityToken: '7be0c41d',
  id: '3f0c9b1e-7a52-4d7e-9c31-5b8e2a64d0f7',
};

const DEFAULTS: Readonly<Record<string, Answer>> = {
  'Visitor/Availability': { status: 200, body: { messages: [{ type: 'Availability', message: { results: [] } }] } },
  'System/SessionId': { status: 200, body: SESSION },
  'System/Messages': 'hold',
};

const OK: Answer = { status: 200, body: 'OK', type: 'text/plain' };

export async function startLiveChatServer(): Promise<LiveChatServer> {
  const received: Received[] = [];
  const scripts = new Map<string, Answer[]>();
  const held: { noun: string; answer(answer: Answer): void }[] = [];
  let watchers: { fits(): Received | undefined; resolve(request: Received): void }[] = [];
  const idle: (() => void)[] = [];
  let openPolls = 0;
  let mostPolls = 0;
  let lastIndex = -1;

  const server = createServer(async (request, response) => {
    const entry = await read(request);
    if (entry.noun === 'System/Messages') {
      openPolls += 1;
      mostPolls = Math.max(mostPolls, openPolls);
      response.on('close', () => {
        openPolls -= 1;
        if (openPolls === 0) for (const resolve of idle.splice(0)) resolve();
      });
    }
    received.push(entry);
    for (const watcher of [...watchers]) settle(watcher);
    const scripted = scripts.get(entry.noun)?.shift();
    respond(entry.noun, response, scripted ?? DEFAULTS[entry.noun] ?? OK);
  });

  function settle(watcher: (typeof watchers)[number]): void {
    const found = watcher.fits();
    if (found === undefined) return;
    watchers = watchers.filter((other) => other !== watcher);
    watcher.resolve(found);
  }

  function respond(noun: string, response: ServerResponse, answer: Answer): void {
    if (answer === 'drop') {
      response.destroy();
    } else if (answer === 'hold') {
      const waiting = { noun, answer: (later: Answer) => respond(noun, response, later) };
      held.push(waiting);
      response.on('close', () => {
        const at = held.indexOf(waiting);
        if (at >= 0) held.splice(at, 1);
      });
    } else {
      const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body ?? '');
      response.writeHead(answer.status, { 'content-type': answer.type ?? 'application/json' });
      response.end(answer.status === 204 ? undefined : text);
    }
  }

  function script(noun: string, ...answers: Answer[]): void {
    for (const answer of answers) {
      const at = held.findIndex((waiting) => waiting.noun === noun);
      const waiting = at >= 0 ? held.splice(at, 1)[0] : undefined;
      if (waiting) waiting.answer(answer);
      else scripts.set(noun, [...(scripts.get(noun) ?? []), answer]);
    }
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const of = (noun: string) => received.filter((entry) => entry.noun === noun);
  return {
    url: `http://127.0.0.1:${port}/chat`,
    received,
    get mostPolls() {
      return mostPolls;
    },
    noPoll: () =>
      new Promise((resolve) => {
        if (openPolls === 0) resolve();
        else idle.push(resolve);
      }),
    script,
    deliver(...messages) {
      lastIndex += messages.length;
      script('System/Messages', { status: 200, body: { messages, sequence: lastIndex, offset: 1000 + lastIndex } });
    },
    restart() {
      lastIndex = -1;
    },
    request: (noun, nth = 1) =>
      new Promise((resolve) => {
        const watcher = { fits: () => of(noun)[nth - 1], resolve };
        watchers.push(watcher);
        settle(watcher);
      }),
    of,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function read(request: IncomingMessage): Promise<Received> {
  const url = new URL(request.url ?? '/', 'http://host');
  let text = '';
  for await (const chunk of request) text += String(chunk);
  const path = url.pathname.replace(/^\/chat\/rest\//, '');
  return {
    method: request.method ?? '',
    noun: path.split('/').slice(0, 2).join('/'),
    path,
    query: url.searchParams,
    headers: request.headers as Record<string, string | undefined>,
    body: text === '' ? undefined : JSON.parse(text),
  };
}
