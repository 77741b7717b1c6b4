import { type Answer, refuse } from './miaw-answer.ts';
import { isObject, type Json, misshapen, NOT_JSON, parseObject } from './miaw-body.ts';
import { closedRefused } from './miaw-checks.ts';
import { authorizeFor } from './miaw-conversations.ts';
import { sessionRefused } from './miaw-messages.ts';
import type { MiawState } from './miaw-state.ts';
import type { ReceivedRequest } from './world.ts';

const TYPING: readonly unknown[] = ['TypingStartedIndicator', 'TypingStoppedIndicator'];
const RECEIPTS: readonly unknown[] = ['Delivery', 'Read'];

/** The visitor types, or has stopped. */
export function noteTyping(state: MiawState, request: ReceivedRequest, id: string): Answer {
  const found = authorizeFor(state, request, id);
  if ('refusal' in found) return found.refusal;
  const body = parseObject(request.body);
  if (!body) return NOT_JSON;
  return (
    misshapen(body, { entryType: 'string', id: 'string' }) ??
    (TYPING.includes(body.entryType) ? undefined : refuse(400, 'entryType must be a typing indicator.')) ??
    closedRefused(found.conversation) ??
    sessionRefused(state, found.conversation, false) ?? { status: 202 }
  );
}

/** The visitor's client has received or shown entries. The agent's side sees it, the visitor hears nothing back. */
export function noteReceipts(state: MiawState, request: ReceivedRequest, id: string): Answer {
  const found = authorizeFor(state, request, id);
  if ('refusal' in found) return found.refusal;
  const body = parseObject(request.body);
  if (!body) return NOT_JSON;
  const { acks } = body;
  if (!Array.isArray(acks) || acks.length === 0) return refuse(400, 'acks must be a list with at least one member.');
  const refusals = acks.map((ack) => (isObject(ack) ? ackRefused(ack) : refuse(400, 'acks must hold objects.')));
  return refusals.find((refusal) => refusal !== undefined) ?? closedRefused(found.conversation) ?? { status: 202 };
}

function ackRefused(ack: Json): Answer | undefined {
  return (
    misshapen(ack, { id: 'string', entryType: 'string', conversationEntryId: 'string' }, 'acks.') ??
    (RECEIPTS.includes(ack.entryType) ? undefined : refuse(400, 'acks.entryType must be Delivery or Read.'))
  );
}
