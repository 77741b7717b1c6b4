import type { Random } from '../core/clock.ts';
import type { AgentEventBody, MessageEvent, Participant } from '../core/events.ts';
import type { IdleTimeout, LiveChatMessage } from '../protocol/live-chat.ts';
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
import { endReason, failReason } from './live-chat-reasons.ts';

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
  /** Standard responses that wait for somebody to say them: this wire has no message before ChatEstablished. */
  readonly held: MessageEvent[];
}

export function createEncoder(options: EncoderOptions): Encode {
  const state: EncoderState = {
    ...options,
    people: createPeople(options.idle, options.random),
    accepted: false,
    held: [],
  };
  return (event) => encode(state, event);
}

function encode(state: EncoderState, event: AgentEventBody): readonly LiveChatMessage[] {
  switch (event.type) {
    case 'queued':
      return encodeQueued(state, event.position ?? 0, event.estimatedWaitSeconds ?? -1);
    case 'joined':
      return isOurs(event.participant) ? encodeJoined(state, event.participant) : [];
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

function encodeJoined(state: EncoderState, participant: Participant): readonly LiveChatMessage[] {
  const arrival = [...accept(state), ...state.people.joined(participant)];
  const held = state.held.splice(0);
  return [...arrival, ...held.map((event) => messageBody(state, event))];
}

function encodeMessage(state: EncoderState, event: MessageEvent): readonly LiveChatMessage[] {
  if (event.from.role === 'visitor') return [];
  if (event.automated && !state.people.host()) {
    state.held.push(event);
    return [];
  }
  return [...accept(state), messageBody(state, event)];
}

function messageBody(state: EncoderState, event: MessageEvent): LiveChatMessage {
  if (event.format === 'file-request') {
    const token = Buffer.from(state.random.uuid()).toString('base64');
    state.expectFile(token);
    return fileRequested(state.baseUrl, token);
  }
  if (event.options && event.options.length > 0) return richMessage(event);
  const host = event.automated ? state.people.host() : undefined;
  return chatMessage(host ?? state.people.speaker(event.from), event.text);
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
  return [chatEnded(endReason(event.reason))];
}
