import type { Clock, Random } from '../core/clock.ts';
import { HandoffError } from '../core/errors.ts';
import type { LiveChatMessage } from '../protocol/live-chat.ts';
import { createInbox, type Inbox } from './inbox.ts';
import { chatEnded, type TranscriptLine } from './live-chat-messages.ts';
import { createOutbox, type Outbox } from './live-chat-outbox.ts';
import { createWatch, type Watch } from './live-chat-watch.ts';

/** `ended` still hands out what is left and then refuses; `dead` refuses at once. */
type LiveChatState = 'created' | 'requested' | 'queued' | 'active' | 'ended' | 'dead';

/** The one poll that may be open. `wake` makes it look again, `left` aborts when its client goes away unanswered. */
export interface HeldPoll {
  wake(): void;
  readonly left: AbortSignal;
}

export interface LiveChatSession {
  readonly id: string;
  key: string;
  affinity: string;
  state: LiveChatState;
  /** Its server has gone away: every request is refused until ReconnectSession. */
  dropped: boolean;
  /** Reconnected, but the visitor has not resynchronised yet. */
  resyncing: boolean;
  /** The highest sequence numbers of a POST: acted upon, and seen at all. */
  sequence: { accepted?: number; seen?: number };
  poll: HeldPoll | undefined;
  visitorName: string;
  /** What the visitor was last asked to choose from. */
  choices: readonly string[];
  readonly outbox: Outbox;
  readonly inbox: Inbox;
  /** With the message that has told it to the visitor, if one has. */
  readonly transcript: { readonly line: TranscriptLine; readonly message?: LiveChatMessage }[];
  /** Faults this chat has yet to show. */
  readonly faults: Set<string>;
  /** Tokens of files that were asked for and have not come. */
  readonly fileTokens: Set<string>;
  readonly over: AbortController;
  /** Nobody polls. */
  readonly watch: Watch;
  /** The visitor says nothing, and the visitor's client does not end the chat although it was told to. */
  readonly idleWatch: Watch;
  /** For how long a visitor may be idle; undefined without a limit, or before there is somebody to talk to. */
  idleLimitMs: number | undefined;
}

/** Seconds a client may wait for the answer of a poll, as told to it. */
export const CLIENT_POLL_TIMEOUT_SECONDS = 40;
/** A session that asks for no chat dies after this. */
export const INIT_LIMIT_MS = 40_000;
/** A chat that nobody polls dies after this. */
const NO_POLL_LIMIT_MS = 45_000;

const FIRST_OFFSET = 1_600_000_000;
const KEY_BYTES = 20;

interface SessionPowers {
  readonly clock: Clock;
  readonly random: Random;
  readonly faults: Iterable<string>;
}

export function createSession({ clock, random, faults }: SessionPowers): LiveChatSession {
  const id = random.uuid();
  const over = new AbortController();
  const step = () => 1 + Math.floor(random.next() * 100_000);
  const session: LiveChatSession = {
    id,
    key: createSessionKey(id, clock, random),
    affinity: createAffinity(random),
    state: 'created',
    dropped: false,
    resyncing: false,
    sequence: {},
    poll: undefined,
    visitorName: 'Visitor',
    choices: [],
    outbox: createOutbox(FIRST_OFFSET + step(), step),
    inbox: createInbox(over.signal),
    transcript: [],
    faults: new Set(faults),
    fileTokens: new Set(),
    over,
    watch: createWatch(clock, () => killChat(session)),
    idleWatch: createWatch(clock, () => endChat(session, 'clientIdleTimeout')),
    idleLimitMs: undefined,
  };
  return session;
}

export function createSessionKey(id: string, clock: Clock, random: Random): string {
  const bytes = Buffer.from(Array.from({ length: KEY_BYTES }, () => Math.floor(random.next() * 256)));
  return `${id}!${clock.now()}!${bytes.toString('base64')}`;
}

export function createAffinity(random: Random): string {
  return random.uuid().slice(0, 8);
}

/** Puts a message into the outbox and wakes the poll. */
export function deliver(session: LiveChatSession, message: LiveChatMessage): void {
  session.outbox.push(message);
  session.poll?.wake();
}

/** No more messages after `last`; polls hand out what is left. */
export function closeChat(session: LiveChatSession, last: LiveChatMessage): void {
  if (session.state === 'ended' || session.state === 'dead') return;
  session.state = 'ended';
  session.idleWatch.stop();
  deliver(session, last);
  abortOver(session);
}

/** Ends the chat with one of the reasons of `ChatEnded`. */
export function endChat(session: LiveChatSession, reason: string): void {
  closeChat(session, chatEnded(reason));
}

/** Ends the chat without a word, as expiry and deletion do. */
export function killChat(session: LiveChatSession): void {
  session.state = 'dead';
  session.watch.stop();
  session.idleWatch.stop();
  session.poll?.wake();
  abortOver(session);
}

/** Starts the limit on silence anew; nobody is silent while a poll is open or before there is a chat. */
export function watchSilence(session: LiveChatSession): void {
  if (session.state === 'created' || session.state === 'dead') return;
  if (session.poll) session.watch.stop();
  else session.watch.arm(NO_POLL_LIMIT_MS);
}

/** The visitor has done something: the limit on idleness starts anew. */
export function noteActivity(session: LiveChatSession): void {
  if (session.idleLimitMs !== undefined && !session.over.signal.aborted) session.idleWatch.arm(session.idleLimitMs);
}

/** True once for a fault that is due, which thereby is over. */
export function takeFault(session: LiveChatSession, name: string): boolean {
  return session.faults.delete(name);
}

function abortOver(session: LiveChatSession): void {
  session.over.abort(new HandoffError('CHAT_ENDED_EARLY', { message: 'The simulated chat is over' }));
}
