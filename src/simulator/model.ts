import type { Clock, Random } from '../core/clock.ts';
import type { HandoffConfig } from '../core/config.ts';
import type { AgentEventBody, Channel } from '../core/events.ts';

/** One request as the journal keeps it: secrets in headers and paths are masked, bodies are kept as text, up to 8 KB. */
export interface SimulatedRequest {
  readonly at: number;
  readonly channel: Channel | 'other';
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly status: number;
}

/** A step says what the service does next; `afterMs` is waited first, scaled by the simulator's pace. */
export type ScenarioStep =
  | { readonly emit: AgentEventBody; readonly afterMs?: number }
  /** Holds the script until the visitor has sent a message. */
  | { readonly awaitMessage: true }
  /** The named participant answers the visitor's message (typing, reply), `times` times or until the chat ends. */
  | { readonly converse: { readonly as: 'agent' | 'bot'; readonly name: string; readonly times?: number } }
  /** Something breaks at this point of the script; the names are those of the faults table. */
  | { readonly fault: string; readonly afterMs?: number };

/** A course of events, as data. `agents` says what availability questions are answered. */
export interface Scenario {
  readonly name: string;
  readonly title: string;
  readonly agents: 'online' | 'offline';
  readonly steps: readonly ScenarioStep[];
}

/** One chat on the service's side. Each protocol encodes `emit` in its own way; the scenario player knows no wire. */
export interface SimulatedChat {
  readonly channel: Channel;
  readonly id: string;
  /** Aborts when the chat is over, whoever ended it. */
  readonly over: AbortSignal;
  emit(event: AgentEventBody): void;
  /** The visitor's next message, in order; rejects when the chat is over. */
  nextMessage(): Promise<string>;
  /** Breaks something mid-way, by the name of the fault. */
  fault(name: string): void;
}

export interface SimulatorOptions {
  /** 0, the default, takes a free port. */
  readonly port?: number;
  readonly scenario?: string;
  /** A course of events in place of a named one, such as a recording. */
  readonly script?: Scenario;
  /** Somebody who takes part in every chat in place of a scenario; must not reject. */
  readonly attend?: (chat: SimulatedChat) => Promise<void>;
  /** Names from the faults table, in any combination. */
  readonly faults?: readonly string[];
  /** Every organization is known here, whatever its ID. */
  readonly anyOrg?: boolean;
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Factor on every scripted wait: 1 as a person would experience it, 0 without waiting. */
  readonly pace?: number;
  readonly clock?: Clock;
  readonly random?: Random;
  /** Told about every request as soon as its answer has begun; the status is 0 where there was none. */
  readonly onRequest?: (request: SimulatedRequest) => void;
}

/** Both services on one loopback port. Disposing it ends every chat and closes every socket. */
export interface Simulator extends AsyncDisposable {
  readonly port: number;
  readonly urls: Readonly<Record<Channel, string>>;
  /** Values that work against this simulator. */
  readonly values: { readonly [C in Channel]: Extract<HandoffConfig, { channel: C }> };
  /** The latest requests; older ones are forgotten. */
  readonly journal: readonly SimulatedRequest[];
  /** Since the start: requests that have come, and chats that were opened. */
  totals(): { readonly requests: number; readonly chats: number };
  /** Chats that were opened and not yet ended by anybody, by id. */
  openChats(): readonly string[];
  /** Resolves as soon as the journal holds a request that fits. */
  waitForRequest(fits: (request: SimulatedRequest) => boolean, signal?: AbortSignal): Promise<SimulatedRequest>;
}
