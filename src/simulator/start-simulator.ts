import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { systemClock, systemRandom } from '../core/clock.ts';
import type { PreChat } from '../core/config.ts';
import { allowAnyOrigin } from './cors.ts';
import { findFault } from './faults.ts';
import { breakRequest } from './general-faults.ts';
import { claimCompression, compressAnswers } from './gzip-faults.ts';
import { createJournal, type Journal } from './journal.ts';
import { closeServer, listen } from './listen.ts';
import { createLiveChatService } from './live-chat-routes.ts';
import { createMiawService } from './miaw-routes.ts';
import type { SimulatedChat, Simulator, SimulatorOptions } from './model.ts';
import { playScenario } from './play-scenario.ts';
import { receiveRequest } from './receive-request.ts';
import { DEFAULT_SCENARIO, findScenario } from './scenarios.ts';
import type { FailureStatus, ReceivedRequest, SimulatedService, World } from './world.ts';

const FAILURES = {
  413: 'The request body is larger than 6 MB.',
  500: 'Something went wrong. Try again later.',
} as const;
const ORG_ID = '00D8Z000001kQ7P';

/**
 * Starts both services on one port of 127.0.0.1. Rejects with INVALID_ARGUMENT for a name that does not exist or a port
 * that cannot be, and with PORT_IN_USE.
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const disposed = new AbortController();
  const faults = new Set((options.faults ?? []).map((name) => findFault(name).name));
  const scenario = options.script ?? findScenario(options.scenario ?? DEFAULT_SCENARIO);
  const server = options.tls ? createTlsServer(options.tls) : createServer();
  const port = await listen(server, options.port ?? 0);
  const baseUrl = `${options.tls ? 'https' : 'http'}://127.0.0.1:${port}`;
  const world = createWorld({ options, scenario, faults, baseUrl, signal: disposed.signal });
  const services = [createMiawService(world), createLiveChatService(world)];
  const journal = createJournal(options.onRequest);
  serve(server, world, services, journal);
  return {
    port,
    urls: { 'live-chat': world.values['live-chat'].liveAgentUrl, miaw: baseUrl },
    values: world.values,
    journal: journal.requests,
    totals: () => ({
      requests: journal.total(),
      chats: services.reduce((sum, service) => sum + service.chatCount(), 0),
    }),
    openChats: () => services.flatMap((service) => service.openChats()),
    waitForRequest: (fits, signal) =>
      journal.waitFor(fits, signal ? AbortSignal.any([signal, disposed.signal]) : disposed.signal),
    async [Symbol.asyncDispose]() {
      if (disposed.signal.aborted) return;
      disposed.abort(new DOMException('The simulator was stopped', 'AbortError'));
      for (const service of services) service.close();
      await closeServer(server);
    },
  };
}

/** Faults of the form show only in values that are passed on. */
const FORM_FAULTS: readonly string[] = ['field-missing', 'field-short', 'field-required', 'form-once'];

function preChatOf(faults: ReadonlySet<string>): { preChat?: PreChat } {
  return FORM_FAULTS.some((fault) => faults.has(fault)) ? { preChat: { City: 'Hyderabad' } } : {};
}

type Given = Pick<World, 'options' | 'scenario' | 'faults' | 'baseUrl' | 'signal'>;

function createWorld(given: Given): World {
  const { options, scenario, baseUrl } = given;
  const clock = options.clock ?? systemClock;
  const pace = options.pace ?? 1;
  const liveAgentUrl = `${baseUrl}/chat`;
  const ids = { orgId: ORG_ID, deploymentId: '5728Z000000Xv2K', buttonId: '5738Z000000Rt9M' };
  return {
    ...given,
    clock,
    random: options.random ?? systemRandom,
    pace,
    values: {
      'live-chat': { channel: 'live-chat', liveAgentUrl, ...ids },
      miaw: { channel: 'miaw', orgId: ORG_ID, baseUrl, developerName: 'Acme_Bot', ...preChatOf(given.faults) },
    },
    openedChat: (chat: SimulatedChat) =>
      void (options.attend ? options.attend(chat) : playScenario(scenario, { chat, clock, pace })),
  };
}

function serve(server: Server, world: World, services: readonly SimulatedService[], journal: Journal): void {
  server.on('request', (incoming: IncomingMessage, response: ServerResponse) => {
    answer(incoming, response, world, services, journal).catch((thrown: unknown) => giveUp(response, thrown));
  });
}

/** The client has hung up, the simulator is being stopped, or the simulator is wrong: only the last has a reader. */
function giveUp(response: ServerResponse, thrown: unknown): void {
  if (response.headersSent || response.destroyed) response.destroy();
  else answerText(response, 500, `The simulator failed: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
}

async function answer(
  incoming: IncomingMessage,
  response: ServerResponse,
  world: World,
  services: readonly SimulatedService[],
  journal: Journal,
): Promise<void> {
  allowAnyOrigin(incoming.headers, response);
  const request = await receiveRequest(incoming, world.baseUrl);
  const service = services.find(({ owns }) => owns(request.path));
  const note = journal.add({ ...request, at: world.clock.now(), channel: service?.channel ?? 'other' });
  noteStatus(response, note);
  if (world.faults.has('gzip')) compressAnswers(response);
  if (world.faults.has('bad-gzip')) claimCompression(response);
  if (request.tooLarge) drain(incoming, response);
  await route(request, response, world, service);
}

async function route(
  request: ReceivedRequest,
  response: ServerResponse,
  world: World,
  service: SimulatedService | undefined,
): Promise<void> {
  if (request.method === 'OPTIONS') {
    response.writeHead(204);
    response.end();
    return;
  }
  const fail = (status: FailureStatus) =>
    service ? service.fail(request, response, status) : answerText(response, status, FAILURES[status]);
  if (request.tooLarge) return fail(413);
  if (await breakRequest(world, response, () => fail(500))) return;
  if (service) await service.handle(request, response);
  else answerText(response, 404, 'Not Found');
}

/** What is still being sent is read and forgotten, or the client would see a broken connection instead of the answer. */
function drain(incoming: IncomingMessage, response: ServerResponse): void {
  incoming.resume();
  response.setHeader('connection', 'close');
}

function answerText(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ message }));
}

/** Node calls `writeHead` for every answer, also where a service leaves it to `end`; a broken connection has none. */
function noteStatus(response: ServerResponse, note: (status: number) => void): void {
  const writeHead = response.writeHead;
  response.once('close', () => {
    if (!response.headersSent) note(0);
  });
  response.writeHead = function noted(this: ServerResponse, ...rest: Parameters<typeof writeHead>) {
    note(rest[0]);
    return writeHead.apply(response, rest);
  } as typeof writeHead;
}
