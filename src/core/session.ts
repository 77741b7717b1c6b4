import type { Clock, Random } from './clock.ts';
import type { HandoffConfig } from './config.ts';
import type { AgentEvent, Channel } from './events.ts';
import type { Http } from './http.ts';
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
  /** Resolves with the message's id once the service has accepted it. Never repeats a send by itself. */
  send(text: string): Promise<SentMessage>;
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
