import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Clock, Random } from '../core/clock.ts';
import type { Channel } from '../core/events.ts';
import type { Scenario, SimulatedChat, Simulator, SimulatorOptions } from './model.ts';

/** What both protocols of one running simulator share. */
export interface World {
  readonly options: SimulatorOptions;
  readonly clock: Clock;
  readonly random: Random;
  /** Factor on scripted waits; protocol timings (poll hold, ping) are not scaled by it. */
  readonly pace: number;
  readonly scenario: Scenario;
  /** Names from the faults table that hold from the start. */
  readonly faults: ReadonlySet<string>;
  /** Aborts when the simulator is disposed; everything that waits must listen to it. */
  readonly signal: AbortSignal;
  readonly values: Simulator['values'];
  /** Scheme, host and port, without a slash at the end. */
  readonly baseUrl: string;
  /** Starts the scenario for a chat that has just been opened; the player stops when `chat.over` aborts. */
  openedChat(chat: SimulatedChat): void;
}

/** A request with its body read to the end. `path` is the URL's path, `url` has the query. */
export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** The body went over what is accepted and was dropped. */
  readonly tooLarge: boolean;
  readonly socket: Socket;
}

/** The server fails, or the body is too large. */
export type FailureStatus = 413 | 500;

/** One protocol's half of the simulator. `handle` answers every request whose path it owns, unknown ones with 404. */
export interface SimulatedService {
  readonly channel: Channel;
  owns(path: string): boolean;
  handle(request: ReceivedRequest, response: ServerResponse): Promise<void>;
  /** Answers a request that was not looked at, in this protocol's own form. */
  fail(request: ReceivedRequest, response: ServerResponse, status: FailureStatus): void;
  /** How many chats have been opened so far. */
  chatCount(): number;
  /** Chats that nobody has ended yet, by id. */
  openChats(): readonly string[];
  /** Ends every chat and frees what waits; the server closes the sockets. */
  close(): void;
}
