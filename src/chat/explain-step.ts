import { formatDuration } from '../core/duration.ts';
import { HandoffError } from '../core/errors.ts';
import type { Drive } from './drive.ts';
import { noAgentError, outageError, rejectedError, whatCame } from './explain.ts';
import type { ScriptStep } from './script.ts';

type Scene = Pick<Drive, 'session' | 'plan' | 'record'>;

/** A step of the script took longer than it may. */
export function stepUnmetError(
  { session, plan, record }: Scene,
  name: string,
  withinMs: number,
  step: ScriptStep,
): HandoffError {
  if (record.outage !== undefined) return outageError(withinMs, record.outage);
  const waitsForAgent = step.do === 'expect' ? step.expectation.text === 'joined' : !record.hasCome(plan.to);
  if (waitsForAgent && !record.hasCome('agent'))
    return noAgentError(session.channel, withinMs, record, session.routing());
  return new HandoffError('EXPECTATION_NOT_MET', {
    message: `Still waiting after ${formatDuration(withinMs)} for ${name} of the script${whatCame(record)}`,
    hint: 'give the step more time: "within": "2m"',
  });
}

/** The chat is over, and a step of the script cannot happen any more. */
export function stepOverError({ session, record }: Scene): HandoffError {
  if (record.rejected) return rejectedError(record.rejected, session.channel);
  if (!record.ended) return new HandoffError('SESSION_LOST', { message: 'The service stopped sending events' });
  return new HandoffError('CHAT_ENDED_EARLY', {
    message: `The chat was ended by the ${record.ended.by} before that${whatCame(record)}`,
  });
}
