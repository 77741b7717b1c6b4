import { type Random, systemClock, systemRandom } from '../../src/core/clock.ts';
import type { MiawConfig } from '../../src/core/config.ts';
import type { Http } from '../../src/core/http.ts';
import { createSecrets, type Secrets } from '../../src/core/redact.ts';
import type { ChatSession, VisitorOptions } from '../../src/core/session.ts';
import { createHttp } from '../../src/http/client.ts';
import { openMiawSession } from '../../src/transport/miaw-session.ts';
import { type EventReader, readEvents } from './event-reader.ts';
import { type ManualClock, manualClock } from './manual-clock.ts';
import { type MiawServer, type OpenStream, startMiawServer } from './miaw-server.ts';

/** Half of every ceiling, so that waits are known. */
const HALF: Random = { next: () => 0.5, uuid: () => systemRandom.uuid() };

/** A server and what a client needs to meet it: real sockets, a clock that the test moves. */
export interface MiawBench extends AsyncDisposable {
  readonly server: MiawServer;
  readonly clock: ManualClock;
  readonly http: Http;
  readonly secrets: Secrets;
  readonly outside: AbortController;
  readonly config: MiawConfig;
  readonly deps: Parameters<typeof openMiawSession>[2];
  open(visitor?: VisitorOptions, config?: Partial<MiawConfig>): Promise<ChatSession>;
}

/** `timeoutMs` is real time: only what is meant to time out should need it. */
export async function miawBench(timeoutMs = 5000): Promise<MiawBench> {
  const server = await startMiawServer();
  const http = await createHttp({ timeoutMs, env: {}, clock: systemClock, userAgent: 'test' });
  const clock = manualClock();
  const secrets = createSecrets();
  const outside = new AbortController();
  const sessions: ChatSession[] = [];
  const config: MiawConfig = {
    channel: 'miaw',
    orgId: '00D7X0000004AbC',
    baseUrl: server.url,
    developerName: 'Acme_Custom_Client',
  };
  const deps = { http, clock, random: HALF, secrets, signal: outside.signal, timeoutMs };
  return {
    server,
    clock,
    http,
    secrets,
    outside,
    config,
    deps,
    async open(visitor = {}, more = {}) {
      const session = await openMiawSession({ ...config, ...more }, visitor, deps);
      sessions.push(session);
      return session;
    },
    async [Symbol.asyncDispose]() {
      // Held answers would keep a goodbye waiting.
      server.always('end-session', { status: 204 });
      server.always('close', { status: 204 });
      for (const session of sessions) await session[Symbol.asyncDispose]();
      await http.close();
      await server[Symbol.asyncDispose]();
    },
  };
}

export interface OpenMiawChat {
  readonly session: ChatSession;
  readonly reader: EventReader;
  readonly stream: OpenStream;
}

/** An open chat whose events are being read. */
export async function openMiawChat(bench: MiawBench, visitor?: VisitorOptions): Promise<OpenMiawChat> {
  const session = await bench.open(visitor);
  const reader = readEvents(session);
  // A test that expects the events to fail says so; all others notice by waiting for an event.
  reader.finished.catch(() => undefined);
  return { session, reader, stream: await bench.server.stream() };
}

/** Half of the first back-off's ceiling. */
export const FIRST_WAIT = 500;

/** Lets the first wait pass and hands over the stream that is opened then. */
export async function reconnect(bench: MiawBench, nth = 2): Promise<OpenStream> {
  await bench.clock.waitUntilSleeping(FIRST_WAIT);
  bench.clock.advance(FIRST_WAIT);
  return bench.server.stream(nth);
}
