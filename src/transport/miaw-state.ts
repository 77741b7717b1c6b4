import type { AgentEventBody, EndedBy, Participant, SessionState } from '../core/events.ts';
import type { RoutingFacts } from '../core/session.ts';
import type { WireEntry } from './miaw-entry.ts';

/** A message of ours; `taken` once the service is known to have it, `read` once somebody has read it. */
interface OwnMessage {
  readonly id: string;
  readonly text: string;
  readonly taken: boolean;
  readonly read: boolean;
}

export interface StreamedToken {
  readonly sequence: number;
  readonly text: string;
}

/** What one conversation has told so far: all that the next entry's meaning depends on. Never changed, only replaced. */
export interface MiawState {
  readonly ownSubject: string | undefined;
  /** In the order of sending. */
  readonly own: readonly OwnMessage[];
  readonly present: ReadonlyMap<string, Participant>;
  readonly session: SessionState | undefined;
  /** `completed` until somebody joins: the service has reported it before the new agent came. */
  readonly transfer: 'none' | 'requested' | 'completed';
  /** Streamed words by the id of the message they will become. */
  readonly streamed: ReadonlyMap<string, readonly StreamedToken[]>;
  /** Who is shown as writing because of progress notes or streamed words. */
  readonly writing: ReadonlyMap<string, Participant>;
  readonly routing: RoutingFacts;
}

/** A hint that the chat may be over; what it means depends on the routing status, which only the service knows. */
export interface EndSign {
  readonly cause: 'session-ended' | 'last-agent-left';
  /** Absent where the service does not say; then it depends on who left with the end. */
  readonly by?: EndedBy;
  readonly reason?: string;
}

export interface Decoded {
  readonly state: MiawState;
  readonly events: readonly AgentEventBody[];
  readonly end?: EndSign;
}

const MOST_OWN_MESSAGES = 1000;

export function createMiawState(ownSubject?: string | undefined): MiawState {
  return {
    ownSubject,
    own: [],
    present: new Map(),
    session: undefined,
    transfer: 'none',
    streamed: new Map(),
    writing: new Map(),
    routing: { routed: false, offered: 0, declined: 0, accepted: 0 },
  };
}

/** Must be called before a message is sent, or its echo looks like somebody else's. */
export function withOwnMessage(state: MiawState, id: string, text: string): MiawState {
  return { ...state, own: [...state.own, { id, text, taken: false, read: false }].slice(-MOST_OWN_MESSAGES) };
}

/** What was read later on was written after this message only from now on. */
export function withTakenMessage(state: MiawState, id: string): MiawState {
  return { ...state, own: state.own.map((message) => (message.id === id ? { ...message, taken: true } : message)) };
}

/** A message that was refused can no longer be read, but a late echo of it is still ours. */
export function withRefusedMessage(state: MiawState, id: string): MiawState {
  return { ...state, own: state.own.map((message) => (message.id === id ? { ...message, read: true } : message)) };
}

export function agentsPresent(state: MiawState): readonly Participant[] {
  return [...state.present.values()].filter((participant) => participant.role === 'agent');
}

/** A transfer that the routing status has revealed; no event if it was known before. */
export function requestTransfer(state: MiawState): Decoded {
  if (state.transfer !== 'none') return { state, events: [] };
  return { state: { ...state, transfer: 'requested' }, events: [{ type: 'transferred', state: 'requested' }] };
}

/** Kept whole for whoever looks closer. */
export function unknown(state: MiawState, entry: WireEntry): Decoded {
  return { state, events: [{ type: 'unknown', wireType: entry.wireType, raw: entry.raw }] };
}
