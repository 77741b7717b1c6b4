import {
  Agent,
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Clock, systemClock } from '../../src/core/clock.ts';
import { cutFrames, type EventFault, halves } from './relay-cuts.ts';

/**
 * What may happen to a request. `reset` and `stall` never reach the service, `slow` does so after a while; `lost`, `late-500` and
 * `late-503` are acted upon first; the others are answered in the service's place.
 */
export type RequestFault = (typeof SUDDEN_FAULTS)[number] | 'stall' | 'slow' | 'expired';

/** Those that are over at once. */
export const SUDDEN_FAULTS = ['reset', 'lost', 'late-500', 'late-503', '500', '503', '429', 'retry-after'] as const;

export interface Asked {
  /** Counts from 1. */
  readonly nth: number;
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

export interface RelayPlan {
  fault?(asked: Asked): RequestFault | undefined;
  /** Asked for each frame of a stream and each batch of a poll; `nth` counts from 1. */
  eventFault?(nth: number, text: string): EventFault | undefined;
  /** Nobody listens for a moment, from the answer before this request on. */
  readonly refusedAt?: number;
  /** The wall's, unless another one is given. */
  readonly clock?: Clock;
  /** How long what is slow takes, and what stalls before it breaks. */
  heldMs?(): number;
}

/** Stands between a client and the simulator and breaks what the plan says, over real sockets. */
export interface Relay extends AsyncDisposable {
  readonly port: number;
  readonly asked: readonly Asked[];
  /** Frames and batches so far. */
  readonly events: readonly string[];
  forwardTo(port: number): void;
}

const REFUSED_MS = 60;
const HELD_MS = 1000;

export async function startRelay(plan: RelayPlan = {}): Promise<Relay> {
  const { clock = systemClock } = plan;
  const asked: Asked[] = [];
  const events: string[] = [];
  const agent = new Agent({ keepAlive: true });
  const server = createServer((incoming, outgoing) => void serve(incoming, outgoing).catch(() => outgoing.destroy()));
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  let target = 0;
  let repeat: Buffer | undefined;
  let closed = false;

  function noteEvent(text: string): EventFault | undefined {
    events.push(text);
    return plan.eventFault?.(events.length, text);
  }

  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await readAll(incoming);
    const path = (incoming.url ?? '/').replace(/\?.*$/, '');
    const one = { nth: asked.length + 1, method: incoming.method ?? 'GET', path, body: body.toString('latin1') };
    asked.push(one);
    if (plan.refusedAt === one.nth + 1) outgoing.once('close', () => void refuseForAMoment());
    const fault = plan.fault?.(one);
    if (fault === 'stall' || fault === 'slow') await hold(outgoing);
    if (fault === 'reset' || fault === 'stall') return void incoming.socket.destroy();
    if (fault !== undefined && !/^l|^slow/.test(fault)) return answerInstead(outgoing, fault);
    await pass(incoming, body, outgoing, { path, fault });
  }

  /** Rejects where the client does not wait for so long. */
  async function hold(outgoing: ServerResponse): Promise<void> {
    const gone = new AbortController();
    const leave = () => gone.abort(new Error('the client has left'));
    if (outgoing.destroyed) leave();
    outgoing.once('close', leave);
    await clock.sleep(plan.heldMs?.() ?? HELD_MS, gone.signal);
  }

  async function refuseForAMoment(): Promise<void> {
    if (closed) return;
    server.close();
    server.closeIdleConnections();
    await clock.sleep(REFUSED_MS);
    if (!closed) await listen(port);
  }

