import type { AgentEventBody, Participant, ParticipantRole } from '../core/events.ts';
import { messageContentOf } from './replay-miaw-content.ts';
import { type Json, objectOf, objectsOf, textOf } from './replay-read.ts';

/** One conversation entry, as a stream or the history told it. */
export interface RecordedEntry {
  readonly identifier: string;
  readonly entryType: string;
  readonly event?: string;
  readonly payload: Json;
  readonly sender: Json;
  readonly senderName?: string;
}

/** Reads a recorded conversation entry by entry. Entries without a neutral word are played as they were. */
export interface MiawReader {
  entry(entry: RecordedEntry): readonly AgentEventBody[];
  begun(): boolean;
  over(): boolean;
}

interface Room {
  readonly all: readonly RecordedEntry[];
  readonly names: Map<string, string>;
  status: string;
  begun: boolean;
  over: boolean;
}

type Read = (room: Room, entry: RecordedEntry) => readonly AgentEventBody[];

const nothing: Read = () => [];

/** Receipts, streamed words and the visitor's own entries are made anew by the simulator as the chat goes on. */
const READERS: Readonly<Record<string, Read>> = {
  Message: message,
  RoutingResult: routing,
  RoutingWorkResult: work,
  QueuePosition: (_room, { payload }) =>
    typeof payload.position === 'number' ? [{ type: 'queued', position: payload.position }] : [],
  ParticipantChanged: people,
  SessionStatusChanged: session,
  TypingStartedIndicator: (room, entry) => typing(room, entry, true),
  TypingStoppedIndicator: (room, entry) => typing(room, entry, false),
  ProgressIndicator: progress,
  DeliveryAcknowledgement: nothing,
  ReadAcknowledgement: nothing,
  StreamingToken: nothing,
  CloseConversation: nothing,
};

export function createMiawReader(all: readonly RecordedEntry[]): MiawReader {
  const room: Room = { all, names: new Map(), status: 'Waiting', begun: false, over: false };
  return {
    begun: () => room.begun,
    over: () => room.over,
    entry(entry) {
      if (room.over) return [];
      room.begun = true;
      const read = Object.hasOwn(READERS, entry.entryType) ? READERS[entry.entryType] : undefined;
      return read ? read(room, entry) : [asItWas(entry)];
    },
  };
}

/** The simulator makes the event's name out of the entry's type, unless that is no way to get the recorded one. */
function asItWas({ entryType, event, payload }: RecordedEntry): AgentEventBody {
  const named = `CONVERSATION_${entryType.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toUpperCase()}`;
  const wireType = event === undefined || event === named ? entryType : event;
  return { type: 'unknown', wireType, raw: payload };
}

function message(room: Room, entry: RecordedEntry): readonly AgentEventBody[] {
  const from = person(room, entry.sender, entry.senderName);
  if (from.role === 'visitor') return [];
  const { messageReason } = entry.payload;
  const automated =
    messageReason === 'AutomatedResponse' || messageReason === 'Consent' ? { automated: true as const } : {};
  return [
    { type: 'message', id: '', from, ...automated, ...messageContentOf(objectOf(entry.payload.abstractMessage)) },
  ];
}

/** Routing of a conference is told by the arrival that it leads to. */
function routing(_room: Room, { payload }: RecordedEntry): readonly AgentEventBody[] {
  const isOk = payload.failureType === 'None' || payload.failureType === undefined || payload.failureType === null;
  if (payload.routingType === 'Conference') return [];
  if (payload.routingType === 'Transfer') return [{ type: 'transferred', state: isOk ? 'requested' : 'failed' }];
  if (!isOk) return [rejected(payload)];
  const seconds = objectOf(payload.estimatedWaitTime).estimatedWaitTimeInSeconds;
  return [{ type: 'queued', ...(typeof seconds === 'number' ? { estimatedWaitSeconds: seconds } : {}) }];
}

function rejected(payload: Json): AgentEventBody {
  const told = Array.isArray(payload.errorMessages) ? textOf(payload.errorMessages[0]) : undefined;
  const reason = textOf(payload.failureReason) ?? told ?? '';
  return {
    type: 'rejected',
    reason,
    code: payload.cancelReason === 'Decline' ? 'Declined' : String(payload.failureType),
  };
}

