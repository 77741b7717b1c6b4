import { CAPABILITIES, type Capability, type ChatRecord } from './record.ts';

export type Outcome = 'passed' | 'failed' | 'interrupted';

/** The last line of a test chat, as the public interface has it; times are milliseconds. */
export interface ChatSummary {
  readonly type: 'summary';
  readonly outcome: Outcome;
  readonly reason?: string;
  readonly conversationId?: string;
  readonly timeToAgentMs?: number;
  readonly messagesSent: number;
  readonly messagesReceived: number;
  readonly reconnects: number;
  readonly closed: boolean;
  readonly expectations: readonly { readonly expect: string; readonly met: boolean }[];
  readonly capabilities: Readonly<Record<Capability, 'seen' | 'not-seen'>>;
}

export function summarise(
  record: ChatRecord,
  verdict: { outcome: Outcome; reason?: string; closed: boolean },
): ChatSummary {
  const seen = (capability: Capability) => [capability, record.seen(capability) ? 'seen' : 'not-seen'] as const;
  const toAgent =
    record.agentAt !== undefined && record.startedAt !== undefined ? record.agentAt - record.startedAt : undefined;
  return {
    type: 'summary',
    outcome: verdict.outcome,
    ...(verdict.reason === undefined ? {} : { reason: verdict.reason }),
    ...(record.conversationId === undefined ? {} : { conversationId: record.conversationId }),
    ...(toAgent === undefined ? {} : { timeToAgentMs: toAgent }),
    messagesSent: record.sent,
    messagesReceived: record.received,
    reconnects: record.reconnects,
    closed: verdict.closed,
    expectations: record.expectations(),
    capabilities: Object.fromEntries(CAPABILITIES.map(seen)) as ChatSummary['capabilities'],
  };
}
