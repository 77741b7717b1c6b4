import type { AgentEventBody, Participant } from '../core/events.ts';
import { type Fields, fieldsOf, textOf } from './live-chat-fields.ts';

/** How long a visitor may be silent; milliseconds from the last activity. */
export interface IdleLimits {
  readonly warningMs: number;
  readonly timeoutMs: number;
}

/** Where the agent wants a file to be sent; the token is a secret. */
export interface FileRequest {
  readonly url: string;
  readonly token: string;
}

/** What the messages so far have made of the chat. */
export interface LiveChatState {
  readonly phase: 'requested' | 'queued' | 'active' | 'over';
  readonly agent: Participant | undefined;
  /** Members of a conference besides the agent. */
  readonly guests: readonly Participant[];
  readonly typing: Participant | undefined;
  /** A new object each time the service sets it, so that a change is seen even where the numbers are the same. */
  readonly idle: IdleLimits | undefined;
  /** Texts of agents, to tell what a transcript adds after a reconnect. */
  readonly heard: readonly string[];
  /** What a transcript in the batch at hand has told; a server that tells it in the same batch once more repeats itself. */
  readonly recovered: readonly string[];
  /** What the latest transcript shows as said by the visitor. */
  readonly echoed: readonly string[];
  readonly messageCount: number;
  /** Wire types of the latest rich messages by our message ids; an answer repeats the type. */
  readonly menus: ReadonlyMap<string, string>;
  /** The file asked for, and how the service says the last one went. */
  readonly file: { readonly request: FileRequest | undefined; readonly outcome: string | undefined };
  /** How long the server waits for a client that went away. */
  readonly connectionTimeoutMs: number;
  readonly joins: number;
  readonly failure: string | undefined;
}

export const FRESH_LIVE_CHAT: LiveChatState = {
  phase: 'requested',
  agent: undefined,
  guests: [],
  typing: undefined,
  idle: undefined,
  heard: [],
  recovered: [],
  echoed: [],
  messageCount: 0,
  menus: new Map(),
  file: { request: undefined, outcome: undefined },
  connectionTimeoutMs: 150_000,
  joins: 0,
  failure: undefined,
};

/** `secrets` are to be registered; `movedTo` is the address of a SwitchServer, empty where it names none. */
export interface Decoded {
  readonly state: LiveChatState;
  readonly events: readonly AgentEventBody[];
  readonly secrets: readonly string[];
  readonly movedTo?: string;
}

/** Nothing where the message has a shape that cannot be used. */
export type Handler = (state: LiveChatState, body: Fields, entry: unknown) => Decoded | undefined;

export function decoded(state: LiveChatState, events: readonly AgentEventBody[]): Decoded {
  return { state, events, secrets: [] };
}

/** What arrived, kept whole: the payload, or the entry itself where it has none. */
export function unknownEvent(entry: unknown): AgentEventBody {
  const fields = fieldsOf(entry);
  return { type: 'unknown', wireType: textOf(fields.type) ?? '(no type)', raw: fields.message ?? entry };
}
