import type { AgentEvent } from '../core/events.ts';

/** What to tell an administrator whose org has moved: the chat follows, the bot platform will not. */
export function movedServer(event: AgentEvent): string | undefined {
  if (event.type !== 'unknown' || event.wireType !== 'SwitchServer') return undefined;
  const newUrl = urlOf(event.raw) ?? urlOf(memberOf(event.raw, 'message'));
  return newUrl ? `the org has moved to ${newUrl}: enter it as Live Agent URL` : undefined;
}

function urlOf(value: unknown): string | undefined {
  const url = memberOf(value, 'newUrl');
  return typeof url === 'string' && url !== '' ? url : undefined;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
