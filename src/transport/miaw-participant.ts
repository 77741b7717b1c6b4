import type { Participant, ParticipantRole } from '../core/events.ts';
import { type JsonObject, textOf } from './miaw-json.ts';

const ROLES = new Map<unknown, ParticipantRole>([
  ['Agent', 'agent'],
  ['Chatbot', 'bot'],
  ['Supervisor', 'supervisor'],
  ['EndUser', 'visitor'],
  ['System', 'system'],
  ['Router', 'system'],
]);

const ROLES_BY_APP = new Map<unknown, ParticipantRole>([
  ['agent', 'agent'],
  ['chatbot', 'bot'],
  ['iamessage', 'visitor'],
]);

/** Who stands behind a wire participant; a role this client does not know is judged by the application. */
export function readParticipant(wire: JsonObject, displayName?: string | undefined): Participant {
  const id = textOf(wire.subject);
  const name = displayName ?? textOf(wire.displayName);
  const role = readRole(wire);
  // Not by spreading what there is: V8 then makes a hidden class for each participant, which only a full collection frees.
  if (id && name) return { id, name, role };
  if (id) return { id, role };
  return name ? { name, role } : { role };
}

function readRole(wire: JsonObject): ParticipantRole {
  return ROLES.get(wire.role) ?? ROLES_BY_APP.get(wire.appType) ?? 'system';
}

/** What tells two participants apart, also where the service gives no id. */
export function participantKey(participant: Participant): string {
  return participant.id ?? `${participant.role}:${participant.name ?? ''}`;
}
