import type { Clock } from '../core/clock.ts';
import { asHandoffError, type HandoffError } from '../core/errors.ts';
import type { AgentEvent, AgentEventBody } from '../core/events.ts';
import type { ChatSession } from '../core/session.ts';
import { type ChatRecord, createRecord } from './record.ts';
import { type Case, type ChatPlan, type Verdict, verdictOf } from './verdict.ts';

export interface ChatPowers {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Shows one event; awaited, so a slow reader slows the chat. Not called any more once the chat's result is there. */
  emit(event: AgentEvent): Promise<void>;
}

/** The state that reader, writer and time limit of one chat share until one of them has reached a verdict. */
export interface Drive {
  readonly session: ChatSession;
  readonly plan: ChatPlan;
  readonly record: ChatRecord;
  readonly verdict: Promise<Verdict>;
  /** Aborts with the verdict. */
  readonly done: AbortSignal;
  /** Ends the chat with `reached`; the first verdict counts. */
  finish(reached: Verdict): void;
  /** Asks for a verdict on the chat as it stands now. */
  judge(ask: (chat: Case) => Verdict | undefined): void;
  show(event: AgentEvent): Promise<void>;
  say(body: AgentEventBody): Promise<void>;
  send(text: string): Promise<void>;
  /** Resolves once those the messages are meant for are there. */
  somebodyIsThere(): Promise<void>;
  /** From here on no event is shown. */
  leave(): void;
}

export function createDrive(session: ChatSession, plan: ChatPlan, { clock, emit }: ChatPowers): Drive {
  const record = createRecord(plan.expectations);
  const done = new AbortController();
  const changes = new EventTarget();
  let unsent = plan.messages.length;
  let left = false;
  let settle: (reached: Verdict) => void = () => undefined;
  const verdict = new Promise<Verdict>((resolve) => {
    settle = resolve;
  });
  const finish = (reached: Verdict) => {
    record.decide();
    settle(reached);
    done.abort();
  };
  const judge: Drive['judge'] = (ask) => {
    const reached = ask({ session, plan, record, unsent });
    if (reached) finish(reached);
  };
  const show = async (event: AgentEvent) => {
    if (left) return;
    record.observe(event);
    await emit(event);
    changes.dispatchEvent(new Event('change'));
    judge(verdictOf);
  };
  const say = (body: AgentEventBody) => show({ at: clock.now(), ...body });
  const send = async (text: string) => {
    const { id } = await session.send(text);
    unsent -= 1;
    await say({ type: 'sent', id, text });
  };
  const somebodyIsThere = () => until(changes, () => record.isThere(plan.to));
  const leave = () => {
    left = true;
  };
  const doings = { finish, judge, show, say, send, somebodyIsThere, leave };
  return { session, plan, record, verdict, done: done.signal, ...doings };
}

/** Waits for work whose failure is the chat's failure. */
export async function guard(finish: (error: HandoffError) => void, work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (thrown) {
    finish(asHandoffError(thrown));
  }
}

function until(changes: EventTarget, holds: () => boolean): Promise<void> {
  if (holds()) return Promise.resolve();
  return new Promise((resolve) => {
    const look = () => {
      if (!holds()) return;
      changes.removeEventListener('change', look);
      resolve();
    };
    changes.addEventListener('change', look);
  });
}
