import type { AgentEventBody, MessageEvent, MessageOption, Participant } from '../core/events.ts';
import type { ScenarioStep } from './model.ts';

export const MARIA: Participant = { name: 'Maria Lopez', role: 'agent' };
export const JONAS: Participant = { name: 'Jonas Weber', role: 'agent' };
export const BOT: Participant = { name: 'Acme Bot', role: 'bot' };
const SYSTEM: Participant = { name: 'Automated Process', role: 'system' };

export function emit(event: AgentEventBody, afterMs = 0): ScenarioStep {
  return { emit: event, afterMs };
}

export function queued(position: number, estimatedWaitSeconds: number, afterMs = 0): ScenarioStep {
  return emit({ type: 'queued', position, estimatedWaitSeconds }, afterMs);
}

export function joins(participant: Participant, afterMs = 0): ScenarioStep {
  return emit({ type: 'joined', participant }, afterMs);
}

export function leaves(participant: Participant, afterMs = 0): ScenarioStep {
  return emit({ type: 'left', participant }, afterMs);
}

/** An empty id lets the service make one, as scripts are played many times. */
export function says(from: Participant, text: string, afterMs = 0): ScenarioStep {
  return emit({ type: 'message', id: '', from, text, format: 'text' }, afterMs);
}

export function shows(
  from: Participant,
  content: Omit<MessageEvent, 'type' | 'id' | 'from'>,
  afterMs = 0,
): ScenarioStep {
  return emit({ type: 'message', id: '', from, ...content }, afterMs);
}

/** A standard response that an administrator has written; MIAW tells it before anything else. */
export function greets(text: string, afterMs = 0): ScenarioStep {
  return emit({ type: 'message', id: '', from: SYSTEM, text, format: 'text', automated: true }, afterMs);
}

export function ends(by: 'agent' | 'system', afterMs = 0, reason?: string): ScenarioStep {
  return emit(reason === undefined ? { type: 'ended', by } : { type: 'ended', by, reason }, afterMs);
}

export function converses(participant: Participant, times?: number): ScenarioStep {
  const as = participant.role === 'bot' ? 'bot' : 'agent';
  const converse = { as, name: participant.name ?? 'Agent' } as const;
  return { converse: times === undefined ? converse : { ...converse, times } };
}

export function breaks(fault: string, afterMs = 0): ScenarioStep {
  return { fault, afterMs };
}

export function options(...titles: readonly string[]): readonly MessageOption[] {
  return titles.map((title) => ({ id: title.toLowerCase().replace(/\W+/g, '-'), title }));
}
