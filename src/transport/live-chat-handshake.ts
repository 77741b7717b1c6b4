import { withDeadline } from '../core/clock.ts';
import type { LiveChatConfig } from '../core/config.ts';
import { HandoffError } from '../core/errors.ts';
import type { AgentEventBody } from '../core/events.ts';
import type { HttpResponse } from '../core/http.ts';
import type { TransportDeps, VisitorOptions } from '../core/session.ts';
import { type ChasitorInitRequest, LIVE_CHAT_PATHS, type PreChatDetail } from '../protocol/live-chat.ts';
import { inLiveChatTerms, isTransient, liveChatFailure, statusOf } from './live-chat-errors.ts';
import { type Link, linkDelete, linkPost } from './live-chat-link.ts';
import { MOST_MOVES } from './live-chat-run.ts';
import { followMove, moved } from './live-chat-server.ts';
import { askSessionId } from './live-chat-session-id.ts';
import { askAvailability } from './live-chat-visitor.ts';
import { patiently } from './wait.ts';

const CLEANUP_MS = 5000;
const REPEAT_MS = 1000;

/** A chat that has been requested; `moves` tells of servers that sent us elsewhere. */
export interface RequestedChat {
  readonly link: Link;
  readonly moves: readonly AgentEventBody[];
}

/** Availability (for the sake of a moved org), SessionId, ChasitorInit. What fails on the way leaves no session behind. */
export function requestChat(
  config: LiveChatConfig,
  visitor: VisitorOptions,
  deps: TransportDeps,
): Promise<RequestedChat> {
  return inLiveChatTerms(handshake(config, visitor, deps));
}

async function handshake(config: LiveChatConfig, visitor: VisitorOptions, deps: TransportDeps): Promise<RequestedChat> {
  const { url, moves } = await findServer(config, deps);
  const { http, secrets, timeoutMs, signal } = deps;
  const link = await patiently(deps, () => askSessionId(http, secrets, { url, timeoutMs, signal }));
  const keep = () => keepFor(link, deps);
  link.changed = () => void keep();
  await keep();
  await initialise(link, config, visitor, deps);
  return { link, moves };
}

async function keepFor(link: Link, { leftover }: TransportDeps): Promise<void> {
  await leftover?.keep({
    channel: 'live-chat',
    conversationId: link.sessionId,
    config: { liveAgentUrl: link.url },
    sessionKey: link.key,
    affinity: link.affinity,
  });
}

/** A server that the org has left still gives sessions but never routes them, and only `Visitor/*` says so. */
async function findServer(config: LiveChatConfig, deps: TransportDeps) {
  const moves: AgentEventBody[] = [];
  let url = config.liveAgentUrl;
  for (;;) {
    const newUrl = await newServer({ ...config, liveAgentUrl: url }, deps);
    if (newUrl === undefined) return { url, moves };
    if (moves.length >= MOST_MOVES) throw moved('The service sends us from server to server', newUrl);
    moves.push({ type: 'unknown', wireType: 'SwitchServer', raw: { newUrl } });
    url = followMove(url, newUrl);
  }
}

/** Nobody being available is no reason to stop: ChatRequestFail will say more. */
async function newServer(config: LiveChatConfig, deps: TransportDeps): Promise<string | undefined> {
  try {
    const ask = () => askAvailability(deps.http, config, deps.signal, deps.timeoutMs);
    const answer = await patiently(deps, ask);
    return answer.kind === 'moved' ? answer.newUrl : undefined;
  } catch (error) {
    const status = statusOf(error);
    if (status === 404 || status === 405) return undefined;
    throw error;
  }
}

async function initialise(link: Link, config: LiveChatConfig, visitor: VisitorOptions, deps: TransportDeps) {
  const sequence = link.nextSequence;
  link.nextSequence += 1;
  try {
    const body = initRequest(link, config, visitor);
    await patiently(deps, async () => {
      const response = await postInit(link, body, sequence, deps);
      const { status } = response;
      if (status < 200 || status >= 300) throw liveChatFailure(response, 'Chasitor/ChasitorInit', 'handshake');
    });
  } catch (error) {
    // The outer signal may be what stopped us, so the tidying up has a deadline of its own.
    const late = () => new HandoffError('TIMED_OUT');
    const tidied = await withDeadline(deps.clock, CLEANUP_MS, late, (signal) => linkDelete(link, signal)).catch(
      () => undefined,
    );
    if (tidied && (tidied.status < 300 || tidied.status === 403 || tidied.status === 404))
      await deps.leftover?.forget();
    throw error;
  }
}

/** Once more where the answer was lost: by its number the service knows the same request. */
async function postInit(
  link: Link,
  body: ChasitorInitRequest,
  sequence: number,
  { clock, signal }: TransportDeps,
): Promise<HttpResponse> {
  const ask = () => linkPost(link, LIVE_CHAT_PATHS.chasitorInit, body, sequence, signal);
  try {
    return await ask();
  } catch (error) {
    if (signal.aborted || !isTransient(error)) throw error;
    await clock.sleep(REPEAT_MS, signal);
    return ask();
  }
}

function initRequest(link: Link, config: LiveChatConfig, visitor: VisitorOptions): ChasitorInitRequest {
  return {
    organizationId: config.orgId,
    deploymentId: config.deploymentId,
    buttonId: config.buttonId,
    sessionId: link.sessionId,
    userAgent: 'sf-handoff',
    language: visitor.language ?? 'en-US',
    screenResolution: '1920x1080',
    visitorName: visitor.visitorName ?? 'Visitor',
    prechatDetails: Object.entries({ ...config.preChat, ...visitor.preChat }).map(preChatDetail),
    prechatEntities: [],
    buttonOverrides: [],
    receiveQueueUpdates: true,
    isPost: true,
  };
}

function preChatDetail([label, value]: [string, string]): PreChatDetail {
  return { label, value, transcriptFields: [], displayToAgent: true, entityMaps: [] };
}
