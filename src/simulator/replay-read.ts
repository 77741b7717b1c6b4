import { HandoffError } from '../core/errors.ts';
import {
  RECORDING_FORMAT,
  RECORDING_VERSION,
  type RecordedRequest,
  type RecordingHeader,
  type RecordingLine,
} from '../core/recording.ts';

export interface Recording {
  readonly header: RecordingHeader;
  readonly lines: readonly RecordingLine[];
}

/** JSON of any origin, read without trust: each function gives what it can use. */
export type Json = Readonly<Record<string, unknown>>;

export function objectOf(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

export function objectsOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.map(objectOf) : [];
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** An object, also where it is written as JSON inside a string. */
export function innerOf(value: unknown): Json {
  return typeof value === 'string' ? objectOf(parse(value)) : objectOf(value);
}

/**
 * A recording as docs/recording.md describes it. A last line that was cut off by a crash is left out; kinds of lines that
 * are not known are skipped. Throws RECORDING_INVALID.
 */
export function readRecording(text: string, name: string): Recording {
  const [first = '', ...rest] = text.split('\n');
  const header = objectOf(parse(first.replace(/^\ufeff/, '')));
  if (header.format !== RECORDING_FORMAT) throw invalid(`${name} is not a recording of sf-handoff`);
  checkVersion(header, name);
  if (header.channel !== 'live-chat' && header.channel !== 'miaw') {
    throw invalid(`The recording ${name} does not say which channel it is of`);
  }
  const lines = rest.flatMap((line, index) =>
    readLine(line, index === rest.length - 1, `Line ${index + 2} of ${name}`),
  );
  return { header: header as unknown as RecordingHeader, lines };
}

function checkVersion({ version }: Json, name: string): void {
  if (version === RECORDING_VERSION) return;
  const isNewer = typeof version === 'number' && version > RECORDING_VERSION;
  if (!isNewer) throw invalid(`The recording ${name} does not say a version that is known`);
  throw new HandoffError('RECORDING_INVALID', {
    message: `${name} was recorded in version ${version} of the format; this sf-handoff reads version ${RECORDING_VERSION}`,
    hint: 'play it back with the sf-handoff that recorded it, or a newer one',
  });
}

function readLine(line: string, isLast: boolean, place: string): readonly RecordingLine[] {
  if (line.trim() === '') return [];
  const value = parse(line);
  if (value === undefined && isLast) return [];
  const { at, exchange, type } = objectOf(value);
  const isWhole = Number.isFinite(at) && Number.isInteger(exchange) && typeof type === 'string';
  if (!isWhole) throw invalid(`${place} is broken`);
  return [value as RecordingLine];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

export function invalid(message: string): HandoffError {
  return new HandoffError('RECORDING_INVALID', { message });
}

/** Requests by their number, and what came back for each. */
export interface Exchanges {
  request(exchange: number): RecordedRequest | undefined;
  /** 0 where no answer came. */
  status(exchange: number): number;
}

export function exchangesOf(lines: readonly RecordingLine[]): Exchanges {
  const requests = new Map<number, RecordedRequest>();
  const statuses = new Map<number, number>();
  for (const line of lines) {
    if (line.type === 'request' && typeof line.path === 'string') requests.set(line.exchange, line);
    if (line.type === 'answer' && typeof line.status === 'number') statuses.set(line.exchange, line.status);
  }
  return { request: (exchange) => requests.get(exchange), status: (exchange) => statuses.get(exchange) ?? 0 };
}
