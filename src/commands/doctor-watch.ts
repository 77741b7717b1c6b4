import type { Context } from '../context.ts';
import type { CheckResult } from '../core/check.ts';
import { asHandoffError } from '../core/errors.ts';
import type { Line } from '../core/line.ts';
import { type Change, changesBetween } from '../doctor/changes.ts';
import { changeLines } from '../ui/doctor-changes.ts';
import type { DoctorOptions } from './doctor-options.ts';
import type { DoctorRun } from './doctor-output.ts';

const EVERY_MS = 30_000;

interface Watch {
  readonly options: DoctorOptions;
  readonly context: Context;
  /** One round over all targets; only the first one tells that it goes on. */
  round(tell: boolean): Promise<readonly DoctorRun[]>;
  /** Prints the first round. */
  report(runs: readonly DoctorRun[]): Promise<void>;
}

/** Reports once, then repeats and tells only what is different from the round before. Ends by the signal alone. */
export async function watch(parts: Watch): Promise<number> {
  const { signal } = parts.context;
  try {
    return await goOn(parts);
  } catch (thrown) {
    // Ctrl-C is how a watch ends, and no error to tell.
    if (signal.aborted) return asHandoffError(signal.reason).exitCode;
    throw thrown;
  }
}

async function goOn({ options, context, round, report }: Watch): Promise<never> {
  const { clock, signal, io } = context;
  const everyMs = options.interval ?? EVERY_MS;
  const isJson = io.json || options.format === 'json';
  let before = await round(true);
  if (isJson) await tellJson(changesOf([], before), context);
  else await report(before);
  await io.note([
    [{ text: `Asking again every ${everyMs / 1000} s; only changes are told. Ctrl-C ends.`, tone: 'dim' }],
  ]);
  for (;;) {
    await clock.sleep(everyMs, signal);
    const now = await round(false);
    const changes = changesOf(before, now);
    before = now;
    if (isJson) await tellJson(changes, context);
    else await io.print(textOf(changes, options, context));
  }
}

interface ProfileChange extends Change {
  readonly profile: string;
}

function changesOf(before: readonly DoctorRun[], now: readonly DoctorRun[]): readonly ProfileChange[] {
  return now.flatMap((run, index) => {
    const earlier: readonly CheckResult[] = before[index]?.results ?? [];
    return changesBetween(earlier, run.results).map((change) => ({ profile: run.profile, ...change }));
  });
}

/** One value a line; the first round comes as changes from nothing. */
async function tellJson(changes: readonly ProfileChange[], { io, clock }: Context): Promise<void> {
  const at = new Date(clock.now()).toISOString();
  for (const change of changes) await io.printJson({ at, ...change }, 'line');
}

function textOf(changes: readonly ProfileChange[], options: DoctorOptions, { io, clock }: Context): Line[] {
  const at = new Date(clock.now()).toISOString().slice(11, 19);
  return changes.flatMap((change) =>
    changeLines(change, { at, unicode: io.unicode, width: io.width, ...(options.all ? { name: change.profile } : {}) }),
  );
}
