import type { Context } from '../context.ts';
import { EXIT } from '../core/errors.ts';
import { type Progress, startProgress } from '../ui/progress.ts';
import { wrapLine } from '../ui/wrap.ts';
import { allTargets } from './all-targets.ts';
import { checkOptions, type DoctorOptions, formatOf, reportsOf } from './doctor-options.ts';
import { type DoctorOutput, type DoctorRun, writeReport } from './doctor-output.ts';
import { confirmRinging, listChecks } from './doctor-questions.ts';
import { examineAndWait, type Waiting } from './doctor-wait.ts';
import { createExaminer } from './examiner.ts';
import { ensureWritable } from './options.ts';
import { type Target, withTarget } from './target.ts';

const OLD_NODE = 'Node 20 has been end-of-life since April 2026; sf-handoff runs on it, but move to 22 or 24.';

const bundling = () => import('./doctor-bundle.ts');

/** Runs the checks on one target or on every profile, prints the result, and returns 0 or 1 for what was found. */
export async function run(options: DoctorOptions, context: Context): Promise<number> {
  if (options.list) return listChecks(options, context);
  if (options.explain !== undefined) return (await import('./doctor-explain.ts')).explain(options, context);
  const format = formatOf(options, context);
  await checkOptions(options, format);
  const reports = reportsOf(options, context.cwd);
  const files = [...(options.output === undefined ? [] : [options.output]), ...reports.map(({ path }) => path)];
  for (const path of files) await ensureWritable(path, context);
  if (options.bundle !== undefined) await (await bundling()).ensureFolder(options.bundle, context);
  if (options.level === 'chat' && options.simulate === undefined && !options.yes) await confirmRinging(context);
  if (format === 'text' && context.nodeMajor === 20)
    await context.io.note(wrapLine([{ text: OLD_NODE, tone: 'dim' }], context.io.width));
  const output = { format, reports, ...(options.output === undefined ? {} : { output: options.output }) };
  if (options.all) return diagnose(await allTargets(options, context), output, options, context);
  return withTarget(options, context, (target) => diagnose([target], output, options, context));
}

async function diagnose(
  targets: readonly Target[],
  output: Omit<DoctorOutput, 'startedAt'>,
  options: DoctorOptions,
  context: Context,
): Promise<number> {
  const startedAt = context.clock.now();
  const examiner = await createExaminer(targets, options, context);
  const all = options.all ? { summary: true } : {};
  const report = (runs: readonly DoctorRun[]) => writeReport(runs, { ...output, startedAt, ...all }, context);
  const round = async (tell = true) => {
    const progress = tell ? await startProgress(context.io, beginning(targets)) : SILENT;
    return examineAll(targets, { examiner, options, context, progress });
  };
  if (options.watch) return (await import('./doctor-watch.ts')).watch({ options, context, round, report });
  const runs = await round();
  await report(runs);
  if (options.bundle !== undefined) {
    const found = targets.map((target, index) => ({
      target,
      run: runs[index],
      exchanges: examiner.exchanges.get(target),
    }));
    await (await bundling()).writeBundle(
      found,
      { path: options.bundle, startedAt, level: options.level ?? 'service' },
      context,
    );
  }
  return runs.every((each) => each.ok) ? EXIT.ok : EXIT.no;
}

const SILENT: Progress = { update: () => undefined, stop: () => undefined };

function beginning(targets: readonly Target[]): string {
  return targets.length > 1 ? `checking ${targets.length} profiles …` : 'checking …';
}

/** Every target side by side, as far as the examiner lets them; the results are in the order of the targets. */
async function examineAll(targets: readonly Target[], waiting: Waiting): Promise<readonly DoctorRun[]> {
  const { progress } = waiting;
  let done = 0;
  const examine = async (target: Target) => {
    const found = await examineAndWait(target, waiting);
    done += 1;
    if (targets.length > 1) progress.update(`checked ${done} of ${targets.length} profiles …`);
    return found;
  };
  try {
    return await Promise.all(targets.map(examine));
  } finally {
    progress.stop();
  }
}
