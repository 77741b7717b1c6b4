import type { Participant } from '../core/events.ts';

/** Whom a chat waits for: a person of the service's staff, or a bot as well. */
export type Whom = 'agent' | 'anyone';

/** Who of the service's side is in the chat, and who has ever been. */
export interface Presence {
  join(participant: Participant): void;
  leave(participant: Participant): void;
  agents(): readonly Participant[];
  isThere(whom: Whom): boolean;
  hasCome(whom: Whom): boolean;
}

export function createPresence(): Presence {
  let present: readonly Participant[] = [];
  const come = new Set<Whom>();
  const without = (participant: Participant) => present.filter((other) => !isSame(other, participant));
  const agents = () => present.filter(({ role }) => role === 'agent');
  return {
    join(participant) {
      if (participant.role !== 'agent' && participant.role !== 'bot') return;
      present = [...without(participant), participant];
      come.add('anyone');
      if (participant.role === 'agent') come.add('agent');
    },
    leave(participant) {
      present = without(participant);
    },
    agents,
    isThere: (whom) => (whom === 'agent' ? agents() : present).length > 0,
    hasCome: (whom) => come.has(whom),
  };
}

/** Not every service repeats the id when somebody goes; the name has to do then. */
export function isSame(one: Participant, other: Participant): boolean {
  if (one.id !== undefined && other.id !== undefined) return one.id === other.id;
  return one.role === other.role && one.name === other.name;
}
