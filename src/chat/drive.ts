import type { Clock } from '../core/clock.ts';
import { asHandoffError, type HandoffError } from '../core/errors.ts';
import type { AgentEvent, AgentEventBody } from '../core/events.ts';
import type { ChatSession, SentMessage } from '../core/session.ts';
import { createChanges } from './changes.ts';
import { createEventWindow, type EventWindow } from './event-window.ts';
import { type ChatRecord, createRecord } from './record.ts';
import { type Case, type ChatPlan, type Verdict, verdictOf } from './verdict.ts';

export interface ChatPowers {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Shows one event; awaited, so a slow reader slows the chat. Not called any more once the chat's result is there. */
  emit(event: AgentEvent): Promise<void>;
}

/** What a visitor does; a Live Chat takes a file only when the agent has asked for one. */
type Deed = 'send' | 'choose' | 'form' | 'file';

/** The state that reader, writer and time limit of one chat share until one of them has reached a verdict. */
export interface Drive {
  readonly session: ChatSession;
  readonly plan: ChatPlan;
  readonly record: ChatRecord;
  readonly clock: Clock;
  /** What has come, for the steps of a script. */
  readonly window: EventWindow;
  readonly verdict: Promise<Verdict>;
  /** Aborts with the verdict. */
  readonly done: AbortSignal;
  /** Ends the chat with `reached`; the first verdict counts. */
  finish(reached: Verdict): void;
  /** Asks for a verdict on the chat as it stands now. */
  judge(ask: (chat: Case) => Verdict | undefined): void;
  show(event: AgentEvent): Promise<void>;
  say(body: AgentEventBody): Promise<void>;
  /** Gives something to the service and shows it as `sent` once that has accepted it. */
  deliver(text: string, work: () => Promise<SentMessage>): Promise<void>;
  /** Resolves once those a message, an answer or a file is meant for are there, or the chat is over. */
  ready(what: Deed): Promise<void>;
  /** Names the step of the script that is being done. */
  begin(step: string): void;
  stepDone(): void;
  /** From here on no event is shown. */
  leave(): void;
}

export function createDrive(session: ChatSession, plan: ChatPlan, { clock, emit }: ChatPowers): Drive {
  const record = createRecord(plan.expectations, scriptedExpectations(plan));
  const window = createEventWindow();
  const done = new AbortController();
  const changes = createChanges();
  let todo = plan.script?.length ?? plan.messages.length + (plan.files?.length ?? 0);
  let step: string | undefined;
  let left = false;
  const { verdict, settle } = createVerdict();
  const finish = (reached: Verdict) => {
    record.decide();
    settle(reached);
    done.abort();
  };
  const judge: Drive['judge'] = (ask) => {
    const reached = ask({ session, plan, record, todo, ...(step === undefined ? {} : { step }) });
    if (reached) finish(reached);
  };
  const show = async (event: AgentEvent) => {
    if (left) return;
    record.observe(event);
    if (plan.script) window.observe(event);
    await emit(event);
    changes.tell();
    judge(verdictOf);
  };
  const say = (body: AgentEventBody) => show({ at: clock.now(), ...body });
  const stepDone = () => {
    todo -= 1;
  };
  const deliver: Drive['deliver'] = async (text, work) => {
    const { id } = await work();
    if (!plan.script) stepDone();
    await say({ type: 'sent', id, text });
  };
  return {
    ...{ session, plan, record, clock, window, verdict, done: done.signal },
    ...{ finish, judge, show, say, deliver, stepDone },
    ready: (what) => changes.until(() => (plan.script && isOver(record)) || isReady(session, plan, record, what)),
    begin(name) {
      step = name;
    },
    leave() {
      left = true;
    },
  };
}

function createVerdict() {
  let settle: (reached: Verdict) => void = () => undefined;
  const verdict = new Promise<Verdict>((resolve) => {
    settle = resolve;
  });
  return { verdict, settle };
}

function isOver({ ended, rejected }: ChatRecord): boolean {
  return ended !== undefined || rejected !== undefined;
}

function scriptedExpectations({ script = [] }: ChatPlan) {
  return script.flatMap((step) => (step.do === 'expect' ? [step.expectation] : []));
}

function isReady(session: ChatSession, plan: ChatPlan, record: ChatRecord, what: Deed): boolean {
  if (!record.isThere(plan.to)) return false;
  if (what === 'choose') return record.choices !== undefined;
  if (what === 'form') return record.form !== undefined;
  return what !== 'file' || session.channel !== 'live-chat' || record.fileAsked;
}

/** Waits for work whose failure is the chat's failure. */
export async function guard(finish: (error: HandoffError) => void, work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (thrown) {
    finish(asHandoffError(thrown));
  }
}
