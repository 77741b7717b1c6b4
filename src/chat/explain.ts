import { formatDuration } from '../core/duration.ts';
import { ERRORS, type ErrorCode, HandoffError } from '../core/errors.ts';
import type { AgentEvent, Channel } from '../core/events.ts';
import type { RoutingFacts } from '../core/session.ts';
import type { ChatRecord } from './record.ts';

/** What to look at when nobody comes, on each channel. */
const STAFFING = {
  'live-chat': {
    hint: 'is an agent online in the chat console, with the button’s skill or queue? More time: --within 5m',
    step: 'live-chat.verify',
  },
  miaw: {
    hint: 'is an agent online in Omni-Channel with the Messaging channel and free capacity? More time: --within 5m',
    step: 'miaw.1',
  },
} as const;

/** Why no agent came, as far as the service tells. */
export function noAgentError(
  channel: Channel,
  withinMs: number,
  record: ChatRecord,
  routing: RoutingFacts,
): HandoffError {
  const head = `No agent joined within ${formatDuration(withinMs)}`;
  return new HandoffError('NO_AGENT_AVAILABLE', {
    message: `${head}: ${whyNobody(record, routing)}`,
    ...STAFFING[channel],
  });
}

function whyNobody(record: ChatRecord, routing: RoutingFacts): string {
  if (routing.failure) return `Salesforce could not route the chat (${routing.failure})`;
  if (routing.declined > 0)
    return `the chat was offered ${times(routing.offered)} and declined ${times(routing.declined)}`;
  if (routing.offered > 0) return 'the chat was offered to an agent, who did not accept it';
  if (record.hasCome('anyone')) return 'a bot took the chat and no person followed';
  if (routing.routed) return 'Salesforce routed the chat to a queue, and nobody there accepted it';
  return 'Salesforce took the chat but never routed it';
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}

/** The service's own refusal of the chat, with the exit code its cause deserves. */
export function rejectedError(event: Extract<AgentEvent, { type: 'rejected' }>, channel: Channel): HandoffError {
  const code = Object.hasOwn(ERRORS, event.code) ? (event.code as ErrorCode) : 'NO_AGENT_AVAILABLE';
  return new HandoffError(code, {
    message: `No agent will take this chat: ${event.reason}`,
    ...(code === 'NO_AGENT_AVAILABLE' ? STAFFING[channel] : {}),
  });
}

/** What was still being waited for, and what came instead. */
export function unmetError(withinMs: number, record: ChatRecord, unsent: number): HandoffError {
  const waiting = record.unmet().map((expectation) => expectation.text);
  if (unsent > 0) waiting.push(unsent === 1 ? 'one message to be accepted' : `${unsent} messages to be accepted`);
  const instead = record.last ? `; the last thing that came was ${describeEvent(record.last)}` : '';
  return new HandoffError('EXPECTATION_NOT_MET', {
    message: `Still waiting after ${formatDuration(withinMs)} for ${waiting.join(', ')}${instead}`,
  });
}

export function endedEarlyError(record: ChatRecord, unsent: number): HandoffError {
  const waiting = record.unmet().map((expectation) => expectation.text);
  if (unsent > 0) waiting.push('messages not yet sent');
  return new HandoffError('CHAT_ENDED_EARLY', {
    message: `The chat was ended by the ${record.ended?.by ?? 'system'} while still waiting for ${waiting.join(', ')}`,
  });
}

/** A person's chat that is over before it has proven anything. */
export function nobodyCameError(channel: Channel, by: string): HandoffError {
  return new HandoffError('NO_AGENT_AVAILABLE', {
    message: `The chat was ended by the ${by} before an agent came`,
    ...STAFFING[channel],
  });
}

function describeEvent(event: AgentEvent): string {
  if (event.type === 'message') return `a message from ${event.from.name ?? event.from.role}`;
  if (event.type === 'joined' || event.type === 'left')
    return `${event.participant.name ?? event.participant.role} ${event.type}`;
  return `“${event.type}”`;
}

/** The limit came while the connection was away. */
export function outageError(withinMs: number, reason: string): HandoffError {
  return new HandoffError('SESSION_LOST', {
    message: `The connection was lost and had not come back after ${formatDuration(withinMs)} (${reason})`,
  });
}
