import { HandoffError } from '../core/errors.ts';
import type { ChatSession, FileToSend } from '../core/session.ts';
import type { Expectation } from './expectations.ts';
import { endedEarlyError, noAgentError, nobodyCameError, outageError, rejectedError, unmetError } from './explain.ts';
import type { PersonPowers } from './person.ts';
import type { Whom } from './presence.ts';
import type { ChatRecord } from './record.ts';
import type { ScriptStep } from './script.ts';

/** What a test chat is meant to do. `typed` makes it a person's chat; without it the messages are the script. */
export interface ChatPlan {
  readonly messages: readonly string[];
  readonly expectations: readonly Expectation[];
  readonly withinMs: number;
  /** Who must be there before a message is sent. */
  readonly to: Whom;
  readonly typed?: AsyncIterable<string>;
  /** What a person can do besides typing messages. */
  readonly person?: PersonPowers;
  /** In place of messages: what to do and what must happen, in this order. */
  readonly script?: readonly ScriptStep[];
  /** Sent after the messages, or the files that the script names. */
  readonly files?: readonly PlannedFile[];
}

/** A file read before the chat, with the path that it was named by. */
export type PlannedFile = FileToSend & { readonly path: string };

/** A chat as its judge sees it; `todo` counts what is not yet accepted or done. */
export interface Case {
  readonly session: Pick<ChatSession, 'channel' | 'routing'>;
  readonly plan: ChatPlan;
  readonly record: ChatRecord;
  readonly todo: number;
  /** The step of the script that is being done. */
  readonly step?: string;
}

export type Verdict = 'passed' | HandoffError;

/** What the record says about the plan: passed, failed with why, or nothing yet. */
export function verdictOf({ session, plan, record, todo }: Case): Verdict | undefined {
  if (plan.typed) {
    if (record.rejected) return rejectedError(record.rejected, session.channel);
    return record.ended ? proven(session, plan, record, record.ended.by) : undefined;
  }
  if (record.unmet().length === 0 && todo === 0) return 'passed';
  // The steps of a script may be about the end itself.
  if (plan.script && todo > 0) return undefined;
  const awaited = plan.expectations.some((expectation) => expectation.text === 'rejected');
  if (record.rejected && !awaited) return rejectedError(record.rejected, session.channel);
  return record.ended ? endedEarlyError(record, todo) : undefined;
}

/** The person has left the chat, which is as it should be once somebody has been there. */
export function verdictOnLeaving({ session, plan, record }: Case): Verdict {
  return proven(session, plan, record, 'visitor');
}

function proven(session: Case['session'], plan: ChatPlan, record: ChatRecord, by: string): Verdict {
  return record.hasCome(plan.to) ? 'passed' : nobodyCameError(session.channel, by);
}

/** The service sends no more events. */
export function verdictOnSilence(chat: Case): Verdict | undefined {
  if (chat.plan.script && chat.todo > 0) return undefined;
  const { rejected } = chat.record;
  const unknown = () => new HandoffError('SESSION_LOST', { message: 'The service stopped sending events' });
  return verdictOf(chat) ?? (rejected ? rejectedError(rejected, chat.session.channel) : unknown());
}

/** The limit has passed. A person's chat goes on once somebody has come. */
export function verdictOnLimit(chat: Case): Verdict | undefined {
  const { session, plan, record, todo, step } = chat;
  const nobody = () => noAgentError(session.channel, plan.withinMs, record, session.routing());
  if (plan.typed) return record.hasCome('anyone') ? undefined : nobody();
  const verdict = verdictOf(chat);
  if (verdict) return verdict;
  if (record.outage !== undefined) return outageError(plan.withinMs, record.outage);
  const waitsForAgent =
    record.unmet().some((expectation) => expectation.text === 'joined') || (todo > 0 && !record.hasCome(plan.to));
  return waitsForAgent && !record.hasCome('agent') ? nobody() : unmetError(plan.withinMs, record, todo, step);
}
