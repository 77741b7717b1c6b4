import type { ChatRequestFailReason } from '../protocol/live-chat.ts';

const SYSTEM_REASONS: readonly string[] = ['agentsUnavailable', 'agentPushTimeout', 'NoPost', 'clientIdleTimeout'];

/** What ChatEnded says where the service itself ends the chat. */
export function endReason(reason: string | undefined): string {
  return SYSTEM_REASONS.find((known) => known === reason) ?? 'unknown';
}

const FAIL_REASONS: readonly ChatRequestFailReason[] = ['Unavailable', 'NoPost', 'InternalFailure', 'Blocked'];
const FAIL_BY_CODE: Readonly<Record<string, ChatRequestFailReason>> = {
  VISITOR_BLOCKED: 'Blocked',
  SERVICE_ERROR: 'InternalFailure',
  PRE_CHAT_REJECTED: 'NoPost',
};

/** What ChatRequestFail says for a neutral reason and code. */
export function failReason(reason: string, code: string): ChatRequestFailReason {
  return FAIL_REASONS.find((known) => known === code || known === reason) ?? FAIL_BY_CODE[code] ?? 'Unavailable';
}
