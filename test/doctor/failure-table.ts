import type { CheckLevel, CheckResult } from '../../src/core/check.ts';
import type { Channel } from '../../src/core/events.ts';
import { splitNames } from '../../src/simulator/split-names.ts';

/** What one failure of the ranked list has to come out as. `row` is its number there. */
export interface Failure {
  readonly row: number;
  /** What `--simulate` is given: a scenario, faults, or both. */
  readonly play: string;
  readonly channel: Channel;
  readonly level?: CheckLevel;
  readonly status?: 'warn' | 'fail';
  readonly check: string;
  readonly cause: string;
  readonly step: string | undefined;
}

export const MIAW = 'miaw' as const;
const LIVE_CHAT = 'live-chat' as const;

/** Visible without a login and without a chat. */
export const SERVICE: readonly Failure[] = [
  failure(2, 'retired', LIVE_CHAT, 'service.settings', 'LIVE_CHAT_RETIRED', 'miaw.1'),
  failure(2, 'retired-404', LIVE_CHAT, 'service.session', 'NOT_FOUND', 'live-chat.2'),
  failure(2, 'retired-503', LIVE_CHAT, 'service.settings', 'SERVICE_ERROR', 'live-chat.2'),
  failure(3, 'unpublished', MIAW, 'service.deployment', 'DEPLOYMENT_NOT_PUBLISHED', 'miaw.1'),
  failure(4, 'wrong-type', MIAW, 'service.token', 'DEPLOYMENT_TYPE_NOT_CUSTOM_CLIENT', 'miaw.1'),
  failure(5, 'channel-name', MIAW, 'service.deployment', 'DEPLOYMENT_UNKNOWN', 'miaw.2'),
  failure(5, 'unknown-deployment', MIAW, 'service.deployment', 'DEPLOYMENT_UNKNOWN', 'miaw.2'),
  failure(5, 'wrong-capitals', MIAW, 'service.deployment', 'DEPLOYMENT_NAME_CASE', 'miaw.2'),
  failure(6, 'org-header', MIAW, 'stream.open', 'ORG_MISMATCH', 'miaw.2'),
  failure(7, 'unknown-button', LIVE_CHAT, 'service.settings', 'BUTTON_UNKNOWN', 'live-chat.5'),
  failure(7, 'unknown-deployment', LIVE_CHAT, 'service.settings', 'BUTTON_UNKNOWN', 'live-chat.5'),
  failure(7, 'error-answer', LIVE_CHAT, 'service.settings', 'BUTTON_UNKNOWN', 'live-chat.5'),
  warning(7, 'no-availability', LIVE_CHAT, 'service.availability', 'NO_AGENT_AVAILABLE', 'live-chat.verify'),
  failure(7, 'unknown-org', LIVE_CHAT, 'service.settings', 'ORG_MISMATCH', 'live-chat.3'),
  warning(7, 'nobody', LIVE_CHAT, 'service.availability', 'NO_AGENT_AVAILABLE', 'live-chat.verify'),
  failure(8, 'switch-server', LIVE_CHAT, 'service.settings', 'SERVER_MOVED', 'live-chat.2'),
  failure(8, 'switch-loop', LIVE_CHAT, 'service.settings', 'SERVER_MOVED', 'live-chat.2'),
  failure(9, 'empty-404', LIVE_CHAT, 'service.session', 'NOT_FOUND', 'live-chat.2'),
  failure(9, 'empty-404', MIAW, 'service.token', 'NOT_FOUND', 'miaw.2'),
  failure(9, 'core-host', LIVE_CHAT, 'service.session', 'NOT_FOUND', 'live-chat.2'),
  failure(9, 'core-host', MIAW, 'service.token', 'NOT_FOUND', 'miaw.2'),
  failure(16, 'field-short', MIAW, 'service.pre-chat', 'PRE_CHAT_TOO_LONG', 'metadata.4'),
  failure(16, 'field-required', MIAW, 'service.pre-chat', 'PRE_CHAT_REQUIRED_MISSING', 'metadata.4'),
  warning(16, 'field-missing', MIAW, 'service.pre-chat', 'PRE_CHAT_NOT_IN_FORM', 'metadata.4'),
  warning(19, 'token-expires', MIAW, 'service.token', 'TOKEN_EXPIRES_SOON', 'miaw.capabilities'),
  failure(19, 'token-expired', MIAW, 'service.token', 'TOKEN_EXPIRED', 'miaw.capabilities'),
  failure(20, 'stall-stream', MIAW, 'stream.open', 'STREAM_SILENT', 'miaw.capabilities'),
  failure(20, 'sse-401', MIAW, 'stream.open', 'ACCESS_DENIED', 'miaw.capabilities'),
  failure(24, 'silent-guest', MIAW, 'service.token', 'USER_VERIFICATION_ON', 'miaw.1'),
  failure(24, 'user-verification', MIAW, 'service.token', 'USER_VERIFICATION_ON', 'miaw.1'),
  failure(25, 'strict-schema', MIAW, 'service.token', 'REQUEST_REJECTED', 'miaw.capabilities'),
  failure(26, 'rate-limit', MIAW, 'service.token', 'RATE_LIMITED', 'miaw.2'),
  failure(26, 'rate-limit', LIVE_CHAT, 'service.settings', 'RATE_LIMITED', 'live-chat.verify'),
  warning(27, 'attachments-off', MIAW, 'service.features', 'ATTACHMENTS_OFF', 'miaw.capabilities'),
  warning(28, 'closed-hours', MIAW, 'service.business-hours', 'OUTSIDE_BUSINESS_HOURS', 'miaw.1'),
  warning(31, 'receipts-off', MIAW, 'service.features', 'READ_RECEIPTS_OFF', 'miaw.capabilities'),
  failure(33, 'unknown-org', MIAW, 'service.deployment', 'ORG_MISMATCH', 'miaw.2'),
  failure(33, 'other-org-token', MIAW, 'stream.open', 'ORG_MISMATCH', 'miaw.2'),
  failure(0, 'foreign-token', MIAW, 'stream.open', 'API_VERSION_MISMATCH', 'miaw.1'),
  warning(0, 'terms-required', MIAW, 'service.features', 'TERMS_REQUIRED', 'miaw.1'),
  warning(0, 'config-503', MIAW, 'service.deployment', 'SERVICE_ERROR', undefined),
  warning(0, 'settings-500', LIVE_CHAT, 'service.settings', 'SERVICE_ERROR', undefined),
  failure(0, 'slow', MIAW, 'network.http', 'TIMED_OUT', 'miaw.2'),
  failure(0, 'slow', LIVE_CHAT, 'network.http', 'TIMED_OUT', 'live-chat.2'),
  failure(0, 'bad-gzip', MIAW, 'network.http', 'NOT_THE_SERVICE', 'miaw.2'),
  failure(0, 'bad-gzip', LIVE_CHAT, 'network.http', 'NOT_THE_SERVICE', 'live-chat.2'),
  failure(0, 'login-redirect', MIAW, 'network.http', 'REDIRECTED', 'miaw.2'),
  failure(0, 'login-redirect', LIVE_CHAT, 'network.http', 'REDIRECTED', 'live-chat.2'),
  failure(0, 'html', MIAW, 'network.http', 'NOT_THE_SERVICE', 'miaw.2'),
  failure(0, 'html', LIVE_CHAT, 'network.http', 'NOT_THE_SERVICE', 'live-chat.2'),
  failure(0, 'http-500', MIAW, 'network.http', 'SERVICE_ERROR', undefined),
  failure(0, 'http-500', LIVE_CHAT, 'network.http', 'SERVICE_ERROR', undefined),
  failure(0, 'empty-error', MIAW, 'service.deployment', 'DEPLOYMENT_UNKNOWN', 'miaw.2'),
  failure(0, 'empty-error', LIVE_CHAT, 'service.settings', 'REQUEST_REJECTED', 'live-chat.3'),
  warning(0, 'clock-skew', MIAW, 'network.clock', 'CLOCK_WRONG', undefined),
  warning(0, 'clock-skew', LIVE_CHAT, 'network.clock', 'CLOCK_WRONG', undefined),
];

