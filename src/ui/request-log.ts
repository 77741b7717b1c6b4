import type { Line } from '../core/line.ts';
import { cleanLines } from './clean.ts';
import { clockTime } from './clock-time.ts';

/** A request that a server has answered; the status is 0 where it was not. */
export interface LoggedRequest {
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly body?: string;
}

/** One dim line for a request, and with `verbose` its body below. */
export function requestLines(request: LoggedRequest, verbose: boolean): Line[] {
  const { at, method, path, status, body } = request;
  const outcome = status === 0 ? 'no answer' : String(status);
  const bodyLines = verbose && body !== undefined ? cleanLines(body).map((line) => `         ${line}`) : [];
  return [`${clockTime(at)} ${method} ${path} ${outcome}`, ...bodyLines].map((text) => [{ text, tone: 'dim' }]);
}

const MOST_NAMED = 10;

export interface RunSummary {
  readonly requests: number;
  readonly chats: number;
  /** Ids of the chats that nobody has ended. */
  readonly open: readonly string[];
}

/** What a run of the simulator has come to. */
export function stoppedLines({ requests, chats, open }: RunSummary): Line[] {
  const counts = `stopped: ${counted(requests, 'request')}, ${counted(chats, 'chat')}`;
  if (open.length > 0) return [[`${counts}, ${open.length} still open:`], ...openLines(open)];
  return [[chats === 0 ? counts : `${counts}, ${chats === 1 ? 'closed' : 'all closed'}`]];
}

function openLines(open: readonly string[]): Line[] {
  const more = open.length - MOST_NAMED;
  const names = more > 0 ? [...open.slice(0, MOST_NAMED), `and ${more} more`] : open;
  return names.map((name) => [`  ${name}`]);
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
