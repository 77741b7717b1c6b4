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
    message: `${head}: ${whyNobody(channel, record, routing)}${meanwhile(record)}`,
    ...STAFFING[channel],
  });
}

function whyNobody(channel: Channel, record: ChatRecord, routing: RoutingFacts): string {
  if (routing.failure) return `Salesforce could not route the chat (${routing.failure})`;
  if (routing.declined > 0)
    return `the chat was offered ${times(routing.offered)} and declined ${times(routing.declined)}`;
  if (routing.offered > 0) return 'the chat was offered to an agent, who did not accept it';
  if (record.hasCome('anyone')) {
    return record.transferAsked
      ? 'a bot took the chat and asked for a person, and nobody accepted'
      : 'a bot took the chat and no person followed';
  }
  if (routing.routed) {
    return channel === 'miaw'
      ? 'Salesforce routed the chat to a queue and offered it to nobody, so no agent is online there with free capacity'
      : 'Salesforce routed the chat to a queue, and nobody there accepted it';
  }
  return 'Salesforce took the chat but never routed it';
}

/** The last words of the service, which may be the channel's answer for when nobody is there. */
function meanwhile({ queue, automated }: ChatRecord): string {
  const place = queue?.position === undefined ? '' : `; the place in the queue was ${queue.position}`;
  return automated === undefined ? place : `${place}; the standard response was “${shorten(automated)}”`;
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
export function unmetError(withinMs: number, record: ChatRecord, todo: number, step?: string): HandoffError {
  const waiting = record.unmet().map((expectation) => expectation.text);
  if (step !== undefined) waiting.unshift(`${step} of the script`);
  else if (todo > 0) waiting.push(todo === 1 ? 'one message to be accepted' : `${todo} messages to be accepted`);
  return new HandoffError('EXPECTATION_NOT_MET', {
    message: `Still waiting after ${formatDuration(withinMs)} for ${waiting.join(', ')}${whatCame(record)}`,
  });
}

/** What came instead of something expected, as the end of a sentence. */
export function whatCame(record: ChatRecord): string {
  if (record.recent.length === 0) return '; nothing came instead';
  return `; what came last: ${record.recent.map(describeEvent).join(', then ')}`;
}

export function endedEarlyError(record: ChatRecord, todo: number): HandoffError {
  const waiting = record.unmet().map((expectation) => expectation.text);
  if (todo > 0) waiting.push('messages not yet sent');
  return new HandoffError('CHAT_ENDED_EARLY', {
    message: `The chat was ended by the ${record.ended?.by ?? 'system'} while still waiting for ${waiting.join(', ')}${whatCame(record)}`,
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
  if (event.type === 'message') return `a message from ${event.from.name ?? event.from.role}: “${shorten(event.text)}”`;
  if (event.type === 'joined' || event.type === 'left')
    return `${event.participant.name ?? event.participant.role} ${event.type}`;
  if (event.type === 'transferred') return `a transfer ${event.state}`;
  if (event.type === 'session') return `the session ${event.state}`;
  if (event.type === 'queued') return event.position === undefined ? 'the queue' : `queue position ${event.position}`;
  return `“${event.type}”`;
}

const LONGEST_QUOTE = 80;

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > LONGEST_QUOTE ? `${line.slice(0, LONGEST_QUOTE - 1)}…` : line;
}

/** The limit came while the connection was away. */
export function outageError(withinMs: number, reason: string): HandoffError {
  return new HandoffError('SESSION_LOST', {
    message: `The connection was lost and had not come back after ${formatDuration(withinMs)} (${reason})`,
  });
}
