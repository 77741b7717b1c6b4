import type { AgentEventBody, EndedBy } from '../core/events.ts';
import type { MiawChat } from './miaw-chat.ts';
import { decodeMiaw } from './miaw-decode.ts';
import type { WireEntry } from './miaw-entry.ts';
import { judgeSign, type Verdict } from './miaw-judge.ts';
import { createLeaving, type Leaving, noteLeaving } from './miaw-leaving.ts';
import { noteSeen } from './miaw-outbox.ts';
import { createSeen, type Seen } from './miaw-seen.ts';
import { agentsPresent, type EndSign, requestTransfer } from './miaw-state.ts';

/** What the one reader of a conversation remembers between entries. */
export interface Reader {
  readonly chat: MiawChat;
  readonly seen: Seen;
  /** Receipts for messages whose request is still under way: `sent` comes first. */
  held: readonly AgentEventBody[];
  /** From a history that was long in coming. */
  readonly late: WireEntry[];
  /** A sign of the end that is being looked into, and what came of it. */
  sign: EndSign | undefined;
  verdict: Verdict | undefined;
  readonly leaving: Leaving;
  over: boolean;
}

export function createReader(chat: MiawChat): Reader {
  return {
    chat,
    seen: createSeen(),
    held: [],
    late: [],
    sign: undefined,
    verdict: undefined,
    leaving: createLeaving(),
    over: false,
  };
}

export function noteLate(reader: Reader, entries: readonly WireEntry[]): void {
  reader.late.push(...entries);
  reader.chat.bell.ring();
}

/** The events of one entry; none for another conversation's, for one seen before, and for receipts held back. */
export function acceptEntry(reader: Reader, entry: WireEntry): readonly AgentEventBody[] {
  const { chat } = reader;
  const isForeign = entry.conversationId !== undefined && entry.conversationId !== chat.line.conversationId;
  if (isForeign || wasSeen(reader, entry)) return [];
  if (entry.id) noteSeen(chat.outbox, entry.id);
  const decoded = decodeMiaw(chat.state, entry);
  chat.state = decoded.state;
  if (decoded.end?.cause === 'last-agent-left') noteLeaving(reader.leaving, chat.line.deps.clock.now());
  if (decoded.end) startJudging(reader, decoded.end);
  // The visitor's doing, here or on another device. That the service has it closed is only certain once we have asked for it, too.
  if (entry.kind === 'closed') return finish(reader, 'visitor');
  return holdBack(reader, decoded.events);
}

/** What is due without any new entry: receipts let go, and the end once it is certain. */
export function dueEvents(reader: Reader): readonly AgentEventBody[] {
  const released = reader.held.filter((event) => !isUnderway(reader, event));
  reader.held = reader.held.filter((event) => isUnderway(reader, event));
  return [...released, ...endEvents(reader)];
}

function wasSeen(reader: Reader, entry: WireEntry): boolean {
  if (entry.id === undefined) return false;
  // An update names the entry that it updates, so the id alone would hide it.
  return reader.seen.meet(entry.wireType, entry.id);
}

function holdBack(reader: Reader, events: readonly AgentEventBody[]): readonly AgentEventBody[] {
  for (const event of events) {
    if (event.type === 'receipt') noteSeen(reader.chat.outbox, event.messageId);
  }
  const held = events.filter((event) => isUnderway(reader, event));
  if (held.length === 0) return events;
  reader.held = [...reader.held, ...held];
  return events.filter((event) => !held.includes(event));
}

function isUnderway(reader: Reader, event: AgentEventBody): boolean {
  return event.type === 'receipt' && reader.chat.outbox.has(event.messageId);
}

/** Looks into a sign while entries go on arriving. The end of the session says more than an agent's leaving. */
function startJudging(reader: Reader, sign: EndSign): void {
  if (reader.sign?.cause === 'session-ended') return;
  reader.sign = sign;
  judgeSign(reader.chat, sign, reader.leaving).then(
    ({ verdict, by }) => {
      if (reader.sign !== sign) return;
      reader.sign = { ...sign, by };
      reader.verdict = verdict;
      reader.chat.bell.ring();
    },
    // Aborted, which the reader notices by itself.
    () => undefined,
  );
}

function endEvents(reader: Reader): readonly AgentEventBody[] {
  const { chat, sign, verdict } = reader;
  if (chat.gone) return finish(reader, 'visitor');
  if (!sign || !verdict) return [];
  reader.verdict = undefined;
  if (verdict === 'over' && !isRefuted(reader, sign)) {
    return chat.ending ? finish(reader, 'visitor') : finish(reader, sign.by ?? 'system', sign.reason);
  }
  reader.sign = undefined;
  if (verdict !== 'transfer' || isRefuted(reader, sign)) return [];
  const requested = requestTransfer(chat.state);
  chat.state = requested.state;
  return requested.events;
}

/** The last agent had left, but another one has come since or is expected. */
function isRefuted({ chat }: Reader, sign: EndSign): boolean {
  if (sign.cause !== 'last-agent-left') return false;
  return agentsPresent(chat.state).length > 0 || chat.state.transfer !== 'none';
}

function finish(reader: Reader, by: EndedBy, reason?: string): readonly AgentEventBody[] {
  const { chat, sign } = reader;
  reader.over = true;
  chat.closed = true;
  const ended: AgentEventBody = { type: 'ended', by, ...(reason ? { reason } : {}) };
  return sign?.cause === 'session-ended' ? [{ type: 'session', state: 'ended' }, ended] : [ended];
}
