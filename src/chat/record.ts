import type { AgentEvent, MessageEvent, Participant } from '../core/events.ts';
import { type Capability, createCapabilityWatch } from './capabilities.ts';
import type { Expectation } from './expectations.ts';
import { createPresence, type Whom } from './presence.ts';

export { CAPABILITIES, type Capability } from './capabilities.ts';

/** What a chat has shown so far. Fed with every event in order, asked by the driver and by the scorecard. */
export interface ChatRecord {
  observe(event: AgentEvent): void;
  /** The chat is decided: what comes later is counted, but meets no expectation. */
  decide(): void;
  readonly conversationId: string | undefined;
  readonly startedAt: number | undefined;
  readonly queuedAt: number | undefined;
  readonly agentAt: number | undefined;
  readonly firstAnswerMs: number | undefined;
  readonly sent: number;
  readonly received: number;
  readonly reconnects: number;
  readonly ended: Extract<AgentEvent, { type: 'ended' }> | undefined;
  readonly rejected: Extract<AgentEvent, { type: 'rejected' }> | undefined;
  /** Why the connection is away at this moment. */
  readonly outage: string | undefined;
  /** The last few events that tell something, oldest first. */
  readonly recent: readonly AgentEvent[];
  /** The last message with options, and the last form. */
  readonly choices: MessageEvent | undefined;
  readonly form: MessageEvent | undefined;
  readonly fileAsked: boolean;
  /** What the service last told about the queue. */
  readonly queue: Extract<AgentEvent, { type: 'queued' }> | undefined;
  readonly transferAsked: boolean;
  /** The last standard response. */
  readonly automated: string | undefined;
  agents(): readonly Participant[];
  /** Notes that a step of the script has found its expectation. */
  meet(expectation: Expectation): void;
  isThere(whom: Whom): boolean;
  /** True also for those who have left again. */
  hasCome(whom: Whom): boolean;
  unmet(): readonly Expectation[];
  expectations(): readonly { readonly expect: string; readonly met: boolean }[];
  seen(capability: Capability): boolean;
}

type Draft = { -readonly [K in keyof ChatRecord]: ChatRecord[K] };

const NOTHING_YET = {
  conversationId: undefined,
  startedAt: undefined,
  queuedAt: undefined,
  agentAt: undefined,
  firstAnswerMs: undefined,
  sent: 0,
  received: 0,
  reconnects: 0,
  ended: undefined,
  rejected: undefined,
  outage: undefined,
  recent: [],
  choices: undefined,
  form: undefined,
  fileAsked: false,
  queue: undefined,
  transferAsked: false,
  automated: undefined,
} as const;

/** `scripted` are the expectations that the steps of a script meet one by one. */
export function createRecord(expected: readonly Expectation[], scripted: readonly Expectation[] = []): ChatRecord {
  const met = new Set<Expectation>();
  const presence = createPresence();
  const capabilities = createCapabilityWatch();
  let decided = false;
  let sentAt: number | undefined;
  const record: Draft = {
    ...NOTHING_YET,
    agents: presence.agents,
    meet: (expectation) => {
      met.add(expectation);
    },
    isThere: presence.isThere,
    hasCome: presence.hasCome,
    unmet: () => expected.filter((expectation) => !met.has(expectation)),
    expectations: () =>
      [...expected, ...scripted].map((expectation) => ({ expect: expectation.text, met: met.has(expectation) })),
    seen: capabilities.seen,
    decide: () => {
      decided = true;
    },
    observe(event) {
      if (!decided) for (const expectation of expected) if (expectation.fits(event)) met.add(expectation);
      if (event.type === 'sent') sentAt ??= event.at;
      capabilities.observe(event, presence.agents());
      if (event.type === 'joined') presence.join(event.participant);
      if (event.type === 'left') presence.leave(event.participant);
      remember(record, event);
      count(record, event, sentAt);
    },
  };
  return record;
}

const TELLING: ReadonlySet<AgentEvent['type']> = new Set<AgentEvent['type']>([
  'queued',
  'joined',
  'left',
  'message',
  'transferred',
  'session',
  'reconnecting',
]);
const MOST_RECENT = 3;

/** What a later answer or explanation needs to know of the event. */
function remember(record: Draft, event: AgentEvent): void {
  if (TELLING.has(event.type)) record.recent = [...record.recent, event].slice(-MOST_RECENT);
  if (event.type === 'queued') record.queue = event;
  if (event.type === 'transferred') record.transferAsked = event.state === 'requested';
  if (event.type !== 'message' || event.from.role === 'visitor') return;
  if (event.options?.length) record.choices = event;
  if (event.format === 'form') record.form = event;
  if (event.format === 'file-request') record.fileAsked = true;
  if (event.automated) record.automated = event.text;
}

function count(record: Draft, event: AgentEvent, sentAt: number | undefined): void {
  switch (event.type) {
    case 'started':
      record.conversationId = event.conversationId;
      record.startedAt = event.at;
      break;
    case 'queued':
      record.queuedAt ??= event.at;
      break;
    case 'joined':
      if (event.participant.role === 'agent') record.agentAt ??= event.at;
      break;
    case 'sent':
      record.sent += 1;
      break;
    case 'message':
      if (event.from.role === 'visitor') break;
      record.received += 1;
      if (sentAt !== undefined && event.from.role === 'agent') record.firstAnswerMs ??= event.at - sentAt;
      break;
    case 'reconnecting':
      record.outage = event.reason;
      break;
    case 'reconnected':
      record.outage = undefined;
      record.reconnects += 1;
      break;
    case 'rejected':
      record.rejected = event;
      break;
    case 'ended':
      record.ended = event;
      break;
    default:
  }
}