  async function pass(
    incoming: IncomingMessage,
    body: Buffer,
    outgoing: ServerResponse,
    { path, fault }: { path: string; fault: RequestFault | undefined },
  ): Promise<void> {
    const isPoll = path.endsWith('/System/Messages');
    if (isPoll && repeat) return repeatBatch(outgoing, repeat);
    const answer = await forward(incoming, body, outgoing);
    if (fault && fault !== 'slow') return spoil(answer, outgoing, fault);
    if (isStream(answer.headers)) return passStream(answer, outgoing);
    const content = redirected(await readAll(answer));
    const isBatch = isPoll && answer.statusCode === 200 && content.includes('"messages"');
    if (isBatch) return await passBatch(answer, content, outgoing);
    outgoing.writeHead(answer.statusCode ?? 500, sized(answer.headers, content)).end(content);
  }

  function repeatBatch(outgoing: ServerResponse, content: Buffer): void {
    repeat = undefined;
    outgoing.writeHead(200, { 'content-type': 'application/json' }).end(content);
  }

  /** The service has acted; its answer does not arrive, or another one does. */
  async function spoil(answer: IncomingMessage, outgoing: ServerResponse, fault: RequestFault): Promise<void> {
    if (!isStream(answer.headers)) await readAll(answer);
    answer.destroy();
    if (fault === 'lost') outgoing.destroy();
    else answerInstead(outgoing, fault.replace('late-', ''));
  }

  function forward(incoming: IncomingMessage, body: Buffer, outgoing: ServerResponse): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const { method = 'GET', url = '/', headers } = incoming;
      const onward = request({ host: '127.0.0.1', port: target, method, path: url, headers, agent }, resolve);
      onward.once('error', reject);
      outgoing.once('close', () => onward.destroy());
      onward.end(body);
    });
  }

  /** The simulator names its own port, for example for uploads. */
  function redirected(content: Buffer): Buffer {
    const text = content.toString('latin1');
    return text.includes(`:${target}`) ? Buffer.from(text.replaceAll(`:${target}`, `:${port}`), 'latin1') : content;
  }

  async function passBatch(answer: IncomingMessage, content: Buffer, outgoing: ServerResponse): Promise<void> {
    const fault = noteEvent(content.toString());
    if (fault === 'stall' || fault === 'slow') await hold(outgoing);
    outgoing.writeHead(answer.statusCode ?? 500, sized(answer.headers, content));
    if (fault === 'before' || fault === 'stall') return void outgoing.destroy();
    if (fault === 'mid-frame' || fault === 'mid-character' || fault === 'mid-batch') {
      return void outgoing.write(halves(content, fault)[0], () => outgoing.destroy());
    }
    if (fault === 'twice') repeat = content;
    outgoing.end(content, () => {
      if (fault === 'after') outgoing.socket?.destroy();
    });
  }

  async function passStream(answer: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    outgoing.writeHead(answer.statusCode ?? 500, answer.headers).flushHeaders();
    for await (const piece of cutFrames(answer, noteEvent)) {
      if (piece === 'hold') await hold(outgoing);
      else if (piece !== 'cut') outgoing.write(piece);
      if (piece !== 'cut') continue;
      // What was written before the cut still has to arrive.
      return void outgoing.write('', () => outgoing.destroy());
    }
    outgoing.end();
  }

  return {
    port,
    asked,
    events,
    forwardTo(simulator) {
      target = simulator;
    },
    async [Symbol.asyncDispose]() {
      closed = true;
      agent.destroy();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function answerInstead(outgoing: ServerResponse, fault: string): void {
  if (fault === 'expired') return void outgoing.writeHead(401).end('Jwt is expired');
  if (fault !== 'retry-after') return void outgoing.writeHead(Number(fault)).end();
  outgoing.writeHead(429, { 'retry-after': '1' }).end();
}

function isStream(headers: IncomingHttpHeaders): boolean {
  return (headers['content-type'] ?? '').startsWith('text/event-stream');
}

function sized(headers: IncomingHttpHeaders, content: Buffer): IncomingHttpHeaders {
  const { 'transfer-encoding': _chunked, ...others } = headers;
  return { ...others, 'content-length': String(content.length) };
}

async function readAll(source: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of source) chunks.push(chunk);
  return Buffer.concat(chunks);
}
