import type { AgentEventBody, EndedBy } from '../core/events.ts';
import { fieldsOf, textOf, wholeFrom } from './live-chat-fields.ts';
import {
  conferenceJoined,
  conferenceLeft,
  disconnected,
  established,
  resumed,
  transferred,
} from './live-chat-people.ts';
import { rejected } from './live-chat-rejection.ts';
import { type Decoded, decoded, type Handler, type LiveChatState, unknownEvent } from './live-chat-state.ts';
import { fileTransfer, message, notTyping, richMessage, sessionData, typing } from './live-chat-talk.ts';

const HANDLERS: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ['ChatRequestSuccess', accepted],
  ['QueueUpdate', queueUpdate],
  ['ChatRequestFail', rejected],
  ['ChatEstablished', established],
  ['ChatTransferred', transferred],
  ['TransferToButtonInitiated', (state) => decoded(state, [{ type: 'transferred', state: 'requested' }])],
  ['ChatResumedAfterTransfer', resumed],
  ['AgentJoinedConference', conferenceJoined],
  ['AgentLeftConference', conferenceLeft],
  ['AgentDisconnect', disconnected],
  ['ChatMessage', message],
  ['AgentTyping', typing],
  ['AgentNotTyping', notTyping],
  ['RichMessage', richMessage],
  ['FileTransfer', fileTransfer],
  ['ChasitorSessionData', sessionData],
  ['ChatEnded', ended],
  ['SwitchServer', switchServer],
]);

/**
 * One entry of a poll, in the words of this program. Never throws: what is not known, or has a shape that nothing can be
 * made of, becomes an `unknown` event. Vendor page: "Messages Response Objects".
 */
export function decodeLiveChat(state: LiveChatState, entry: unknown): Decoded {
  const type = textOf(fieldsOf(entry).type);
  const handle = type === undefined ? undefined : HANDLERS.get(type);
  const body = fieldsOf(fieldsOf(entry).message);
  return handle?.(state, body, entry) ?? decoded(state, [unknownEvent(entry)]);
}

const LONGEST_CONNECTION_TIMEOUT_MS = 600_000;

function accepted(state: LiveChatState, body: Parameters<Handler>[1]): Decoded {
  const given = wholeFrom(1, body.connectionTimeout);
  const connectionTimeoutMs = Math.min(given ?? state.connectionTimeoutMs, LONGEST_CONNECTION_TIMEOUT_MS);
  const next: LiveChatState = { ...state, phase: queuedPhase(state), connectionTimeoutMs };
  return decoded(next, [queued(body.queuePosition, body.estimatedWaitTime), { type: 'session', state: 'waiting' }]);
}

function queueUpdate(state: LiveChatState, body: Parameters<Handler>[1]): Decoded {
  return decoded({ ...state, phase: queuedPhase(state) }, [queued(body.position, body.estimatedWaitTime)]);
}

/** A queue update during a transfer does not undo that somebody is there. */
function queuedPhase(state: LiveChatState): LiveChatState['phase'] {
  return state.phase === 'requested' ? 'queued' : state.phase;
}

/** Routing that knows no position says 0, and -1 stands for an unknown waiting time. */
function queued(position: unknown, estimatedWaitTime: unknown): AgentEventBody {
  const place = wholeFrom(1, position);
  const wait = wholeFrom(0, estimatedWaitTime);
  return {
    type: 'queued',
    ...(place !== undefined && { position: place }),
    ...(wait !== undefined && { estimatedWaitSeconds: wait }),
  };
}

const ENDED_BY: ReadonlyMap<string | undefined, EndedBy> = new Map([
  ['agent', 'agent'],
  ['client', 'visitor'],
]);

function ended(state: LiveChatState, body: Parameters<Handler>[1]): Decoded {
  const reason = textOf(body.reason);
  const by = ENDED_BY.get(reason) ?? 'system';
  const why = by === 'system' && reason !== undefined ? { reason } : {};
  return decoded({ ...state, phase: 'over' }, [
    { type: 'session', state: 'ended' },
    { type: 'ended', by, ...why },
  ]);
}

function switchServer(state: LiveChatState, body: Parameters<Handler>[1], entry: unknown): Decoded {
  return { ...decoded(state, [unknownEvent(entry)]), movedTo: textOf(body.newUrl) ?? '' };
}
