import type { Channel } from './events.ts';

/** What the first line of every recording says of itself; docs/recording.md describes the format. */
export const RECORDING_FORMAT = 'sf-handoff-recording';
/** Raised by a change that a reader of the version before could not follow. */
export const RECORDING_VERSION = 1;

export interface RecordingHeader {
  readonly format: typeof RECORDING_FORMAT;
  readonly version: typeof RECORDING_VERSION;
  readonly channel: Channel;
  /** ISO 8601 in UTC; the times of all other lines count from here. */
  readonly startedAt: string;
  /** Name and version of the program that recorded. */
  readonly tool: string;
  /** Whether message texts and what a visitor entered were kept, or masked. */
  readonly texts: 'kept' | 'masked';
}

interface OfExchange {
  /** Milliseconds since the start. */
  readonly at: number;
  /** Numbers requests from 1 in the order in which they were made; every other line names the request it belongs to. */
  readonly exchange: number;
}

/** What an exchange carried: a JSON value where it was an object or a list, else the text. */
type RecordedBody = unknown;

export type RecordedRequest = OfExchange & {
  readonly type: 'request';
  readonly method: string;
  readonly origin: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: RecordedBody;
  /** In place of a body that is no text. */
  readonly bytes?: number;
};

/** Every line after the first. The body of an event stream stands in its `event` lines. */
export type RecordingLine =
  | RecordedRequest
  | (OfExchange & {
      readonly type: 'answer';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body?: RecordedBody;
    })
  | (OfExchange & {
      readonly type: 'event';
      readonly id?: string;
      readonly event: string;
      readonly data: RecordedBody;
    })
  | (OfExchange & {
      readonly type: 'end';
      readonly by: 'service' | 'client' | 'failure';
      readonly body?: RecordedBody;
    })
  | (OfExchange & { readonly type: 'failure'; readonly code: string; readonly message: string });