/** An offer that is taken is told with the arrival, one that is declined for good with the refusal. */
function work(room: Room, entry: RecordedEntry): readonly AgentEventBody[] {
  const at = room.all.indexOf(entry);
  const later = room.all.slice(at + 1);
  const next = later.find((other) => other.entryType === 'RoutingWorkResult')?.payload.workType;
  const isDeclined = later.some((other) => other.payload.cancelReason === 'Decline');
  switch (entry.payload.workType) {
    case 'Accepted':
      return [];
    case 'Assigned':
      return next === 'Accepted' || (next === 'Declined' && isDeclined) ? [] : [asItWas(entry)];
    case 'Declined':
      return isDeclined ? [] : [asItWas(entry)];
    default:
      return [asItWas(entry)];
  }
}

function people(room: Room, { payload }: RecordedEntry): readonly AgentEventBody[] {
  return objectsOf(payload.entries).flatMap((change): AgentEventBody[] => {
    const participant = person(room, objectOf(change.participant), textOf(change.displayName));
    if (participant.role === 'visitor') return [];
    if (change.operation === 'remove') return [{ type: 'left', participant }];
    room.status = 'Active';
    return change.operation === 'add' ? [{ type: 'joined', participant }] : [];
  });
}

const STATES: Readonly<Record<string, 'active' | 'inactive' | 'waiting'>> = {
  Active: 'active',
  Inactive: 'inactive',
  Paused: 'inactive',
  New: 'waiting',
  Waiting: 'waiting',
  Consent: 'waiting',
};

function session(room: Room, entry: RecordedEntry): readonly AgentEventBody[] {
  const status = String(entry.payload.sessionStatus);
  if (status === 'Ended' || status === 'Error') return ended(room, entry);
  const state = Object.hasOwn(STATES, status) ? STATES[status] : undefined;
  if (state === undefined) return [asItWas(entry)];
  // The simulator itself sets a session active for the first who joins.
  const isOfArrival = status === 'Active' && followedByArrival(room, entry);
  if (status === room.status || isOfArrival) return [];
  room.status = status;
  return [{ type: 'session', state }];
}

function followedByArrival(room: Room, entry: RecordedEntry): boolean {
  const next = room.all[room.all.indexOf(entry) + 1];
  return objectsOf(next?.payload.entries).some((change) => change.operation === 'add');
}

/** A session that ended for a transfer goes on with whoever comes next; where the visitor ended it, today's does so again. */
function ended(room: Room, entry: RecordedEntry): readonly AgentEventBody[] {
  const later = room.all.slice(room.all.indexOf(entry) + 1);
  const goesOn = later.some(({ payload }) => objectsOf(payload.entries).some((change) => change.operation === 'add'));
  if (goesOn) return [];
  room.over = true;
  const { sessionEndedByRole: role, sessionStatusPrev: before } = entry.payload;
  if (role === 'EndUser') return [];
  if (role === 'Agent' || role === 'Supervisor') return [{ type: 'ended', by: 'agent' }];
  return [{ type: 'ended', by: 'system', ...(before === 'Inactive' ? { reason: 'inactivity' } : {}) }];
}

function typing(room: Room, entry: RecordedEntry, active: boolean): readonly AgentEventBody[] {
  const participant = person(room, entry.sender, entry.senderName);
  return participant.role === 'visitor' ? [] : [{ type: 'typing', participant, active }];
}

function progress(room: Room, entry: RecordedEntry): readonly AgentEventBody[] {
  const { progressMessage } = objectOf(entry.payload.progressIndicator);
  const participant = person(room, entry.sender, entry.senderName);
  return [{ type: 'typing', participant, active: true, text: textOf(objectOf(progressMessage).text) ?? '' }];
}

const ROLES: Readonly<Record<string, ParticipantRole>> = {
  Agent: 'agent',
  Chatbot: 'bot',
  Supervisor: 'supervisor',
  EndUser: 'visitor',
};

/** Not every server repeats a name, so it is remembered. */
function person(room: Room, wire: Json, given: string | undefined): Participant {
  const role = ROLES[String(wire.role)] ?? 'system';
  const id = textOf(wire.subject);
  const name = given ?? room.names.get(id ?? '');
  if (id !== undefined && name !== undefined) room.names.set(id, name);
  return { ...(id === undefined || role === 'system' ? {} : { id }), ...(name === undefined ? {} : { name }), role };
}
