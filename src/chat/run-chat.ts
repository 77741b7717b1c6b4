import { type Clock, raceAbort } from '../core/clock.ts';
import { asHandoffError, HandoffError } from '../core/errors.ts';
import type { ChatSession } from '../core/session.ts';
import { sendFile } from './answering.ts';
import { closeChat } from './close-chat.ts';
import { type ChatPowers, createDrive, type Drive, guard } from './drive.ts';
import { playScript } from './play-script.ts';
import type { ChatRecord } from './record.ts';
import { relay } from './relay.ts';
import { type ChatPlan, verdictOf, verdictOnLimit, verdictOnSilence } from './verdict.ts';

export type { ChatPowers } from './drive.ts';
export type { ChatPlan, PlannedFile } from './verdict.ts';

/** How it went. `error` is absent where everything expected has happened. */
export interface ChatResult {
  readonly record: ChatRecord;
  readonly error?: HandoffError;
  readonly closed: boolean;
}

/** Drives an open session to its goal, its failure or its time limit, and closes it in every case. */
export async function runChat(session: ChatSession, plan: ChatPlan, powers: ChatPowers): Promise<ChatResult> {
  const { signal, clock } = powers;
  const drive = createDrive(session, plan, powers);
  const reading = guard(drive.finish, read(drive));
  const writing = guard(
    drive.finish,
    plan.typed ? relay(drive, plan.typed) : untilDone(drive.done, () => script(drive)),
  );
  const limit = guard(
    drive.finish,
    untilDone(drive.done, () => limitTime(drive, clock)),
  );
  const stop = () => drive.finish(asHandoffError(signal.reason));
  if (signal.aborted) stop();
  else signal.addEventListener('abort', stop, { once: true });
  const verdict = await drive.verdict;
  signal.removeEventListener('abort', stop);
  const closed = await closeChat(session, reading, powers);
  // A person may sit before a terminal that never ends, so nobody waits for typed lines.
  await Promise.allSettled([limit, plan.typed ? undefined : writing]);
  drive.leave();
  const left = closed ? undefined : new HandoffError('CHAT_LEFT_OPEN');
  const error = verdict === 'passed' ? left : verdict;
  return { record: drive.record, closed, ...(error ? { error } : {}) };
}

async function read(drive: Drive): Promise<void> {
  for await (const event of drive.session.events()) await drive.show(event);
  drive.window.close();
  drive.judge(verdictOnSilence);
}

async function script(drive: Drive): Promise<void> {
  const { plan, session } = drive;
  if (plan.script) return playScript(drive, plan.script);
  for (const text of plan.messages) {
    await drive.ready('send');
    // Somebody may come while the chat is being closed; nothing is said to them any more.
    if (drive.done.aborted) return;
    await drive.deliver(text, () => session.send(text));
  }
  for (const file of plan.files ?? []) {
    await drive.ready('file');
    if (drive.done.aborted) return;
    await sendFile(drive, file);
  }
  drive.judge(verdictOf);
}

async function limitTime(drive: Drive, clock: Clock): Promise<void> {
  await clock.sleep(drive.plan.withinMs, drive.done);
  drive.judge(verdictOnLimit);
}

/** Runs `work` until the chat is decided; what is cut off by that is no failure. */
async function untilDone(done: AbortSignal, work: () => Promise<void>): Promise<void> {
  try {
    await raceAbort(work(), done);
  } catch (thrown) {
    if (!done.aborted) throw thrown;
  }
}
