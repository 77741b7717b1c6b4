import { type Answer, refuse } from './miaw-answer.ts';
import { misshapen, NOT_JSON, parseObject, stringOf, stringsOf } from './miaw-body.ts';
import {
  attributesRefused,
  authorize,
  closedRefused,
  deploymentRefused,
  idRefused,
  namedDeploymentRefused,
  ownConversation,
  rateRefused,
  startRefused,
} from './miaw-checks.ts';
import { closeEntry } from './miaw-encode.ts';
import { visitor } from './miaw-participants.ts';
import { append, emitEvent, openSession, playSession } from './miaw-session.ts';
import { type Conversation, findConversation, type MiawState, subjectOf } from './miaw-state.ts';
import type { Token } from './miaw-tokens.ts';
import type { ReceivedRequest } from './world.ts';

/** Creates a conversation and starts its routing; repeating the call changes nothing. */
export function createConversation(state: MiawState, request: ReceivedRequest): Answer {
  const who = authorize(state, request);
  if ('refusal' in who) return who.refusal;
  const { token } = who;
  const { world } = state;
  const body = parseObject(request.body);
  if (!body) return NOT_JSON;
  const id = stringOf(body.conversationId);
  const known = findConversation(state, id);
  const refusal =
    misshapen(body, { conversationId: 'string', esDeveloperName: 'string', language: 'string?' }) ??
    deploymentRefused(world, stringOf(body.esDeveloperName)) ??
    rateRefused(state, subjectOf(state, token.subject)) ??
    idRefused(id) ??
    (known && takenRefused(known, token)) ??
    (known ? undefined : startRefused(world)) ??
    attributesRefused(world, body.routingAttributes);
  if (refusal) return refusal;
  const created = world.faults.has('create-json') ? { status: 200, json: { conversationId: id } } : { status: 201 };
  return known ? created : { ...created, afterwards: start(state, token, id, stringsOf(body.routingAttributes)) };
}

function takenRefused(known: Conversation, token: Token): Answer | undefined {
  if (known.subject.id !== token.subject) return refuse(403, 'This conversation belongs to another end user.');
  return closedRefused(known);
}

function start(state: MiawState, token: Token, id: string, attributes: Readonly<Record<string, string>>): () => void {
  const subject = subjectOf(state, token.subject);
  const conversation: Conversation = {
    id,
    subject,
    visitor: visitor(subject.id, token.clientId),
    startedAt: state.world.clock.now(),
    entries: [],
    sentIds: new Map(),
    endedAt: null,
    routingStatus: 'INITIAL',
    session: undefined,
  };
  subject.conversations.set(id, conversation);
  const session = openSession(state, conversation, attributes);
  return () => playSession(state, conversation, session);
}

/** Routing status, which alone tells a transfer from an end. */
export function showConversation(state: MiawState, request: ReceivedRequest, id: string): Answer {
  const found = authorizeFor(state, request, id);
  if ('refusal' in found) return found.refusal;
  return { status: 200, json: { conversationId: id, routingStatus: found.conversation.routingStatus } };
}

export function authorizeFor(
  state: MiawState,
  request: ReceivedRequest,
  id: string,
): { conversation: Conversation; token: Token } | { refusal: Answer } {
  const who = authorize(state, request);
  if ('refusal' in who) return who;
  const found = ownConversation(state, who.token, id);
  return 'refusal' in found ? found : { ...found, token: who.token };
}

/** Ends the messaging session and keeps the thread. A session that is over already is as good as ended. */
export function endSession(state: MiawState, request: ReceivedRequest, id: string): Answer {
  const found = authorizeFor(state, request, id);
  if ('refusal' in found) return found.refusal;
  const { conversation } = found;
  return closedRefused(conversation) ?? { status: 204, afterwards: () => leave(state, conversation) };
}

function leave(state: MiawState, conversation: Conversation): void {
  const { session } = conversation;
  if (session) emitEvent(state, conversation, session, { type: 'ended', by: 'visitor' });
}

/** Closes the conversation for good. */
export function closeConversation(state: MiawState, request: ReceivedRequest, id: string): Answer {
  const found = authorizeFor(state, request, id);
  if ('refusal' in found) return found.refusal;
  const { conversation } = found;
  const refusal = namedDeploymentRefused(state.world, request.url.searchParams) ?? closedRefused(conversation);
  if (refusal) return refusal;
  conversation.endedAt = state.world.clock.now();
  return {
    status: 204,
    afterwards() {
      leave(state, conversation);
      append(state, conversation, closeEntry(id, conversation.visitor));
    },
  };
}
