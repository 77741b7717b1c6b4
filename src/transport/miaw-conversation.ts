import { withDeadline } from '../core/clock.ts';
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

/** Creates the conversation and starts the routing; again under the same id is harmless. Success is any 2xx. */
export async function createConversation(line: Line, intro: Introduction, signal: AbortSignal): Promise<void> {
  const body: CreateConversationRequest = {
    conversationId: line.conversationId,
    esDeveloperName: line.config.developerName,
    ...intro,
  };
  const response = await callLine(line, { method: 'POST', path: null, body, repeat: 'whole', signal });
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

/** A refusal (403) is not among them: it says nothing about the conversation. */
const NOT_THERE = [404, 410];
/** A session that will not end ends with its conversation. */
const SESSION_MS = 2000;

/**
 * Ends the messaging session and closes the conversation for good; `at-once` does not wait for the one before the other.
 * Throws CHAT_LEFT_OPEN where the service does not confirm that the conversation is closed.
 */
export async function closeConversation(line: Line, signal: AbortSignal, pace: 'in-order' | 'at-once'): Promise<void> {
  const query = `?${new URLSearchParams({ esDeveloperName: line.config.developerName })}`;
  const call = { method: 'DELETE', repeat: 'whole' } as const;
  const late = () => new HandoffError('TIMED_OUT');
  const endSession = (limit: AbortSignal) =>
    callLine(line, { ...call, path: `${CONVERSATION_PATHS.session}${query}`, signal: limit });
  const sessionEnd = withDeadline(line.deps.clock, SESSION_MS, late, endSession, signal).catch(() => undefined);
  if (pace === 'in-order') await sessionEnd;
  try {
    const response = await callLine(line, { ...call, path: query, signal });
    const session = await sessionEnd;
    const isGone = session !== undefined && (isSuccess(session) || NOT_THERE.includes(session.status));
    if (!(isGone && NOT_THERE.includes(response.status))) demand(line, 'close', response);
  } catch (cause) {
    signal.throwIfAborted();
    throw new HandoffError('CHAT_LEFT_OPEN', { cause });
  }
}

function demand(line: Line, call: MiawCall, response: HttpResponse): void {
  if (!isSuccess(response)) throw miawError(call, response, line.deps.secrets);
}
