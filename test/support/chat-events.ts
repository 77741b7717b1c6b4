import type { AgentEvent, AgentEventBody, Participant } from '../../src/core/events.ts';

export const MARIA: Participant = { id: 'u1', name: 'Maria', role: 'agent' };
export const JONAS: Participant = { id: 'u2', name: 'Jonas', role: 'agent' };
export const BOT: Participant = { id: 'b1', name: 'Acme Bot', role: 'bot' };

export const STARTED: AgentEventBody = { type: 'started', channel: 'miaw', conversationId: 'c1' };

export function joined(participant: Participant = MARIA): AgentEventBody {
  return { type: 'joined', participant };
}

export function left(participant: Participant = MARIA): AgentEventBody {
  return { type: 'left', participant };
}

export function message(text: string, from: Participant = MARIA): AgentEventBody & { type: 'message' } {
  return { type: 'message', id: 'm1', from, text, format: 'text' };
}

export function ended(by: 'agent' | 'visitor' | 'system' = 'agent'): AgentEventBody {
  return { type: 'ended', by };
}

export const REJECTED: AgentEventBody = { type: 'rejected', reason: 'Unavailable', code: 'NO_AGENT_AVAILABLE' };

/** The event as it was read at a moment, in milliseconds. */
export function at(ms: number, body: AgentEventBody): AgentEvent {
  return { at: ms, ...body };
}
