import type { AgentEventBody } from '../core/events.ts';
import type { RoutingFacts } from '../core/session.ts';
import type { WireEntry } from './miaw-entry.ts';
import { type JsonObject, numberOf, objectOf, textOf, textsOf } from './miaw-json.ts';
import { type Decoded, type MiawState, requestTransfer, unknown } from './miaw-state.ts';

/** The outcome of an attempt to route: the first one, a transfer, or an invitation to a conference. */
export function decodeRoutingResult(state: MiawState, entry: WireEntry): Decoded {
  const { payload } = entry;
  const succeeded = payload.failureType === 'None';
  if (payload.routingType === 'Transfer') return succeeded ? transferRequested(state) : failTransfer(state, entry);
  if (payload.routingType !== 'Initial' || textOf(payload.failureType) === undefined) return unknown(state, entry);
  // Ours was the goodbye, so there is nobody to be told that no agent will come.
  if (payload.cancelReason === 'EndUserEnded') return unknown(state, entry);
  return succeeded ? queued(state, payload) : rejected(state, payload);
}

/** Silent only where the routing status has told it before; after a completed one this is the next transfer. */
function transferRequested(state: MiawState): Decoded {
  return requestTransfer(state.transfer === 'completed' ? { ...state, transfer: 'none' } : state);
}

function queued(state: MiawState, payload: JsonObject): Decoded {
  const seconds = numberOf(objectOf(payload.estimatedWaitTime).estimatedWaitTimeInSeconds);
  const event: AgentEventBody = { type: 'queued', ...(seconds === undefined ? {} : { estimatedWaitSeconds: seconds }) };
  return { state: withFacts(state, { routed: true }), events: [event] };
}

function rejected(state: MiawState, payload: JsonObject): Decoded {
  const told = textOf(payload.failureReason) ?? textOf(textsOf(payload.errorMessages).join('; '));
  const reason = told ?? textOf(payload.cancelReason) ?? textOf(payload.failureType) ?? 'no reason given';
  const event: AgentEventBody = { type: 'rejected', reason, code: 'NO_AGENT_AVAILABLE' };
  return { state: withFacts(state, { failure: reason }), events: [event] };
}

/** A transfer can fail without having been announced, so the event does not ask for a pending one. */
function failTransfer(state: MiawState, entry: WireEntry): Decoded {
  if (textOf(entry.payload.failureType) === undefined) return unknown(state, entry);
  return { state: { ...state, transfer: 'none' }, events: [{ type: 'transferred', state: 'failed' }] };
}

/** A position in the queue; 1 is next. */
export function decodeQueuePosition(state: MiawState, entry: WireEntry): Decoded {
  const position = numberOf(entry.payload.position);
  return position === undefined ? unknown(state, entry) : { state, events: [{ type: 'queued', position }] };
}

/** Progress of the agents' work: facts that explain why nobody came, and how a transfer went. */
export function decodeWorkResult(state: MiawState, entry: WireEntry): Decoded {
  const kept = unknown(state, entry).events;
  const { routing, transfer } = state;
  switch (entry.payload.workType) {
    case 'Assigned':
      return { state: withFacts(state, { offered: routing.offered + 1 }), events: kept };
    case 'Accepted':
      return { state: withFacts(state, { accepted: routing.accepted + 1 }), events: kept };
    case 'Declined':
      return { state: withFacts(state, { declined: routing.declined + 1 }), events: kept };
    case 'Transferred':
      if (transfer !== 'requested') return { state, events: kept };
      return {
        state: { ...state, transfer: 'completed' },
        events: [...kept, { type: 'transferred', state: 'completed' }],
      };
    case 'TransferError':
      if (transfer !== 'requested') return { state, events: kept };
      return { state: { ...state, transfer: 'none' }, events: [...kept, { type: 'transferred', state: 'failed' }] };
    default:
      return { state, events: kept };
  }
}

function withFacts(state: MiawState, facts: Partial<RoutingFacts>): MiawState {
  return { ...state, routing: { ...state.routing, ...facts } };
}
