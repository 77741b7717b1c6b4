import type { AgentEventBody, Participant } from '../core/events.ts';
import type { WireEntry } from './miaw-entry.ts';
import { type JsonObject, objectOf, objectsOf } from './miaw-json.ts';
import { participantKey, readParticipant } from './miaw-participant.ts';
import { agentsPresent, type Decoded, type EndSign, type MiawState, unknown } from './miaw-state.ts';

const AGENT_LEFT: EndSign = { cause: 'last-agent-left', by: 'agent' };

/** Somebody came or went. One entry normally tells of one person, but may tell of several. */
export function decodeParticipants(state: MiawState, entry: WireEntry): Decoded {
  let current = state;
  const events: AgentEventBody[] = [];
  let agentLeft = false;
  for (const change of objectsOf(entry.payload.entries)) {
    const participant = readParticipant(objectOf(change.participant), readParticipant(change).name);
    const decoded = decodeChange(current, change, participant);
    agentLeft ||= participant.role === 'agent' && decoded.events.some((event) => event.type === 'left');
    current = decoded.state;
    events.push(...decoded.events);
  }
  if (events.length === 0) return unknown(current, entry);
  const over = agentLeft && agentsPresent(current).length === 0;
  return { state: current, events, ...(over ? { end: AGENT_LEFT } : {}) };
}

function decodeChange(state: MiawState, change: JsonObject, participant: Participant): Decoded {
  const ourselves = participant.role === 'visitor' && participant.id === state.ownSubject;
  if (ourselves) return { state, events: [] };
  if (change.operation === 'add') return join(state, participant);
  if (change.operation === 'remove') return leave(state, participant);
  return { state, events: [] };
}

function join(state: MiawState, participant: Participant): Decoded {
  const key = participantKey(participant);
  if (state.present.has(key)) return { state, events: [] };
  const present = new Map(state.present).set(key, participant);
  const joined: AgentEventBody = { type: 'joined', participant };
  if (participant.role !== 'agent') return { state: { ...state, present }, events: [joined] };
  const to = participant.name ? { to: participant.name } : {};
  const completed: readonly AgentEventBody[] =
    state.transfer === 'requested' ? [{ type: 'transferred', state: 'completed', ...to }] : [];
  return { state: { ...state, present, transfer: 'none' }, events: [joined, ...completed] };
}

/** The name was told when they came, and not every server repeats it when they go. */
function leave(state: MiawState, participant: Participant): Decoded {
  const key = participantKey(participant);
  const known = state.present.get(key);
  const present = new Map(state.present);
  present.delete(key);
  return { state: { ...state, present }, events: [{ type: 'left', participant: { ...known, ...participant } }] };
}
