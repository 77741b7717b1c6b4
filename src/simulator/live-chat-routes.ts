import type { ServerResponse } from 'node:http';
import { postAction, postMultiNoun, postTelemetry } from './live-chat-actions.ts';
import { ANSWERS, type Answer, writeAnswer, wrongVerb } from './live-chat-answer.ts';
import { CHASITOR_ACTIONS } from './live-chat-chasitor.ts';
import { getEmbeddedServiceConfig, getMultiNounScript, getVisitorScript } from './live-chat-jsonp.ts';
import { createRegistry, type Registry } from './live-chat-registry.ts';
import { killChat } from './live-chat-session.ts';
import {
  deleteSession,
  openPoll,
  openSession,
  type RouteTurn,
  reconnectSession,
  resyncSession,
} from './live-chat-system.ts';
import { uploadFile } from './live-chat-upload.ts';
import { getVisitor, postBreadcrumb } from './live-chat-visitor.ts';
import type { ReceivedRequest, SimulatedService, World } from './world.ts';

type Handler = (turn: RouteTurn, noun: string) => Answer | Promise<Answer>;
type Verbs = Readonly<Partial<Record<'GET' | 'POST' | 'DELETE', Handler>>>;

const REST = '/chat/rest/';
const SERVLETS = '/services/liveagent/';

/** Every resource by prefix and noun; a star stands for what the path goes on with. */
const RESOURCES: ReadonlyMap<string, Verbs> = new Map<string, Verbs>([
  ['System/SessionId', { GET: openSession }],
  ['System/SessionId/*', { DELETE: deleteSession }],
  ['System/Messages', { GET: openPoll }],
  ['System/ReconnectSession', { GET: reconnectSession }],
  ['System/ResyncSession', { GET: resyncSession }],
  ['System/ResyncSession/*', { GET: resyncSession }],
  ['System/MultiNoun', { POST: postMultiNoun }],
  ['System/MultiNoun.jsonp', { GET: getMultiNounScript }],
  ['Visitor/Availability', { GET: getVisitor }],
  ['Visitor/Availability.jsonp', { GET: getVisitorScript }],
  ['Visitor/Settings', { GET: getVisitor }],
  ['Visitor/Settings.jsonp', { GET: getVisitorScript }],
  ['Visitor/VisitorId', { GET: getVisitor }],
  ['Visitor/VisitorId.jsonp', { GET: getVisitorScript }],
  ['Visitor/Breadcrumb', { POST: postBreadcrumb }],
  ['EmbeddedService/EmbeddedServiceConfig.jsonp', { GET: getEmbeddedServiceConfig }],
  [`${SERVLETS}file`, { POST: uploadFile }],
  ...[...CHASITOR_ACTIONS.keys()].map((noun): [string, Verbs] => [`Chasitor/${noun}`, { POST: postAction }]),
]);

/** Mobile clients send it under many nouns. */
const TELEMETRY: Verbs = { POST: postTelemetry };

/** The Chat REST API of one running simulator, and the servlet that takes files. */
export function createLiveChatService(world: World): SimulatedService {
  const registry = createRegistry(world.clock, world.random);
  return {
    channel: 'live-chat',
    owns: (path) => path.startsWith(REST) || path.startsWith(SERVLETS),
    handle: (request, response) => handle(world, registry, request, response),
    fail: (_request, response, status) =>
      writeAnswer(response, status === 413 ? ANSWERS.tooLarge : ANSWERS.serverError),
    chatCount: () => registry.chatCount(),
    openChats: () =>
      registry
        .all()
        .filter(({ state }) => state === 'requested' || state === 'queued' || state === 'active')
        .map(({ id }) => id),
    close() {
      for (const session of registry.all()) killChat(session);
    },
  };
}

async function handle(
  world: World,
  registry: Registry,
  request: ReceivedRequest,
  response: ServerResponse,
): Promise<void> {
  const { verbs, noun, tail } = findResource(request.path);
  const turn: RouteTurn = { world, registry, request, response, tail };
  writeAnswer(response, outage(world) ?? (await dispatch(turn, verbs, noun)));
}

/** Nobody has written down what the hosts answer after the end of the service, so there is one of each. */
function outage({ faults }: World): Answer | undefined {
  if (faults.has('rate-limit')) return ANSWERS.tooMany;
  if (faults.has('retired')) return ANSWERS.forbidden;
  if (faults.has('retired-404')) return ANSWERS.notFound;
  return faults.has('retired-503') ? ANSWERS.unavailable : undefined;
}

function dispatch(turn: RouteTurn, verbs: Verbs | undefined, noun: string): Answer | Promise<Answer> {
  if (!verbs) return ANSWERS.notFound;
  const { method } = turn.request;
  const handler = method === 'GET' || method === 'POST' || method === 'DELETE' ? verbs[method] : undefined;
  return handler ? handler(turn, noun) : wrongVerb(Object.keys(verbs));
}

interface Found {
  readonly verbs: Verbs | undefined;
  readonly noun: string;
  readonly tail: string;
}

function findResource(path: string): Found {
  const [prefix = '', noun = '', ...rest] = path.startsWith(REST) ? path.slice(REST.length).split('/') : [];
  const tail = decode(rest.join('/'));
  const name = path.startsWith(SERVLETS) ? path : [prefix, noun, ...(tail === '' ? rest : ['*'])].join('/');
  const telemetry = prefix === 'WebEvent' && noun !== '' && rest.length === 0;
  return { verbs: telemetry ? TELEMETRY : RESOURCES.get(name), noun: bare(noun), tail };
}

function bare(noun: string): string {
  return noun.replace(/\.jsonp$/, '');
}

/** A session key in a path may come encoded or as it is. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
