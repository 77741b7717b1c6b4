import type { Readable } from 'node:stream';
import { type Clock, withDeadline } from '../core/clock.ts';
import { HandoffError } from '../core/errors.ts';
import type { Http, HttpRequest, HttpResponse, HttpStream, NetworkOptions } from '../core/http.ts';
import { createDialer } from './dial.ts';
import { networkError, timedOut, type WaitedFor } from './errors.ts';
import { type Answer, exchange, type Question } from './exchange.ts';
import { createKeptSockets } from './kept-sockets.ts';
import { createLadder } from './ladder.ts';
import { createLines, type Line } from './lines.ts';
import { parseOverrides } from './overrides.ts';
import type { Env } from './proxies.ts';
import { placeOf, planRoute, type Route, readUrl } from './route.ts';

export interface HttpOptions extends NetworkOptions {
  readonly env: Env;
  readonly clock: Clock;
  readonly userAgent: string;
}

const LARGEST_BODY = 5 * 1024 * 1024;
const CLOSED = new Error('The stream was closed by its reader');

/** Opens the way to the network. Throws INVALID_ARGUMENT for overrides or certificates that cannot be used. */
export async function createHttp(options: HttpOptions): Promise<Http> {
  const { clock, env, timeoutMs } = options;
  const rules = { env, overrides: parseOverrides(options.resolve, options.connectTo) };
  const roots = options.ca === undefined ? undefined : await (await import('./roots.ts')).trustedRoots(options.ca, env);

  const dialer = createDialer(roots);
  const plan = (url: string) => planRoute(url, rules);
  const kept = createKeptSockets(clock);
  const lines = createLines(async (origin, stop) => {
    const route = plan(origin);
    const ready = kept.take(route, 'ready');
    if (ready) return ready;
    const late = () => timedOut(route, 'a connection', timeoutMs);
    return withDeadline(clock, timeoutMs, late, (signal) => dialer.open(route, signal), stop);
  });
  const asker = { clock, timeoutMs, plan, userAgent: options.userAgent };

  return {
    request: (request) => ask(asker, lines.open, request, readWhole),
    stream: (request) =>
      ask(asker, lines.open, request, async (answer, route) => openStream(answer, route, request.signal)),
    ...createLadder({ clock, timeoutMs, plan, dialer, kept }),
    close: async () => {
      kept.close();
      lines.destroy();
    },
  };
}

interface Asker {
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly userAgent: string;
  readonly plan: (url: string) => Route;
}

/** One exchange within its limit. `finish` takes what is needed of the answer before the limit ends. */
async function ask<T>(
  asker: Asker,
  openLine: (origin: string) => Line,
  request: HttpRequest,
  finish: (answer: Answer, route: Route) => Promise<T>,
): Promise<T> {
  const route = asker.plan(request.url);
  request.signal?.throwIfAborted();
  const ms = request.timeoutMs ?? asker.timeoutMs;
  let waitedFor: WaitedFor = 'a connection';
  const work = async (signal: AbortSignal) => {
    const sent = () => {
      waitedFor = 'the headers';
    };
    try {
      const { origin } = readUrl(request.url);
      const answer = await exchange(openLine(origin), questionOf(request, asker.userAgent), signal, sent);
      waitedFor = 'the rest of the answer';
      return await finish({ ...answer, body: await decoded(answer) }, route);
    } catch (thrown) {
      throw signal.aborted ? signal.reason : networkError(thrown, route);
    }
  };
  return withDeadline(asker.clock, ms, () => timedOut(route, waitedFor, ms), work, request.signal);
}

async function decoded({ body, headers }: Answer): Promise<Readable> {
  const encoding = headers['content-encoding'];
  return encoding === undefined ? body : (await import('./content-encoding.ts')).decodeBody(body, encoding);
}

function questionOf(request: HttpRequest, userAgent: string): Question {
  const url = readUrl(request.url);
  const given = Object.entries(request.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]);
  return {
    method: request.method ?? 'GET',
    host: url.host,
    path: url.pathname + url.search,
    headers: { 'user-agent': userAgent, accept: '*/*', ...Object.fromEntries(given) },
    ...(request.body === undefined ? {} : { body: request.body }),
  };
}

async function readWhole(answer: Answer, route: Route): Promise<HttpResponse> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of answer.body as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    size += chunk.length;
    // Throwing out of the loop destroys the body, and with it the socket.
    if (size > LARGEST_BODY) throw tooLarge(route);
  }
  return { status: answer.status, headers: answer.headers, body: Buffer.concat(chunks).toString('utf8') };
}

function tooLarge(route: Route): HandoffError {
  return new HandoffError('ANSWER_TOO_LARGE', {
    message: `The answer of ${placeOf(route)} is larger than 5 MB, which no right one is`,
    details: { limitBytes: LARGEST_BODY },
  });
}

function openStream(answer: Answer, route: Route, signal: AbortSignal | undefined): HttpStream {
  const { status, headers, body } = answer;
  return { status, headers, chunks: readChunks(body, route, signal), close: () => void body.destroy(CLOSED) };
}

async function* readChunks(
  body: Readable,
  route: Route,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array, void, void> {
  try {
    for await (const chunk of body as AsyncIterable<Uint8Array>) yield chunk;
  } catch (thrown) {
    if (body.errored === CLOSED) return;
    throw signal?.aborted ? signal.reason : networkError(thrown, route);
  }
}
