import type { Random } from '../core/clock.ts';
import type { AgentEventBody, MessageEvent } from '../core/events.ts';
import type { ChatRequestFailReason, IdleTimeout, LiveChatMessage } from '../protocol/live-chat.ts';
import {
  agentTyping,
  chatEnded,
  chatMessage,
  chatRequestFail,
  chatRequestSuccess,
  fileRequested,
  queueUpdate,
  richMessage,
} from './live-chat-messages.ts';
import { createPeople, type People } from './live-chat-people.ts';

/** What the encoding of one chat depends on. */
export interface EncoderOptions {
  readonly visitorId: string;
  readonly details: readonly unknown[];
  readonly receiveQueueUpdates: boolean;
  readonly idle: IdleTimeout;
  readonly baseUrl: string;
  readonly random: Random;
  /** Whether typing stops before it starts, which clients have seen. */
  readonly typingDisorder: () => boolean;
  /** Told about each token under which a file may be uploaded. */
  readonly expectFile: (token: string) => void;
}

/** Turns a neutral event into this wire's messages: none where the wire has no word for it. */
export type Encode = (event: AgentEventBody) => readonly LiveChatMessage[];

interface EncoderState extends EncoderOptions {
  readonly people: People;
  accepted: boolean;
}

export function createEncoder(options: EncoderOptions): Encode {
  const state: EncoderState = { ...options, people: createPeople(options.idle, options.random), accepted: false };
  return (event) => encode(state, event);
}

function encode(state: EncoderState, event: AgentEventBody): readonly LiveChatMessage[] {
  switch (event.type) {
    case 'queued':
      return encodeQueued(state, event.position ?? 0, event.estimatedWaitSeconds ?? -1);
    case 'joined':
      return isOurs(event.participant) ? [...accept(state), ...state.people.joined(event.participant)] : [];
    case 'left':
      return isOurs(event.participant) ? state.people.left(event.participant) : [];
    case 'message':
      return encodeMessage(state, event);
    case 'typing':
      return isOurs(event.participant) ? encodeTyping(state, event) : [];
    case 'transferred':
      return [...accept(state), ...state.people.transferred(event)];
    case 'rejected':
      return [chatRequestFail(failReason(event.reason, event.code))];
    case 'ended':
      return encodeEnded(state, event);
    case 'unknown':
      return [{ type: event.wireType, message: event.raw === undefined ? {} : event.raw }];
    case 'connecting':
    case 'started':
    case 'sent':
    case 'receipt':
    case 'session':
    case 'reconnecting':
    case 'reconnected':
    case 'error':
      return [];
  }
}

function isOurs(participant: { readonly role: string }): boolean {
  return participant.role !== 'visitor' && participant.role !== 'system';
}

function encodeQueued(state: EncoderState, position: number, wait: number): readonly LiveChatMessage[] {
  if (!state.accepted) return accept(state, position, wait);
  return state.receiveQueueUpdates ? [queueUpdate(position, wait)] : [];
}

/** A request is accepted before anything else can happen to it, whether or not the script says so. */
function accept(state: EncoderState, position = 0, wait = -1): readonly LiveChatMessage[] {
  if (state.accepted) return [];
  state.accepted = true;
  const { visitorId, details } = state;
  return [chatRequestSuccess({ visitorId, position, estimatedWaitSeconds: wait, details })];
}

function encodeMessage(state: EncoderState, event: MessageEvent): readonly LiveChatMessage[] {
  if (event.from.role === 'visitor') return [];
  return [...accept(state), messageBody(state, event)];
}

function messageBody(state: EncoderState, event: MessageEvent): LiveChatMessage {
  if (event.format === 'file-request') {
    const token = Buffer.from(state.random.uuid()).toString('base64');
    state.expectFile(token);
    return fileRequested(state.baseUrl, token);
  }
  if (event.options && event.options.length > 0) return richMessage(event);
  return chatMessage(state.people.speaker(event.from), event.text);
}

function encodeTyping(
  state: EncoderState,
  event: Extract<AgentEventBody, { type: 'typing' }>,
): readonly LiveChatMessage[] {
  const speaker = state.people.speaker(event.participant);
  if (!state.typingDisorder()) return [agentTyping(speaker, event.active)];
  return event.active ? [] : [agentTyping(speaker, false), agentTyping(speaker, true)];
}

/** Where silence ends the chat, the visitor's side measures it and says so; the script must not come first. */
function encodeEnded(
  state: EncoderState,
  event: Extract<AgentEventBody, { type: 'ended' }>,
): readonly LiveChatMessage[] {
  if (event.by === 'agent') return [chatEnded('agent')];
  if (event.by === 'visitor') return [chatEnded('client')];
  if (state.idle.isEnabled) return [];
  return [chatEnded(SYSTEM_REASONS.find((reason) => reason === event.reason) ?? 'unknown')];
}

const SYSTEM_REASONS: readonly string[] = ['agentsUnavailable', 'agentPushTimeout', 'NoPost', 'clientIdleTimeout'];
const FAIL_REASONS: readonly ChatRequestFailReason[] = ['Unavailable', 'NoPost', 'InternalFailure', 'Blocked'];
const FAIL_BY_CODE: Readonly<Record<string, ChatRequestFailReason>> = {
  VISITOR_BLOCKED: 'Blocked',
  SERVICE_ERROR: 'InternalFailure',
  PRE_CHAT_REJECTED: 'NoPost',
};

function failReason(reason: string, code: string): ChatRequestFailReason {
  return FAIL_REASONS.find((known) => known === code || known === reason) ?? FAIL_BY_CODE[code] ?? 'Unavailable';
}
