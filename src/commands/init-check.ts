import type { Context } from '../context.ts';
import type { CheckResult } from '../core/check.ts';
import type { Line } from '../core/line.ts';
import { startProgress } from '../ui/progress.ts';
import type { DoctorRun } from './doctor-output.ts';
import { examine } from './examine.ts';
import type { InitOptions } from './init-talk.ts';
import type { Target } from './target.ts';

/** Asks the service about the values; opens no chat. */
export async function checkService(target: Target, options: InitOptions, context: Context): Promise<DoctorRun> {
  const progress = await startProgress(context.io, 'asking the service …');
  try {
    return await examine(target, options, context, (title) => progress.update(`asking the service … ${title}`));
  } finally {
    progress.stop();
  }
}

/** What the service said: every failure and warning with its mend, or one line that all is well. */
export function reportLines(run: DoctorRun, context: Context): Line[] {
  const [tick, cross, arrow] = context.io.unicode ? ['✔', '✖', '→'] : ['+', 'x', '->'];
  const troubles = run.results.filter((result) => isTrouble(result) && !result.id.startsWith('values.'));
  const lines = troubles.flatMap((result): Line[] => {
    if (result.status !== 'fail' && result.status !== 'warn') return [];
    const mark = {
      text: result.status === 'fail' ? cross : '!',
      tone: result.status === 'fail' ? 'fail' : 'warn',
    } as const;
    return [
      ['  ', mark, ` ${result.title}: ${result.message}`],
      [{ text: `    ${arrow} ${result.hint ?? ''}   ${result.cause}`, tone: 'dim' }],
    ];
  });
  return run.ok ? [...lines, ['  ', { text: tick, tone: 'ok' }, ' the service answers and knows these values']] : lines;
}

function isTrouble(result: CheckResult): boolean {
  return result.status === 'fail' || result.status === 'warn';
}
