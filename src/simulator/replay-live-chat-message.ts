import type { AgentEventBody, Participant } from '../core/events.ts';
import { type Json, objectOf, objectsOf, textOf } from './replay-read.ts';

/** Reads a recorded session entry by entry. Entries without a neutral word are played as they were. */
export interface LiveChatReader {
  entry(entry: Json): readonly AgentEventBody[];
  over(): boolean;
}

interface Room {
  readonly known: Map<string, Participant>;
  main: Participant | undefined;
  guests: number;
  accepted: boolean;
  transferring: boolean;
  over: boolean;
}

type Read = (room: Room, body: Json, entry: Json) => readonly AgentEventBody[];

/** What the simulator says by itself when it comes to it, or what belongs to a repair of the connection. */
const NOT_PLAYED: ReadonlySet<unknown> = new Set(['ChasitorSessionData', 'ReconnectSession', 'SwitchServer']);

const READERS: Readonly<Record<string, Read>> = {
  ChatRequestSuccess: (room, body) => queued(room, body.queuePosition, body.estimatedWaitTime),
  QueueUpdate: (room, body) => queued(room, body.position, body.estimatedWaitTime),
  ChatRequestFail: rejected,
  ChatEstablished: arrived,
  ChatTransferred: arrived,
  TransferToButtonInitiated: requested,
  ChatResumedAfterTransfer: failed,
  AgentJoinedConference: guestJoined,
  AgentLeftConference: guestLeft,
  AgentDisconnect: disconnected,
  ChatMessage: (room, body) => [
    { type: 'message', id: '', from: speaker(room, body), text: String(body.text ?? ''), format: 'text' },
  ],
  AgentTyping: (room, body) => [{ type: 'typing', participant: speaker(room, body), active: true }],
  AgentNotTyping: (room, body) => [{ type: 'typing', participant: speaker(room, body), active: false }],
  RichMessage: choices,
  FileTransfer: file,
  ChatEnded: ended,
};

export function createLiveChatReader(): LiveChatReader {
  const room: Room = {
    known: new Map(),
    main: undefined,
    guests: 0,
    accepted: false,
    transferring: false,
    over: false,
  };
  return {
    over: () => room.over,
    entry(entry) {
      const type = textOf(entry.type);
      if (room.over || type === undefined || NOT_PLAYED.has(type)) return [];
      const read = Object.hasOwn(READERS, type) ? READERS[type] : undefined;
      return read ? read(room, objectOf(entry.message), entry) : [asItWas(entry)];
    },
  };
}

function asItWas(entry: Json): AgentEventBody {
  return { type: 'unknown', wireType: String(entry.type), raw: entry.message ?? {} };
}

function queued(room: Room, position: unknown, wait: unknown): readonly AgentEventBody[] {
  room.accepted = true;
  const place = typeof position === 'number' && position > 0 ? { position } : {};
  const time = typeof wait === 'number' && wait >= 0 ? { estimatedWaitSeconds: wait } : {};
  return [{ type: 'queued', ...place, ...time }];
}

function rejected(room: Room, body: Json): readonly AgentEventBody[] {
  room.over = true;
  const reason = textOf(body.reason) ?? 'Unavailable';
  return [{ type: 'rejected', reason, code: reason }];
}

/** The first, or whoever takes over: where nothing has announced it, the new name alone tells the transfer. */
function arrived(room: Room, body: Json): readonly AgentEventBody[] {
  const isBot = body.isTransferToBot === true || objectsOf(body.items).length > 0;
  const newcomer = person(room, body, isBot || (textOf(body.userId)?.startsWith('0Xx') ?? false) ? 'bot' : 'agent');
  const unannounced = room.main !== undefined && !room.transferring && newcomer.name !== undefined;
  room.main = newcomer;
  room.guests = 0;
  room.transferring = false;
  if (unannounced) return [{ type: 'transferred', state: 'completed', to: newcomer.name ?? '' }];
  return [{ type: 'joined', participant: newcomer }];
}

function requested(room: Room): readonly AgentEventBody[] {
  room.transferring = true;
  return [{ type: 'transferred', state: 'requested' }];
}

function failed(room: Room, _body: Json, entry: Json): readonly AgentEventBody[] {
  room.transferring = false;
  return room.main ? [{ type: 'transferred', state: 'failed' }] : [asItWas(entry)];
}

function guestJoined(room: Room, body: Json): readonly AgentEventBody[] {
  room.guests += 1;
  return [{ type: 'joined', participant: person(room, body, 'agent') }];
}

function guestLeft(room: Room, body: Json): readonly AgentEventBody[] {
  room.guests -= 1;
  return [{ type: 'left', participant: speaker(room, body) }];
}

/** The simulator says it of somebody who is alone and not on the way to a colleague; otherwise it is played as it was. */
function disconnected(room: Room, _body: Json, entry: Json): readonly AgentEventBody[] {
  if (!room.main || room.guests > 0 || room.transferring) return [asItWas(entry)];
  const participant = room.main;
  room.main = undefined;
  return [{ type: 'left', participant }];
}

function choices(room: Room, body: Json, entry: Json): readonly AgentEventBody[] {
  const options = objectsOf(body.items).map((item, index) => ({
    id: textOf(item.value) ?? String(index),
    title: textOf(item.text) ?? '',
  }));
  if (options.length === 0) return [asItWas(entry)];
  const text = textOf(body.header) ?? textOf(body.text) ?? '';
  return [{ type: 'message', id: '', from: room.main ?? { role: 'bot' }, text, format: 'choices', options }];
}

/** How an upload went is said anew when the visitor uploads. */
function file(room: Room, body: Json): readonly AgentEventBody[] {
  if (body.type !== 'Requested') return [];
  return [{ type: 'message', id: '', from: room.main ?? { role: 'agent' }, text: '', format: 'file-request' }];
}

/** Where the visitor had ended the chat, the script leaves that to the visitor of today. */
function ended(room: Room, body: Json): readonly AgentEventBody[] {
  room.over = true;
  const reason = textOf(body.reason);
  if (reason === 'client') return [];
  if (reason === 'agent') return [{ type: 'ended', by: 'agent' }];
  return [{ type: 'ended', by: 'system', ...(reason === undefined ? {} : { reason }) }];
}

function speaker(room: Room, body: Json): Participant {
  const name = textOf(body.name);
  if (name === undefined) return room.main ?? { role: 'agent' };
  return room.known.get(name) ?? { name, role: 'agent' };
}

/** Ids are left to the simulator: this wire gives one person several. */
function person(room: Room, body: Json, role: 'agent' | 'bot'): Participant {
  const name = textOf(body.name);
  const one: Participant = name === undefined ? { role } : { name, role };
  if (name !== undefined) room.known.set(name, one);
  return one;
}
