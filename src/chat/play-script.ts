import { raceAbort, withDeadline } from '../core/clock.ts';
import { asHandoffError, HandoffError } from '../core/errors.ts';
import type { AgentEvent } from '../core/events.ts';
import { chooseNumbers, fillForm, sendFile } from './answering.ts';
import type { Drive } from './drive.ts';
import { stepOverError, stepUnmetError } from './explain-step.ts';
import { describeStep, limitOf, type ScriptStep } from './script.ts';
import { verdictOf } from './verdict.ts';

type Timed = Exclude<ScriptStep, { readonly do: 'wait' }>;

/** Does one step after the other. What stops a step is thrown with the step's number. */
export async function playScript(drive: Drive, steps: readonly ScriptStep[]): Promise<void> {
  for (const [index, step] of steps.entries()) {
    const name = `step ${index + 1} (${describeStep(step)})`;
    drive.begin(name);
    try {
      if (step.do === 'wait') await drive.clock.sleep(step.ms, drive.done);
      else await playWithin(drive, step, name);
    } catch (thrown) {
      throw named(asHandoffError(thrown), name);
    }
    drive.stepDone();
  }
  drive.judge(verdictOf);
}

async function playWithin(drive: Drive, step: Timed, name: string): Promise<void> {
  const ms = limitOf(step);
  const late = () => stepUnmetError(drive, name, ms, step);
  const work = (signal: AbortSignal) => (step.do === 'expect' ? expect(drive, step, signal) : act(drive, step, signal));
  await withDeadline(drive.clock, ms, late, work, drive.done);
}

async function expect(drive: Drive, step: Extract<ScriptStep, { do: 'expect' }>, signal: AbortSignal): Promise<void> {
  const { expectation } = step;
  const found = await drive.window.find((event) => expectation.fits(event), signal);
  if (found === undefined) throw stepOverError(drive);
  drive.record.meet(expectation);
}

/** Everything but talk: what came while a message waited for somebody to come. */
const isNoTalk = (event: AgentEvent) => event.type !== 'message' && event.type !== 'typing';

async function act(drive: Drive, step: Exclude<Timed, { readonly do: 'expect' }>, signal: AbortSignal): Promise<void> {
  drive.window.mark();
  if (step.do === 'end') return drive.session.end();
  await raceAbort(drive.ready(step.do), signal);
  if (drive.record.ended || drive.record.rejected) throw stepOverError(drive);
  drive.window.mark(isNoTalk);
  switch (step.do) {
    case 'send':
      return drive.deliver(step.text, () => drive.session.send(step.text));
    case 'choose':
      return chooseNumbers(drive, step.numbers);
    case 'form':
      return fillForm(drive, step.values);
    case 'file':
      return sendFile(drive, await fileOf(drive, step.path));
    default:
      return step satisfies never;
  }
}

async function fileOf({ plan }: Drive, path: string) {
  const file = plan.files?.find((candidate) => candidate.path === path);
  if (file) return file;
  throw new HandoffError('FILE_UNREADABLE', { message: `${path} could not be read` });
}

function named(error: HandoffError, name: string): HandoffError {
  if (error.message.includes(name)) return error;
  const { code, message, hint, step, details } = error;
  return new HandoffError(code, {
    message: `In ${name} of the script: ${message}`,
    hint,
    ...(step ? { step } : {}),
    ...(details ? { details } : {}),
    cause: error,
  });
}