/** Visible with a test chat; the simulator plays without its pauses, and an agent is waited for a moment only. */
export const CHAT: readonly Failure[] = [
  { ...failure(10, 'no-answer', MIAW, 'chat.agent', 'NO_AGENT_AVAILABLE', 'miaw.1'), level: 'chat' },
  { ...failure(10, 'never-routed', MIAW, 'chat.routing', 'NEVER_ROUTED', 'miaw.1'), level: 'chat' },
  { ...failure(8, 'never-routed', LIVE_CHAT, 'chat.routing', 'NEVER_ROUTED', 'live-chat.2'), level: 'chat' },
  { ...failure(10, 'nobody', LIVE_CHAT, 'chat.agent', 'NO_AGENT_AVAILABLE', 'live-chat.verify'), level: 'chat' },
  {
    ...failure(16, 'field-missing,reject-attributes', MIAW, 'chat.open', 'PRE_CHAT_REJECTED', 'metadata.4'),
    level: 'chat',
  },
  { ...failure(28, 'closed-hours', MIAW, 'chat.open', 'OUTSIDE_BUSINESS_HOURS', 'miaw.1'), level: 'chat' },
  { ...failure(12, 'streaming', MIAW, 'chat.agent', 'NO_AGENT_AVAILABLE', 'miaw.1'), level: 'chat' },
  { ...failure(12, 'streaming', LIVE_CHAT, 'chat.agent', 'NO_AGENT_AVAILABLE', 'live-chat.verify'), level: 'chat' },
  { ...failure(14, 'declined', MIAW, 'chat.agent', 'NO_AGENT_AVAILABLE', 'miaw.1'), level: 'chat' },
  { ...failure(14, 'nobody', MIAW, 'chat.agent', 'NO_AGENT_AVAILABLE', 'miaw.1'), level: 'chat' },
  { ...failure(17, 'channel-inactive', MIAW, 'chat.open', 'CHANNEL_INACTIVE', 'metadata.3'), level: 'chat' },
  { ...warning(18, 'form-once', MIAW, 'chat.every-session', 'PRE_CHAT_ONLY_ONCE', 'metadata.4'), level: 'chat' },
  { ...failure(20, 'silent-stream', MIAW, 'chat.routing', 'STREAM_SILENT', 'miaw.capabilities'), level: 'chat' },
  { ...failure(8, 'fault:never-routed', LIVE_CHAT, 'chat.routing', 'NEVER_ROUTED', 'live-chat.2'), level: 'chat' },
  { ...failure(15, 'ghost-agent', MIAW, 'chat.message', 'NO_AGENT_AVAILABLE', 'miaw.1'), level: 'chat' },
  { ...failure(15, 'ghost-agent', LIVE_CHAT, 'chat.message', 'NO_AGENT_AVAILABLE', 'live-chat.verify'), level: 'chat' },
  { ...failure(29, 'stall-stream', LIVE_CHAT, 'chat.routing', 'NEVER_ROUTED', 'live-chat.2'), level: 'chat' },
  { ...failure(29, 'dead-session', LIVE_CHAT, 'chat.routing', 'SESSION_LOST', 'live-chat.verify'), level: 'chat' },
];

