import { HandoffError } from '../core/errors.ts';
import type { HttpResponse } from '../core/http.ts';
import {
  CONVERSATION_PATHS,
  type CreateConversationRequest,
  type RoutingStatus,
  type TypingRequest,
} from '../protocol/miaw.ts';
import { isSuccess } from './miaw-api.ts';
import { callLine, type Line } from './miaw-call.ts';
import { readHistory, type WireEntry } from './miaw-entry.ts';
import { type MiawCall, miawError } from './miaw-errors.ts';
import { jsonOf, objectOf } from './miaw-json.ts';

const MOST_ENTRIES = 50;

/** What the visitor brings into the conversation. */
export interface Introduction {
  readonly routingAttributes?: Readonly<Record<string, string>>;
  readonly language?: string;
}

/** Creates the conversation and starts the routing. Success is any 2xx, its body means nothing. */
export async function createConversation(line: Line, intro: Introduction, signal: AbortSignal): Promise<void> {
  const body: CreateConversationRequest = {
    conversationId: line.conversationId,
    esDeveloperName: line.config.developerName,
    ...intro,
  };
  const response = await callLine(line, { method: 'POST', path: null, body, repeat: 'refusals', signal });
  demand(line, 'create', response);
}

/** The routing status, or undefined where the service names none. Throws what `miawError` says. */
export async function askRoutingStatus(line: Line, signal: AbortSignal): Promise<RoutingStatus | undefined> {
  const response = await callLine(line, { method: 'GET', path: '', repeat: 'whole', signal });
  demand(line, 'read', response);
  return objectOf(jsonOf(response.body)).routingStatus as RoutingStatus | undefined;
}

/** The latest entries, oldest first. */
export async function askHistory(line: Line, signal: AbortSignal): Promise<readonly WireEntry[]> {
  const path = `${CONVERSATION_PATHS.entries}?limit=${MOST_ENTRIES}&direction=FromEnd`;
  const response = await callLine(line, { method: 'GET', path, repeat: 'whole', signal });
  demand(line, 'read', response);
  return readHistory(jsonOf(response.body));
}

/** Tells the other side that the visitor is typing; worth nothing more than one try. */
export async function sendTyping(line: Line, active: boolean, signal: AbortSignal): Promise<void> {
  const body: TypingRequest = {
    entryType: active ? 'TypingStartedIndicator' : 'TypingStoppedIndicator',
    id: line.deps.random.uuid().toLowerCase(),
  };
  await callLine(line, { method: 'POST', path: CONVERSATION_PATHS.entry, body, repeat: 'never', signal });
}

const ALREADY_OVER = [403, 404, 410];

/** Ends the messaging session, then closes the conversation for good. Throws CHAT_LEFT_OPEN if the latter fails. */
export async function closeConversation(line: Line, signal: AbortSignal): Promise<void> {
  const query = `?${new URLSearchParams({ esDeveloperName: line.config.developerName })}`;
  const call = { method: 'DELETE', repeat: 'whole', signal } as const;
  try {
    // A session that will not end ends with its conversation.
    await callLine(line, { ...call, path: `${CONVERSATION_PATHS.session}${query}` });
  } catch {
    signal.throwIfAborted();
  }
  try {
    const response = await callLine(line, { ...call, path: query });
    if (!ALREADY_OVER.includes(response.status)) demand(line, 'close', response);
  } catch (cause) {
    signal.throwIfAborted();
    throw new HandoffError('CHAT_LEFT_OPEN', { cause });
  }
}

function demand(line: Line, call: MiawCall, response: HttpResponse): void {
  if (!isSuccess(response)) throw miawError(call, response, line.deps.secrets);
}
