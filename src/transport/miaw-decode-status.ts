import type { EndedBy, SessionState } from '../core/events.ts';
import type { WireEntry } from './miaw-entry.ts';
import { textOf } from './miaw-json.ts';
import { type Decoded, type EndSign, type MiawState, unknown } from './miaw-state.ts';

const STATES = new Map<unknown, SessionState>([
  ['New', 'waiting'],
  ['Waiting', 'waiting'],
  ['Consent', 'waiting'],
  ['Active', 'active'],
  ['Inactive', 'inactive'],
  ['Paused', 'inactive'],
  ['Ended', 'ended'],
  ['Error', 'ended'],
]);

const ENDED_BY = new Map<unknown, EndedBy>([
  ['Agent', 'agent'],
  ['Supervisor', 'agent'],
  ['EndUser', 'visitor'],
]);

/** The messaging session changed its state. An end gives no event yet, only a sign: it may belong to a transfer. */
export function decodeSessionStatus(state: MiawState, entry: WireEntry): Decoded {
  const session = STATES.get(entry.payload.sessionStatus);
  if (!session) return unknown(state, entry);
  if (session === 'ended') return { state, events: [], end: endSign(state, entry) };
  if (session === state.session) return { state, events: [] };
  return { state: { ...state, session }, events: [{ type: 'session', state: session }] };
}

/** The role is reported to be unreliable, so it names who ended the chat and decides nothing. */
function endSign(state: MiawState, { payload }: WireEntry): EndSign {
  const named = ENDED_BY.get(payload.sessionEndedByRole) ?? (textOf(payload.sessionEndedByRole) ? 'system' : undefined);
  const by = named ?? 'system';
  const previous = STATES.get(payload.sessionStatusPrev) ?? state.session;
  if (previous === 'inactive') return { cause: 'session-ended', by, reason: 'inactivity' };
  if (payload.sessionStatus === 'Error') return { cause: 'session-ended', by, reason: 'error' };
  return { cause: 'session-ended', ...(named ? { by: named } : {}) };
}