/** The tool's own client copes with these, so a right diagnosis is that nothing is wrong. */
export const HARMLESS: readonly (readonly [row: number, play: string, channel: Channel])[] = [
  [0, 'gzip', MIAW],
  [0, 'gzip', LIVE_CHAT],
  [0, 'lost-send', MIAW],
  [0, 'lost-send', LIVE_CHAT],
  [0, 'fault:unknown-event', MIAW],
  [0, 'fault:unknown-event', LIVE_CHAT],
  [0, 'odd-shapes', MIAW],
  [0, 'odd-shapes', LIVE_CHAT],
  [0, 'payload-object', MIAW],
  [0, 'entries-string', MIAW],
  [0, 'create-json', MIAW],
  [0, 'reordered-tokens', MIAW],
  [0, 'split-urls', MIAW],
  [0, 'typing-disorder', LIVE_CHAT],
  [16, 'reject-attributes', MIAW],
  [18, 'form-per-session', MIAW],
  [20, 'drop-stream', MIAW],
  [21, 'duplicate-events', MIAW],
  [21, 'no-replay', MIAW],
  [22, 'agent-ends', MIAW],
  [22, 'agent-ends', LIVE_CHAT],
  [23, 'transfer', MIAW],
  [23, 'transfer-abrupt', LIVE_CHAT],
  [25, 'strict-context', MIAW],
  [28, 'midnight-hours', MIAW],
  [29, 'poll-409', LIVE_CHAT],
  [29, 'drop-affinity', LIVE_CHAT],
  [26, 'message-limit', MIAW],
  [29, 'instant-204', LIVE_CHAT],
  [29, 'lost-poll', LIVE_CHAT],
];

/** Rows that only an admin login shows, the most of 15 and 17 among them; 32 is a rule to explain. */
export const ADMIN_ONLY = [11, 13, 15, 17, 30, 32];

function failure(row: number, play: string, channel: Channel, check: string, cause: string, step: string | undefined) {
  return { row, play, channel, check, cause, step };
}

function warning(...about: Parameters<typeof failure>): Failure {
  return { ...failure(...about), status: 'warn' };
}

/** Of a name that is a scenario's as well, `fault:` means the fault. */
export function namesOf(play: string): ReturnType<typeof splitNames> {
  return play.startsWith('fault:') ? { faults: [play.slice('fault:'.length)] } : splitNames(play);
}

export type Alarm = Pick<CheckResult, 'id' | 'status'> & { readonly cause?: string; readonly step?: string };

export function alarmsOf(results: readonly Alarm[]): readonly (readonly (string | undefined)[])[] {
  return results
    .filter(({ status, id }) => status !== 'pass' && status !== 'skip' && id !== 'service.retirement')
    .map(({ id, status, cause, step }) => [id, status, cause, step]);
}
