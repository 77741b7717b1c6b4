import { type Answer, refuse } from './miaw-answer.ts';
import { isObject, type Json, misshapen, NOT_JSON, parseObject, stringOf, stringsOf } from './miaw-body.ts';
import {
  attributesRefused,
  closedRefused,
  deploymentRefused,
  messageLimitRefused,
  rateRefused,
} from './miaw-checks.ts';
import { authorizeFor } from './miaw-conversations.ts';
import { publishedConfig } from './miaw-deployment.ts';
import { messageEntry } from './miaw-encode.ts';
import { richLink, textContent } from './miaw-message-content.ts';
import { responseRefused } from './miaw-responses.ts';
import { acknowledge, append, emitEvent, openSession, playSession } from './miaw-session.ts';
import { type Conversation, hasFault, type MiawState } from './miaw-state.ts';
import { splitAtLink, textOfMessage } from './miaw-visitor-text.ts';
import type { ReceivedRequest } from './world.ts';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const CONTENT = {
  StaticContentMessage: 'staticContent',
  ChoicesResponseMessage: 'choicesResponse',
  FormResponseMessage: 'formResponse',
} as const;

/** A visitor's message once it is known to be right: `content` is the echo's part of `abstractMessage`. */
export interface VisitorMessage {
  readonly id: string;
  readonly content: Json;
  readonly text: string;
}

export function sendMessage(state: MiawState, request: ReceivedRequest, id: string): Answer {
  const body = parseObject(request.body);
  const found = authorizeFor(state, request, id);
  if ('refusal' in found) return found.refusal;
  if (!body) return NOT_JSON;
  const { message } = body;
  if (!isObject(message)) return refuse(400, 'message must be of type object.');
  const { conversation } = found;
  const refusal =
    messageRefused(message) ??
    sendRefused(state, conversation, body) ??
    attributesRefused(state.world, body.routingAttributes);
  if (refusal) return refusal;
  const content = contentOf(message);
  return accept(state, conversation, body, { id: stringOf(message.id), content, text: textOfMessage(content) });
}

function messageRefused(message: Json): Answer | undefined {
  const type = stringOf(message.messageType);
  const member = Object.hasOwn(CONTENT, type) ? CONTENT[type as keyof typeof CONTENT] : undefined;
  const shape = { id: 'string', messageType: 'string', inReplyToMessageId: 'string?' } as const;
  return (
    misshapen(message, shape, 'message.') ??
    messageIdRefused(message) ??
    (member ? undefined : refuse(400, `message.messageType ${type} cannot be sent by an end user.`)) ??
    (member && misshapen(message, { [member]: 'object' }, 'message.')) ??
    (type === 'StaticContentMessage' ? textRefused(message.staticContent) : responseRefused(message))
  );
}

export function messageIdRefused({ id }: Json): Answer | undefined {
  return UUID.test(stringOf(id)) ? undefined : refuse(400, 'message.id must be a UUID.');
}

function textRefused(content: unknown): Answer | undefined {
  const { formatType, text } = isObject(content) ? content : {};
  if (formatType !== 'Text') return refuse(400, 'message.staticContent.formatType must be Text.');
  return stringOf(text).trim() === '' ? refuse(400, 'message.staticContent.text is required.') : undefined;
}

/** The checks that messages and files share, in the order of the service. */
export function sendRefused(state: MiawState, conversation: Conversation, body: Json): Answer | undefined {
  return (
    misshapen(body, { esDeveloperName: 'string', isNewMessagingSession: 'boolean?', language: 'string?' }) ??
    deploymentRefused(state.world, stringOf(body.esDeveloperName)) ??
    rateRefused(state, conversation.subject) ??
    messageLimitRefused(state, conversation) ??
    closedRefused(conversation) ??
    sessionRefused(state, conversation, body.isNewMessagingSession === true)
  );
}

/** With a form for every session a message alone cannot start one. */
export function sessionRefused(state: MiawState, { session }: Conversation, isNew: boolean): Answer | undefined {
  const isPerSession = publishedConfig(state.world).forms?.[0]?.displayContext === 'Session';
  if (session || isNew || !isPerSession) return undefined;
  return refuse(417, 'There is no messaging session; the message has to start a new one.');
}

function contentOf(message: Json): Json {
  const { id: _id, ...content } = message;
  return content;
}

/** Takes the message in; the same id a second time is answered alike and changes nothing. */
export function accept(state: MiawState, conversation: Conversation, body: Json, message: VisitorMessage): Answer {
  const known = conversation.sentIds.get(message.id);
  const clientTimestamp = known ?? state.world.clock.now();
  const answer = {
    status: 202,
    json: { conversationEntries: [{ id: message.id, clientTimestamp }] },
    lost: hasFault(state, 'lost-send', conversation.subject),
  };
  if (known !== undefined) return answer;
  conversation.sentIds.set(message.id, clientTimestamp);
  return { ...answer, afterwards: deliver(state, conversation, body, message) };
}

function deliver(state: MiawState, conversation: Conversation, body: Json, message: VisitorMessage): () => void {
  const running = conversation.session;
  const session = running ?? openSession(state, conversation, stringsOf(body.routingAttributes));
  return () => {
    if (session.status === 'Inactive') {
      emitEvent(state, conversation, session, { type: 'session', state: 'active' });
    }
    for (const { id, content } of partsOf(state, message)) {
      append(state, conversation, messageEntry(id, content, conversation.visitor, null, [session.id]));
      session.unread.push(id);
    }
    acknowledge(state, conversation, session);
    session.inbox.put(message.text);
    if (!running) playSession(state, conversation, session);
  };
}

/** Some servers tell a link at either end of the text as a message of its own. */
function partsOf(state: MiawState, message: VisitorMessage): readonly { id: string; content: Json }[] {
  const split = state.world.faults.has('split-urls') ? splitAtLink(message.text) : undefined;
  if (!split) return [message];
  const staticMessage = { messageType: 'StaticContentMessage' };
  return [
    { id: message.id, content: { ...staticMessage, staticContent: textContent(split.text) } },
    { id: state.world.random.uuid(), content: { ...staticMessage, staticContent: richLink(split.url, split.url) } },
  ];
}
