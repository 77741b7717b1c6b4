import type { AgentEventBody } from '../core/events.ts';
import type { RoutingFailureType, RoutingType, RoutingWorkType } from '../protocol/miaw.ts';
import { SSE_EVENTS } from '../protocol/miaw.ts';
import type { EncodeContext } from './miaw-encode.ts';
import type { EntryDraft, Payload } from './miaw-entry.ts';
import { type Present, recordId, SYSTEM } from './miaw-participants.ts';

const QUEUE_ID = '00G8Z000000VwXy';
const FAILURES: readonly RoutingFailureType[] = ['Unknown', 'SubmissionError', 'RoutingError', 'Cancelled'];

interface RoutingOutcome {
  readonly type: RoutingType;
  readonly failure?: RoutingFailureType;
  readonly reason?: string;
  readonly cancelReason?: string;
  readonly waitSeconds?: number | undefined;
  readonly initiator?: Present | undefined;
}

export function queued(event: Extract<AgentEventBody, { type: 'queued' }>, context: EncodeContext): EntryDraft[] {
  const drafts: EntryDraft[] = [];
  if (!context.routed) {
    drafts.push(routingResult({ type: 'Initial', waitSeconds: event.estimatedWaitSeconds }, context));
  }
  if (event.position !== undefined) drafts.push(queuePosition(event.position, context));
  return drafts;
}

function queuePosition(position: number, context: EncodeContext): EntryDraft {
  return {
    event: SSE_EVENTS.queuePosition,
    entryType: 'QueuePosition',
    payload: { pendingServiceRoutingId: pendingRouting(context), workItemId: context.sessionId, position },
    sender: SYSTEM,
  };
}

/** Somebody has taken the chat: the first, the next after a transfer, or one more in a conference. */
export function accepted(who: Present, context: EncodeContext): EntryDraft[] {
  const type = routingTypeOf(who, context);
  const isAnnounced = context.routed && type !== 'Conference';
  const routing = isAnnounced ? [] : [routingResult({ type }, context)];
  return [...routing, work('Assigned', type, context, who), work('Accepted', type, context, who)];
}

function routingTypeOf(who: Present, context: EncodeContext): RoutingType {
  if (context.transferring) return 'Transfer';
  const isSecondAgent = who.wire.role === 'Agent' && context.present.some((other) => other.wire.role === 'Agent');
  return isSecondAgent ? 'Conference' : 'Initial';
}

/** Offered to an agent, who did not want it, and to nobody else. */
export function declined(reason: string, context: EncodeContext): EntryDraft[] {
  const outcome = { type: 'Initial', failure: 'RoutingError', reason, cancelReason: 'Decline' } as const;
  return [work('Assigned', 'Initial', context), work('Declined', 'Initial', context), routingResult(outcome, context)];
}

export function routingFailed(
  event: Extract<AgentEventBody, { type: 'rejected' }>,
  context: EncodeContext,
): EntryDraft {
  const failure = FAILURES.find((known) => known === event.code) ?? 'RoutingError';
  return routingResult({ type: context.transferring ? 'Transfer' : 'Initial', failure, reason: event.reason }, context);
}

export function transferRequested(context: EncodeContext): EntryDraft {
  return routingResult({ type: 'Transfer', initiator: context.present.at(-1) }, context);
}

export function transferFailed(context: EncodeContext): EntryDraft {
  const reason = 'Nobody could take over.';
  return routingResult(
    { type: 'Transfer', failure: 'RoutingError', reason, initiator: context.present.at(-1) },
    context,
  );
}

function routingResult(outcome: RoutingOutcome, context: EncodeContext): EntryDraft {
  const { type, failure = 'None', reason = null, waitSeconds, initiator } = outcome;
  const ok = failure === 'None';
  const payload: Payload = {
    recordId: ok ? context.sessionId : null,
    errorMessages: reason === null ? [] : [reason],
    pendingServiceRoutingId: ok ? pendingRouting(context) : null,
    skipRouterCPRemovalIfNoRoutingFailures: false,
    workOwnerId: null,
    initiator: initiator ? withoutClient(initiator) : null,
    routingType: type,
    estimatedWaitTime: { estimatedWaitTimeInSeconds: waitSeconds ?? null, isEWTRequested: waitSeconds !== undefined },
    failureReason: reason,
    failureType: failure,
    isExternallyRouted: false,
    cancelReason: outcome.cancelReason ?? null,
    routingConfigurationDetails: ok ? { routingConfigurationType: 'QueueRoutingType', queueId: QUEUE_ID } : null,
  };
  return { event: SSE_EVENTS.routingResult, entryType: 'RoutingResult', payload, sender: SYSTEM };
}

function withoutClient({ wire }: Present): Payload {
  return { appType: wire.appType, subject: wire.subject, role: wire.role };
}

function work(workType: RoutingWorkType, routingType: RoutingType, context: EncodeContext, who?: Present): EntryDraft {
  const isBot = who?.wire.role === 'Chatbot';
  const payload: Payload = {
    workId: recordId('0Bz', `${context.sessionId}${who?.wire.subject ?? ''}`),
    workTargetId: context.sessionId,
    workType,
    errorMessages: [],
    routingType,
    agentSessionId: who && !isBot ? who.wire.subject : null,
    agentGroupIds: [],
    queueId: QUEUE_ID,
    botId: isBot ? who.wire.subject : null,
    conversationId: context.conversationId,
  };
  return { event: SSE_EVENTS.routingWorkResult, entryType: 'RoutingWorkResult', payload, sender: SYSTEM };
}

function pendingRouting(context: EncodeContext): string {
  return recordId('0JR', context.sessionId);
}
