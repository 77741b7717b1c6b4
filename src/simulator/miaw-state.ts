import type { RoutingStatus, SessionStatus, SseEnvelope } from '../protocol/miaw.ts';
import type { Inbox } from './inbox.ts';
import { envelope, type StoredEntry, withTextPayload } from './miaw-entry.ts';
import type { Present } from './miaw-participants.ts';
import { createTokenOffice, type TokenOffice } from './miaw-tokens.ts';
import type { World } from './world.ts';

/** Events of a subject that can be replayed; older ones are forgotten. */
const LOG_LIMIT = 5000;
/** Guests who are gone are remembered so that they are refused rightly, but not without limit. */
const MOST_REMEMBERED = 1000;

export interface LoggedEvent {
  readonly position: number;
  readonly event: string;
  readonly envelope: SseEnvelope;
}

/** One open event stream. */
export interface EventStream {
  deliver(event: LoggedEvent): void;
  /** Breaks the connection, as a network would. */
  cut(): void;
}

/** A person on one or several devices, with all conversations. */
export interface Subject {
  readonly id: string;
  readonly log: LoggedEvent[];
  readonly streams: Set<EventStream>;
  readonly conversations: Map<string, Conversation>;
  /** Switched on in mid-chat, besides those of the whole simulator. */
  readonly faults: Set<string>;
}

/** The thread; at most one session of it is running. */
export interface Conversation {
  readonly id: string;
  readonly subject: Subject;
  readonly visitor: Present;
  readonly startedAt: number;
  readonly entries: StoredEntry[];
  readonly sentIds: Map<string, number>;
  endedAt: number | null;
  routingStatus: RoutingStatus;
  session: Session | undefined;
}

/** One unit of agent work; a scenario is played in it. */
export interface Session {
  readonly id: string;
  readonly startedAt: number;
  readonly attributes: Readonly<Record<string, string>>;
  readonly inbox: Inbox;
  readonly over: AbortController;
  readonly unread: string[];
  status: SessionStatus;
  routed: boolean;
  transferring: boolean;
  streaming: boolean;
  present: readonly Present[];
}

export interface StoredFile {
  readonly name: string;
  readonly mimeType: string;
  readonly bytes: Buffer;
}

export interface MiawState {
  readonly world: World;
  readonly tokens: TokenOffice;
  readonly subjects: Map<string, Subject>;
  readonly files: Map<string, StoredFile>;
  /** Id of the last event of any subject. */
  position: number;
  /** Sessions opened so far, each of them a chat. */
  chatCount: number;
}

export function createMiawState(world: World): MiawState {
  const tokens = createTokenOffice(world);
  return { world, tokens, subjects: new Map(), files: new Map(), position: 1000, chatCount: 0 };
}

export function subjectOf(state: MiawState, id: string): Subject {
  const known = state.subjects.get(id);
  if (known) return known;
  const subject = { id, log: [], streams: new Set<EventStream>(), conversations: new Map(), faults: new Set<string>() };
  state.subjects.set(id, subject);
  return subject;
}

/** Forgets the oldest guest with nothing open where there are too many, so that a simulator that runs for long does not grow. */
export function forgetOldest({ subjects, tokens }: MiawState): void {
  const known = tokens.subjects();
  if (known.length <= MOST_REMEMBERED) return;
  const oldest = known.find((id) => !isBusy(subjects.get(id)));
  if (oldest === undefined) return;
  tokens.forget(oldest);
  subjects.delete(oldest);
}

function isBusy(subject: Subject | undefined): boolean {
  if (!subject) return false;
  return subject.streams.size > 0 || [...subject.conversations.values()].some(({ session }) => session !== undefined);
}

export function findConversation(state: MiawState, id: string): Conversation | undefined {
  for (const subject of state.subjects.values()) {
    const found = subject.conversations.get(id);
    if (found) return found;
  }
  return undefined;
}

export function hasFault(state: MiawState, name: string, subject?: Subject): boolean {
  return state.world.faults.has(name) || (subject?.faults.has(name) ?? false);
}

/** Puts an event into the subject's log and onto all of its streams. */
export function publish(state: MiawState, conversation: Conversation, event: string, entry: StoredEntry): void {
  const { subject } = conversation;
  const wire = hasFault(state, 'payload-object', subject) ? entry : withTextPayload(entry);
  state.position += 1;
  const logged = { position: state.position, event, envelope: envelope(conversation.id, wire) };
  subject.log.push(logged);
  if (subject.log.length > LOG_LIMIT) subject.log.shift();
  for (const stream of subject.streams) stream.deliver(logged);
}
