import { asHandoffError, type HandoffError } from '../core/errors.ts';
import type { Line } from '../core/line.ts';
import type { Io } from './io.ts';

/** An error as people read it: what happened, what to do, then the code; the stack only with `--verbose`. */
export function errorLines(thrown: unknown, io: Pick<Io, 'unicode' | 'verbose'>): Line[] {
  const error = asHandoffError(thrown);
  const [cross, arrow] = io.unicode ? ['✖', '→'] : ['x', '->'];
  const step: Line = error.step ? [{ text: `  ${arrow} sf-handoff guide ${error.step}`, tone: 'dim' }] : [];
  const lines: Line[] = [[{ text: `${cross} `, tone: 'fail' }, error.message], [`  ${arrow} ${error.hint}`]];
  if (step.length > 0) lines.push(step);
  lines.push([{ text: `  ${error.code}`, tone: 'dim' }]);
  return io.verbose ? [...lines, ...stackLines(error)] : lines;
}

/** The same with the lines of our sources in the stack, which take a file to be read. */
export async function reportedLines(error: HandoffError, io: Pick<Io, 'unicode' | 'verbose'>): Promise<Line[]> {
  if (io.verbose) {
    const { nameSourceLines } = await import('../core/source-lines.ts');
    await nameSourceLines(error);
  }
  return errorLines(error, io);
}

function stackLines(error: HandoffError): Line[] {
  const stacks = [error.stack ?? ''];
  for (let cause = error.cause; cause instanceof Error && stacks.length < 5; cause = cause.cause) {
    stacks.push(`caused by ${cause.stack ?? cause.message}`);
  }
  return stacks
    .join('\n')
    .split('\n')
    .map((text) => [{ text: `  ${text}`, tone: 'dim' }]);
}
