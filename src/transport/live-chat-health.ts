import { HandoffError } from '../core/errors.ts';
import type { AgentEventBody } from '../core/events.ts';
import type { PollOutcome } from './live-chat-poll.ts';

const RETRY_MS = 2000;
const MOST_FAILURES = 3;
const MOST_REPAIRS = 5;
const CONFLICT_PAUSE_MS = 1000;
const QUICK_MS = 1000;
const QUICK_PAUSE_MS = 100;

/** How the polls have been going; all but `worked` is forgotten as soon as one is answered. */
export interface PollHealth {
  readonly worked: boolean;
  readonly conflicts: number;
  readonly failures: number;
  readonly repairs: number;
  /** A repair that no poll has proven yet. */
  readonly unproven: { readonly resumedFrom?: string } | undefined;
  readonly quickEmpties: number;
  readonly outage: { readonly since: number; readonly attempts: number } | undefined;
}

export const FRESH_HEALTH: PollHealth = {
  worked: false,
  conflicts: 0,
  failures: 0,
  repairs: 0,
  unproven: undefined,
  quickEmpties: 0,
  outage: undefined,
};

/** `again` polls after a pause; `end` is the chat's regular end because the session is gone. */
type Verdict =
  | { readonly kind: 'again'; readonly delayMs: number }
  | { readonly kind: 'take'; readonly body: unknown }
  | { readonly kind: 'end' | 'repair' | 'nothing' }
  | { readonly kind: 'fail'; readonly error: unknown };

export interface Judgement {
  readonly health: PollHealth;
  readonly verdict: Verdict;
  readonly events: readonly AgentEventBody[];
}

interface PollTimes {
  readonly now: number;
  readonly tookMs: number;
  /** How long the server waits for us; longer we need not try. */
  readonly budgetMs: number;
}

/** What to do about a poll's outcome; "Your Message Long Polling Loop" in the vendor's guide, with its retry limits. */
export function judgePoll(health: PollHealth, outcome: PollOutcome, times: PollTimes): Judgement {
  switch (outcome.kind) {
    case 'messages':
      return answered(health, 0, { kind: 'take', body: outcome.body });
    case 'empty':
      return empty(health, times.tookMs);
    case 'gone':
      return health.worked ? plain(health, { kind: 'end' }) : lost(health, 'The service does not know the new session');
    case 'conflict':
      if (health.conflicts > 0)
        return lost(health, 'Two readers seem to poll the same chat, or the count is out of step');
      return plain({ ...health, conflicts: 1 }, { kind: 'again', delayMs: CONFLICT_PAUSE_MS });
    case 'affinity-lost':
      if (health.repairs >= MOST_REPAIRS) return lost(health, 'The service keeps losing the chat');
      return plain({ ...health, repairs: health.repairs + 1 }, { kind: 'repair' });
    case 'failed':
      if (health.failures >= MOST_FAILURES) return plain(health, { kind: 'fail', error: outcome.error });
      return plain({ ...health, failures: health.failures + 1 }, { kind: 'again', delayMs: RETRY_MS });
    case 'unreachable':
      return unreachable(health, outcome.error, times);
    case 'refused':
      return plain(health, { kind: 'fail', error: outcome.error });
    case 'aborted':
      return plain(health, { kind: 'nothing' });
  }
}

/** An empty answer that came at once was not held by the service; asking again at full speed would spin. */
function empty(health: PollHealth, tookMs: number): Judgement {
  if (tookMs >= QUICK_MS) return answered(health, 0, { kind: 'again', delayMs: 0 });
  const delayMs = Math.min(QUICK_MS, QUICK_PAUSE_MS * 2 ** health.quickEmpties);
  return answered(health, health.quickEmpties + 1, { kind: 'again', delayMs });
}

function answered(health: PollHealth, quickEmpties: number, verdict: Verdict): Judgement {
  const isBack = health.outage !== undefined || health.unproven !== undefined;
  const events: AgentEventBody[] = isBack ? [{ type: 'reconnected', ...health.unproven }] : [];
  return { health: { ...FRESH_HEALTH, worked: true, quickEmpties }, verdict, events };
}

function unreachable(health: PollHealth, error: unknown, times: PollTimes): Judgement {
  const since = health.outage?.since ?? times.now;
  const attempt = (health.outage?.attempts ?? 0) + 1;
  const reason = error instanceof Error ? error.message : String(error);
  if (times.now + RETRY_MS - since > times.budgetMs)
    return lost(health, `The connection did not come back: ${reason}`, error);
  return {
    health: { ...health, outage: { since, attempts: attempt } },
    verdict: { kind: 'again', delayMs: RETRY_MS },
    events: [{ type: 'reconnecting', attempt, delayMs: RETRY_MS, reason }],
  };
}

function lost(health: PollHealth, message: string, cause?: unknown): Judgement {
  return plain(health, { kind: 'fail', error: new HandoffError('SESSION_LOST', { message, cause }) });
}

function plain(health: PollHealth, verdict: Verdict): Judgement {
  return { health, verdict, events: [] };
}
