import type { AgentEventBody } from '../core/events.ts';
import { SESSION_STATUS } from './miaw-encode.ts';
import { present } from './miaw-participants.ts';
import type { Conversation, Session } from './miaw-state.ts';

/** How an event changes session and conversation, after it has been told. */
export function applyEvent(event: AgentEventBody, conversation: Conversation, session: Session): void {
  switch (event.type) {
    case 'queued':
      session.routed = true;
      break;
    case 'joined':
      join(event.participant, conversation, session);
      break;
    case 'left':
      leave(event.participant, conversation, session);
      break;
    case 'typing':
      session.streaming ||= event.active && event.text !== undefined;
      break;
    case 'message':
      session.streaming = false;
      break;
    case 'transferred':
      transfer(event.state, conversation, session);
      break;
    case 'session':
      session.status = SESSION_STATUS[event.state];
      if (event.state === 'ended') end(conversation, session);
      break;
    case 'ended':
      end(conversation, session);
      break;
    default:
      break;
  }
}

type Who = Parameters<typeof present>[0];

function join(who: Who, conversation: Conversation, session: Session): void {
  const newcomer = present(who);
  session.present = [...without(session, newcomer.wire.subject), newcomer];
  session.routed = true;
  session.transferring = false;
  session.status = 'Active';
  conversation.routingStatus = 'ROUTED';
}

/** Nobody left and no end told: the chat is on its way to somebody else. */
function leave(who: Who, conversation: Conversation, session: Session): void {
  session.present = without(session, present(who).wire.subject);
  if (session.present.length === 0) conversation.routingStatus = 'TRANSFER';
}

function without(session: Session, subject: string): Session['present'] {
  return session.present.filter((other) => other.wire.subject !== subject);
}

function transfer(state: 'requested' | 'completed' | 'failed', conversation: Conversation, session: Session): void {
  session.transferring = state === 'requested';
  if (state === 'requested') conversation.routingStatus = 'TRANSFER';
  else conversation.routingStatus = session.present.length > 0 ? 'ROUTED' : 'NEEDS_ROUTING';
}

function end(conversation: Conversation, session: Session): void {
  session.status = 'Ended';
  session.present = [];
  conversation.routingStatus = 'NEEDS_ROUTING';
  conversation.session = undefined;
  session.over.abort(new DOMException('The chat is over', 'AbortError'));
}
