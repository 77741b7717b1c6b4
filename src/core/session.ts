import type { Clock, Random } from './clock.ts';
import type { HandoffConfig } from './config.ts';
import type { AgentEvent, Channel, MessageEvent, MessageOption } from './events.ts';
import type { Http } from './http.ts';
import type { LeftoverKeeper } from './leftover.ts';
import type { PreChatForm } from './pre-chat-form.ts';
import type { Secrets } from './redact.ts';

/** What a visitor brings along besides the four or three values. */
export interface VisitorOptions {
  readonly preChat?: Readonly<Record<string, string>>;
  readonly visitorName?: string;
  /** A language tag such as `en-US`. */
  readonly language?: string;
}

/** What the service has told about the routing of this chat so far; explains why nobody came. */
export interface RoutingFacts {
  readonly routed: boolean;
  readonly offered: number;
  readonly declined: number;
  readonly accepted: number;
  readonly failure?: string;
}

/** Powers a transport works with. Aborting `signal` stops everything and makes reads throw the signal's reason. */
export interface TransportDeps {
  readonly http: Http;
  readonly clock: Clock;
  readonly random: Random;
  readonly secrets: Secrets;
  readonly signal: AbortSignal;
  /** Limit of one request, in milliseconds. */
  readonly timeoutMs: number;
  /** Told what it takes to close the chat from outside, before it is opened and while it is open. */
  readonly leftover?: LeftoverKeeper;
  /**
   * Told the published pre-chat form and the values that would be sent, before anything is opened; throwing stops it there.
   * Not called where the service publishes no form.
   */
  readonly beforeOpen?: (form: PreChatForm, values: Readonly<Record<string, string>>) => void | Promise<void>;
}

/** Answers of a form by the ids of its inputs: a text, or the ids or titles of what is picked. */
export type FormValues = Readonly<Record<string, string | readonly string[]>>;

export interface FileToSend {
  readonly name: string;
  readonly mimeType: string;
  readonly bytes: Uint8Array;
}

/**
 * An open chat: the handshake is over, an agent may be ringing. `events` has one reader and ends after `ended` or
 * `rejected`-and-closed, or quietly after dispose. `end` is the polite goodbye and resolves when the service has
 * confirmed it; dispose is the hard stop and leaves nothing open that it can still close. Both may be called twice.
 */
export interface ChatSession extends AsyncDisposable {
  readonly channel: Channel;
  /** The conversation's UUID (MIAW) or the session id (Live Chat); never a secret. */
  readonly id: string;
  events(): AsyncIterable<AgentEvent>;
  /**
   * Resolves with the message's id once the service has accepted it. Where the answer is lost it is looked for, and repeated only
   * under its own id or number: MESSAGE_NOT_CONFIRMED where nobody can tell. The same holds for the next three.
   */
  send(text: string): Promise<SentMessage>;
  /** Picks one or more of the options of a `choices` message. INVALID_ARGUMENT for an option that it does not have. */
  choose(message: MessageEvent, options: readonly MessageOption[]): Promise<SentMessage>;
  /** Fills in a `form` message. INVALID_ARGUMENT for answers that do not fit it, and on a channel without forms. */
  answerForm(message: MessageEvent, values: FormValues): Promise<SentMessage>;
  /** FILE_REFUSED where the service takes no such file; Live Chat takes one only after the agent has asked for it. */
  sendFile(file: FileToSend): Promise<SentMessage>;
  typing(active: boolean): Promise<void>;
  end(): Promise<void>;
  /** True once the service has confirmed the end, whoever caused it. */
  readonly closed: boolean;
  routing(): RoutingFacts;
}

export interface SentMessage {
  readonly id: string;
}

export type OpenSession<C extends HandoffConfig> = (
  config: C,
  visitor: VisitorOptions,
  deps: TransportDeps,
) => Promise<ChatSession>;
