import type { AgentEvent, Participant } from '../core/events.ts';
import { isSame } from './presence.ts';

export const CAPABILITIES = [
  'agentName',
  'joinsAndExits',
  'transfer',
  'conference',
  'readReceipts',
  'inactivity',
  'standardResponses',
  'sessionContinuity',
] as const;
export type Capability = (typeof CAPABILITIES)[number];

/** Notices which abilities of the service a chat has shown. `agents` are those in the chat before the event. */
export interface CapabilityWatch {
  observe(event: AgentEvent, agents: readonly Participant[]): void;
  seen(capability: Capability): boolean;
}

export function createCapabilityWatch(): CapabilityWatch {
  const seen = new Set<Capability>();
  const state: WatchState = { transfer: 'none', agentLeft: false };
  return {
    observe(event, agents) {
      for (const capability of shownBy(event)) seen.add(capability);
      if (state.agentLeft && goesOn(event)) seen.add('sessionContinuity');
      if (isConference(event, agents, state)) seen.add('conference');
      state.agentLeft ||= event.type === 'left' && event.participant.role === 'agent';
      state.transfer = afterEvent(event, agents, state.transfer);
    },
    seen: (capability) => seen.has(capability),
  };
}

/** `expected`: the next agent to join takes over; `arrived`: has joined, completion not yet told. */
type Transfer = 'none' | 'expected' | 'arrived';

interface WatchState {
  transfer: Transfer;
  agentLeft: boolean;
}

/** What an event shows without regard to any other. */
function shownBy(event: AgentEvent): readonly Capability[] {
  switch (event.type) {
    case 'joined':
      return event.participant.role === 'agent' && event.participant.name
        ? ['joinsAndExits', 'agentName']
        : ['joinsAndExits'];
    case 'left':
      return ['joinsAndExits'];
    case 'transferred':
      return event.state === 'completed' ? ['transfer'] : [];
    case 'receipt':
      return event.state === 'read' ? ['readReceipts'] : [];
    case 'session':
      return event.state === 'inactive' ? ['inactivity'] : [];
    case 'message':
      return event.automated ? ['standardResponses'] : [];
    default:
      return [];
  }
}

function goesOn(event: AgentEvent): boolean {
  return event.type === 'joined' || event.type === 'message' || event.type === 'typing';
}

/** A further agent beside the one who is there, unless sent to take over. */
function isConference(event: AgentEvent, agents: readonly Participant[], { transfer }: WatchState): boolean {
  if (event.type !== 'joined' || event.participant.role !== 'agent' || transfer === 'expected') return false;
  return agents.some((agent) => !isSame(agent, event.participant));
}

/** Services tell the completion before the new agent joins, or after, or without having told of a request. */
function afterEvent(event: AgentEvent, agents: readonly Participant[], transfer: Transfer): Transfer {
  if (event.type === 'joined' && event.participant.role === 'agent')
    return transfer === 'expected' ? 'arrived' : 'none';
  if (event.type !== 'transferred') return transfer;
  if (event.state === 'requested') return 'expected';
  if (event.state === 'failed' || transfer === 'arrived') return 'none';
  return event.to !== undefined && agents.some(({ name }) => name === event.to) ? 'none' : 'expected';
}
