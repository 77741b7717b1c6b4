import type { Context } from '../context.ts';
import { formatDuration } from '../core/duration.ts';
import { type Awaited, worthWaiting } from '../doctor/worth-waiting.ts';
import type { Progress } from '../ui/progress.ts';
import type { DoctorOptions } from './doctor-options.ts';
import type { DoctorRun } from './doctor-output.ts';
import type { Examiner } from './examiner.ts';
import type { Target } from './target.ts';

/** What the examination of a target needs to know. */
export interface Waiting {
  readonly examiner: Examiner;
  readonly options: DoctorOptions;
  readonly context: Context;
  readonly progress: Progress;
}

/** Examines the target again and again until it is well, until repeating is of no use, or until `--wait` is over. */
export async function examineAndWait(target: Target, waiting: Waiting): Promise<DoctorRun> {
  const { examiner, options, context, progress } = waiting;
  const { clock, signal } = context;
  const end = clock.now() + (options.wait ?? 0);
  const name = options.all ? `${target.name}: ` : '';
  let told = '';
  for (;;) {
    const found = await examiner.examine(target, (text) => progress.update(`${name}${text} …`));
    const awaited = worthWaiting(found.results, options.failOn ?? 'fail');
    if (!awaited) return found;
    const pause = Math.max(awaited.retryMs, examiner.delayMs(target));
    if (clock.now() + pause > end) return found;
    if (told !== awaited.cause) await tell(name, awaited, end - clock.now(), context);
    told = awaited.cause;
    progress.update(`${name}not yet: ${awaited.title}; asking again in ${formatDuration(pause)}`);
    await clock.sleep(pause, signal);
  }
}

/** Where nothing is animated, a line for each change of what is waited for. */
async function tell(name: string, { title, cause }: Awaited, leftMs: number, { io }: Context): Promise<void> {
  if (io.animated) return;
  const text = `${name}not yet: ${title} (${cause}); asking again for at most ${formatDuration(leftMs)}`;
  await io.note([[{ text, tone: 'dim' }]]);
}
