import type { Random } from '../core/clock.ts';
import type { AgentEventBody, Participant } from '../core/events.ts';
import type { IdleTimeout, LiveChatMessage } from '../protocol/live-chat.ts';
import {
  chatEstablished,
  chatTransferred,
  conference,
  resumedAfterTransfer,
  type Speaker,
} from './live-chat-messages.ts';

/**
 * Who takes part on the service's side. This wire has no word for a single arrival: what a `joined` or `left` becomes
 * depends on who is there already and whether a transfer explains it.
 */
export interface People {
  joined(participant: Participant): readonly LiveChatMessage[];
  left(participant: Participant): readonly LiveChatMessage[];
  transferred(event: Transferred): readonly LiveChatMessage[];
  /** The same ids for the same participant every time. */
  speaker(participant: Participant): Speaker;
  /** In whose name the service itself speaks: whoever is there, or was last. */
  host(): Speaker | undefined;
}

type Transferred = Extract<AgentEventBody, { type: 'transferred' }>;

interface Room {
  readonly idle: IdleTimeout;
  readonly speaker: (participant: Participant) => Speaker;
  present: Speaker[];
  /** Those whom a transfer has replaced and whose departure needs no message any more. */
  readonly replaced: Set<Speaker>;
  last: Speaker | undefined;
  established: boolean;
  transferring: boolean;
  /** The present transfer has been told by an arrival. */
  announced: boolean;
}

/** `idle` is what the visitor is told about silence whenever somebody takes over. */
export function createPeople(idle: IdleTimeout, random: Random): People {
  const speaker = createSpeakers(random);
  const room: Room = {
    idle,
    speaker,
    present: [],
    replaced: new Set(),
    last: undefined,
    established: false,
    transferring: false,
    announced: false,
  };
  return {
    joined: (participant) => joined(room, speaker(participant)),
    left: (participant) => left(room, speaker(participant)),
    transferred: (event) => transferred(room, event),
    speaker,
    host: () => room.present.at(-1) ?? room.last,
  };
}

function joined(room: Room, newcomer: Speaker): readonly LiveChatMessage[] {
  if (room.present.includes(newcomer)) return [];
  if (!room.established) {
    room.established = true;
    takeOver(room, newcomer);
    return [chatEstablished(newcomer, room.idle)];
  }
  if (!room.transferring && room.present.length === 0 && room.last === newcomer) {
    // Whoever lost the connection and comes back simply writes on; the wire has no word for it.
    room.present = [newcomer];
    return [];
  }
  if (room.transferring || room.present.length === 0) {
    room.announced = room.transferring;
    takeOver(room, newcomer);
    return [chatTransferred(newcomer, room.idle)];
  }
  room.present.push(newcomer);
  return [conference('AgentJoinedConference', newcomer)];
}

function takeOver(room: Room, newcomer: Speaker): void {
  for (const one of room.present) room.replaced.add(one);
  room.replaced.delete(newcomer);
  room.present = [newcomer];
  room.last = newcomer;
  room.transferring = false;
}

function left(room: Room, leaver: Speaker): readonly LiveChatMessage[] {
  if (room.replaced.delete(leaver) || !room.present.includes(leaver)) return [];
  room.present = room.present.filter((one) => one !== leaver);
  if (room.present.length > 0) return [conference('AgentLeftConference', leaver)];
  room.last = leaver;
  return room.transferring ? [] : [{ type: 'AgentDisconnect', message: {} }];
}

function transferred(room: Room, event: Transferred): readonly LiveChatMessage[] {
  switch (event.state) {
    case 'requested':
      room.transferring = true;
      room.announced = false;
      return [{ type: 'TransferToButtonInitiated', message: {} }];
    case 'completed':
      return completed(room, event.to);
    case 'failed':
      return failed(room);
  }
}

/** An arrival has usually told it already; otherwise the name of the one who came is all there is. */
function completed(room: Room, name: string | undefined): readonly LiveChatMessage[] {
  const told = room.announced;
  room.announced = false;
  if (told || name === undefined) return [];
  const newcomer = room.speaker({ name, role: 'agent' });
  takeOver(room, newcomer);
  return [chatTransferred(newcomer, room.idle)];
}

function failed(room: Room): readonly LiveChatMessage[] {
  room.transferring = false;
  const stays = room.present[0] ?? room.last;
  if (!stays) return [];
  if (room.present.length === 0) room.present = [stays];
  return [resumedAfterTransfer(stays)];
}

function createSpeakers(random: Random): (participant: Participant) => Speaker {
  const known = new Map<string, Speaker>();
  return ({ id, name, role }) => {
    const identity = `${role === 'bot' ? 'bot' : 'other'}/${id ?? name ?? role}`;
    const found = known.get(identity);
    if (found) return found;
    const speaker: Speaker = {
      name: name ?? (role === 'bot' ? 'Bot' : role === 'system' ? 'System' : 'Agent'),
      userId: createUserId(known.size),
      typingId: random.uuid(),
      bot: role === 'bot',
    };
    known.set(identity, speaker);
    return speaker;
  };
}

const USER_PREFIX = '0058Z000004H';

function createUserId(index: number): string {
  return USER_PREFIX + (index + 1).toString(36).toUpperCase().padStart(3, '0');
}
