import type { Clock, Random } from '../core/clock.ts';
import type { AgentEvent, AgentEventBody, EndedBy } from '../core/events.ts';
import type { Secrets } from '../core/redact.ts';
import { advanceCursor, type Cursor, FIRST_CURSOR, settleTyping } from './live-chat-cursor.ts';
import { decodeLiveChat } from './live-chat-decode.ts';
import { FRESH_HEALTH, type PollHealth } from './live-chat-health.ts';
import type { IdleWatch } from './live-chat-idle.ts';
import type { Link } from './live-chat-link.ts';
import { followMove, moved } from './live-chat-server.ts';
import { FRESH_LIVE_CHAT, type LiveChatState } from './live-chat-state.ts';

export const MOST_MOVES = 2;

/** Everything that changes while one chat is open. Reader, sender and goodbye share it. */
export interface LiveChatRun {
  readonly link: Link;
  readonly orgId: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly secrets: Secrets;
  /** Events not yet read, oldest first. */
  readonly inbox: AgentEvent[];
  /** What we have said and the service has taken, in order. */
  readonly confirmed: string[];
  state: LiveChatState;
  cursor: Cursor;
  health: PollHealth;
  idle: IdleWatch;
  moves: number;
  /** The service has confirmed the end. */
  closed: boolean;
  deleted: boolean;
  /** Set once, when nothing more can come; readers and senders get it. */
  failure: { readonly error: unknown } | undefined;
  /** Aborting it gives up the poll that is open. */
  poll: AbortController | undefined;
  repairing: Promise<void> | undefined;
  /** The number of a ChasitorResyncState that the service has yet to confirm. */
  resync: number | undefined;
  /** Since the last poll that was answered well. */
  repairAttempts: number;
  /** The last POST in the queue; never rejects. */
  lastPost: Promise<void>;
  /** Wakes whoever waits for the next event. */
  wake: () => void;
}

type RunParts = Pick<LiveChatRun, 'link' | 'orgId' | 'clock' | 'random' | 'secrets' | 'moves'>;

export function startRun(parts: RunParts): LiveChatRun {
  return {
    ...parts,
    inbox: [],
    confirmed: [],
    state: FRESH_LIVE_CHAT,
    cursor: FIRST_CURSOR,
    health: FRESH_HEALTH,
    idle: { limits: undefined, since: parts.clock.now(), warned: false },
    closed: false,
    deleted: false,
    failure: undefined,
    poll: undefined,
    repairing: undefined,
    resync: undefined,
    repairAttempts: 0,
    lastPost: Promise.resolve(),
    wake: () => undefined,
  };
}

export function tell(run: LiveChatRun, ...events: readonly AgentEventBody[]): void {
  const at = run.clock.now();
  for (const event of events) run.inbox.push({ at, ...event });
  if (events.length > 0) run.wake();
}

export function isOver(run: LiveChatRun): boolean {
  return run.state.phase === 'over';
}

/** Takes in a poll's answer; gives the types of the entries that were new. What follows the chat's end is of no interest. */
export function absorb(run: LiveChatRun, body: unknown): readonly string[] {
  const { cursor, fresh } = advanceCursor(run.cursor, body);
  run.cursor = cursor;
  const types: string[] = [];
  for (const entry of settleTyping(fresh)) {
    types.push(absorbEntry(run, entry));
    if (isOver(run)) break;
  }
  if (run.state.recovered.length > 0) run.state = { ...run.state, recovered: [] };
  return types;
}

function absorbEntry(run: LiveChatRun, entry: unknown): string {
  const before = run.state;
  const decoded = decodeLiveChat(before, entry);
  for (const secret of decoded.secrets) run.secrets.add(secret);
  run.state = decoded.state;
  if (decoded.state.idle !== before.idle) {
    run.idle = { limits: decoded.state.idle, since: run.clock.now(), warned: false };
  }
  if (isOver(run)) run.closed = true;
  tell(run, ...decoded.events);
  if (decoded.movedTo !== undefined) move(run, decoded.movedTo);
  return typeOf(entry);
}

function typeOf(entry: unknown): string {
  return typeof entry === 'object' && entry !== null && 'type' in entry ? String(entry.type) : '';
}

function move(run: LiveChatRun, newUrl: string): void {
  run.moves += 1;
  if (run.moves > MOST_MOVES) throw moved('The service sends us from server to server', newUrl);
  run.link.url = followMove(run.link.url, newUrl);
  run.link.changed?.();
}

/** Ends the chat on our side, unless the service has done so already. */
export function finish(run: LiveChatRun, by: EndedBy, reason?: string): void {
  if (isOver(run)) return;
  run.state = { ...run.state, phase: 'over' };
  tell(run, { type: 'session', state: 'ended' }, { type: 'ended', by, ...(reason !== undefined && { reason }) });
  run.poll?.abort();
}
