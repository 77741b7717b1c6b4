import { hostname } from 'node:os';
import type { Leftover } from '../core/leftover.ts';

/** Raised by a change that a reader of the version before could not follow. */
export const STATE_FORMAT = 1;

/** A chat that a run has open or has left open, and the file that says so. */
export interface KeptChat {
  readonly path: string;
  /** The process that opened it, and the machine it runs on. */
  readonly pid: number;
  readonly host: string;
  /** Epoch milliseconds. */
  readonly openedAt: number;
  readonly leftover: Leftover;
}

/** The chat in the text of a state file; undefined where it holds none. */
export function readKeptChat(text: string, path: string): KeptChat | undefined {
  const content = fieldsOf(parsed(text));
  const { format, pid, host, openedAt } = content;
  const leftover = readLeftover(fieldsOf(content.leftover));
  if (format !== STATE_FORMAT || typeof pid !== 'number' || typeof openedAt !== 'number' || !leftover) return undefined;
  return { path, pid, host: typeof host === 'string' ? host : '', openedAt, leftover };
}

/** Whether the run that opened the chat is still there to close it. Of another machine nobody can tell. */
export function isStillRunning({ pid, host }: Pick<KeptChat, 'pid' | 'host'>): boolean {
  if (host !== hostname() || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

type Fields = Readonly<Record<string, unknown>>;

function readLeftover({ channel, conversationId, accessToken, sessionKey, affinity, ...rest }: Fields) {
  const config = fieldsOf(rest.config);
  if (typeof conversationId !== 'string') return undefined;
  if (channel === 'miaw' && isText(accessToken)) {
    const { orgId, baseUrl, developerName } = config;
    if (!isText(orgId) || !isAddress(baseUrl) || !isText(developerName)) return undefined;
    return { channel, conversationId, accessToken, config: { orgId, baseUrl, developerName } } satisfies Leftover;
  }
  if (channel === 'live-chat' && isText(sessionKey) && isText(affinity) && isAddress(config.liveAgentUrl)) {
    const { liveAgentUrl } = config;
    return { channel, conversationId, sessionKey, affinity, config: { liveAgentUrl } } satisfies Leftover;
  }
  return undefined;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isAddress(value: unknown): value is string {
  return isText(value) && URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
