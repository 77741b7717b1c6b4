import type { Context } from '../context.ts';
import { EXIT, HandoffError } from '../core/errors.ts';
import { checksFor } from '../doctor/checks/index.ts';
import { startProgress } from '../ui/progress.ts';
import { allTargets } from './all-targets.ts';
import { type DoctorOutput, type DoctorRun, writeReport } from './doctor-output.ts';
import { confirmRinging, listChecks } from './doctor-questions.ts';
import { type ExamineOptions, examine, selection } from './examine.ts';
import { ensureWritable, type TargetOptions } from './options.ts';
import { type Target, withTarget } from './target.ts';

export type DoctorOptions = TargetOptions &
  ExamineOptions & {
    readonly list?: true;
    readonly all?: true;
    readonly wait?: number;
    readonly format?: DoctorOutput['format'];
    readonly output?: string;
  };

const SIDE_BY_SIDE = 8;
const RETRY_MS = 5000;
const OLD_NODE = 'Node 20 has been end-of-life since April 2026; sf-handoff runs on it, but move to 22 or 24.';

/** Runs the checks on one target or on every profile, prints the result, and returns 0 or 1 for what was found. */
export async function run(options: DoctorOptions, context: Context): Promise<number> {
  const level = options.level ?? 'service';
  if (options.list) return listChecks(options, context);
  const format = formatOf(options, context);
  checkSelection(options);
  if (options.output !== undefined) await ensureWritable(options.output, context);
  if (level === 'chat' && options.simulate === undefined) await confirmRinging(context);
  const started = context.clock.now();
  if (format === 'text' && context.nodeMajor === 20) await context.io.note([[{ text: OLD_NODE, tone: 'dim' }]]);
  const runs = options.all
    ? await examineAll(await allTargets(options, context), options, context)
    : [await withTarget(options, context, (target) => examineAndWait(target, options, context))];
  await writeReport(
    runs,
    { format, startedAt: started, ...(options.output === undefined ? {} : { output: options.output }) },
    context,
  );
  return runs.every((each) => each.ok) ? EXIT.ok : EXIT.no;
}

/** `--json` is `--format json`; asking for both that and another format is a contradiction. */
function formatOf(options: DoctorOptions, context: Context): DoctorOutput['format'] {
  const format = options.format ?? (context.io.json ? 'json' : 'text');
  if (!context.io.json || format === 'json') return format;
  throw new HandoffError('INVALID_ARGUMENT', {
    message: `--json and --format ${format} contradict each other`,
    hint: 'leave one of them away',
  });
}

/** A selection that leaves nothing to check would say yes to everything. */
function checkSelection(options: DoctorOptions): void {
  if (options.all && options.simulate !== undefined) {
    throw new HandoffError('INVALID_ARGUMENT', {
      message: '--all and --simulate exclude each other: the simulator has no profiles',
      hint: 'leave one of them away',
    });
  }
  const level = options.level ?? 'service';
  const left = (['miaw', 'live-chat'] as const).some(
    (channel) => checksFor({ channel, level, ...selection(options) }).reported.size > 0,
  );
  if (left) return;
  throw new HandoffError('INVALID_ARGUMENT', { message: 'No check is left to run', hint: 'sf-handoff doctor --list' });
}

/** Examines the target again and again until it is well or `--wait` is over. */
async function examineAndWait(target: Target, options: DoctorOptions, context: Context): Promise<DoctorRun> {
  const progress = await startProgress(context.io, 'checking …');
  const end = context.clock.now() + (options.wait ?? 0);
  try {
    for (;;) {
      const found = await examine(target, options, context, (title) => progress.update(`checking … ${title}`));
      if (found.ok || context.clock.now() + RETRY_MS > end) return found;
      progress.update(
        `not yet: ${found.checks.find((check) => check.status === 'fail')?.title ?? 'something'}; asking again in ${RETRY_MS / 1000} s`,
      );
      await context.clock.sleep(RETRY_MS, context.signal);
    }
  } finally {
    progress.stop();
  }
}

/** Every target, a few at a time, in the order of their names whatever order they finish in. */
async function examineAll(targets: readonly Target[], options: DoctorOptions, context: Context): Promise<DoctorRun[]> {
  const runs: DoctorRun[] = [];
  const queue = [...targets.entries()];
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [index, target] = next;
      runs[index] = await examine(target, options, context, () => undefined);
    }
  };
  await Promise.all(Array.from({ length: Math.min(SIDE_BY_SIDE, targets.length) }, work));
  return runs;
}
