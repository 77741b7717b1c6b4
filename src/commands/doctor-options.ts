import { resolve } from 'node:path';
import type { Context } from '../context.ts';
import { HandoffError } from '../core/errors.ts';
import { DOCTOR_FORMATS } from '../option-groups.ts';
import type { DoctorOutput, ReportFile } from './doctor-output.ts';
import { type ExamineOptions, selection } from './examine.ts';
import type { TargetOptions } from './options.ts';

export type DoctorOptions = TargetOptions &
  ExamineOptions & {
    readonly list?: true;
    readonly yes?: true;
    readonly explain?: string;
    readonly all?: true;
    readonly concurrency?: number;
    readonly wait?: number;
    readonly watch?: true;
    readonly interval?: number;
    readonly format?: DoctorOutput['format'];
    readonly output?: string;
    readonly report?: readonly string[];
    readonly bundle?: string;
  };

/** `--json` is `--format json`; asking for both that and another format is a contradiction. */
export function formatOf(options: DoctorOptions, context: Context): DoctorOutput['format'] {
  const format = options.format ?? (context.io.json ? 'json' : 'text');
  if (!context.io.json || format === 'json') return format;
  throw contradiction(`--json and --format ${format} contradict each other`);
}

/** Throws INVALID_ARGUMENT for options that cannot be meant together. */
export async function checkOptions(options: DoctorOptions, format: DoctorOutput['format']): Promise<void> {
  if (options.all && options.simulate !== undefined)
    throw contradiction('--all and --simulate exclude each other: the simulator has no profiles');
  if (options.watch) checkWatch(options, format);
  else if (options.interval !== undefined) throw contradiction('--interval belongs to --watch');
  if (options.only || options.skip) await checkSelection(options);
}

function checkWatch(options: DoctorOptions, format: DoctorOutput['format']): void {
  const other = (['wait', 'output', 'report', 'bundle'] as const).find((name) => options[name] !== undefined);
  if (other) throw contradiction(`--watch goes on until Ctrl-C, and --${other} needs an end`);
  if (options.level === 'chat') throw contradiction('--watch would ring an agent again and again at --level chat');
  if (format !== 'text' && format !== 'json')
    throw contradiction(`--watch tells changes as text or JSON, not ${format}`);
}

/** The files of `--report` and the format of each. Throws INVALID_ARGUMENT. */
export function reportsOf(options: DoctorOptions, cwd: string): readonly ReportFile[] {
  const reports = (options.report ?? []).map(parseReport);
  const paths = [...reports, ...(options.output === undefined ? [] : [{ path: options.output }])].map(({ path }) =>
    resolve(cwd, path),
  );
  const twice = paths.find((path, index) => paths.indexOf(path) !== index);
  if (twice === undefined) return reports;
  throw new HandoffError('INVALID_ARGUMENT', {
    message: `Two results would be written to ${twice}`,
    hint: 'give each a file of its own',
  });
}

function parseReport(text: string): ReportFile {
  const at = text.indexOf('=');
  const format = DOCTOR_FORMATS.find((known) => known === text.slice(0, at));
  const path = text.slice(at + 1);
  if (format && path !== '') return { format, path };
  throw new HandoffError('INVALID_ARGUMENT', {
    message: `“${text}” is not a format and a file`,
    hint: `write it as --report junit=handoff.xml; the formats are ${DOCTOR_FORMATS.join(', ')}`,
  });
}

/** A selection that leaves nothing to check would say yes to everything. */
async function checkSelection(options: DoctorOptions): Promise<void> {
  const { checksFor } = await import('../doctor/checks/index.ts');
  const level = options.level ?? 'service';
  const left = (['miaw', 'live-chat'] as const).some(
    (channel) => checksFor({ channel, level, ...selection(options) }).reported.size > 0,
  );
  if (left) return;
  throw new HandoffError('INVALID_ARGUMENT', { message: 'No check is left to run', hint: 'sf-handoff doctor --list' });
}

function contradiction(message: string): HandoffError {
  return new HandoffError('INVALID_ARGUMENT', { message, hint: 'leave one of them away: sf-handoff doctor --help' });
}
