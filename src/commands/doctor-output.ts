import { promises } from 'node:fs';
import { resolve } from 'node:path';
import type { Context } from '../context.ts';
import type { CheckResult } from '../core/check.ts';
import { HandoffError } from '../core/errors.ts';
import type { Line } from '../core/line.ts';
import { type FailOn, type RunDocument, runDocument } from '../doctor/result.ts';
import type { DOCTOR_FORMATS } from '../option-groups.ts';
import { doctorReport } from '../ui/doctor-report.ts';
import { encodeJson } from '../ui/json.ts';
import { plainLine } from '../ui/plain.ts';
import { describeSource } from '../ui/values-report.ts';
import type { Target } from './target.ts';

type DoctorFormat = (typeof DOCTOR_FORMATS)[number];

/** A result written beside the one that is printed. */
export interface ReportFile {
  readonly format: DoctorFormat;
  readonly path: string;
}

export interface DoctorOutput {
  readonly format: DoctorFormat;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly output?: string;
  readonly reports: readonly ReportFile[];
  /** Sums several profiles up: details only of those that need a look. */
  readonly summary?: boolean;
}

/** One target's results: the public document, and what the screen needs besides. */
export interface DoctorRun extends RunDocument {
  readonly durationMs: number;
  readonly results: readonly (CheckResult & { readonly source?: string })[];
}

export function toRun(
  target: Target,
  results: readonly CheckResult[],
  about: { failOn: FailOn; durationMs: number },
): DoctorRun {
  const { validation } = target;
  const sources = new Map(validation.values.map((row) => [checkIdOf(row.field), describeSource(row.source)]));
  const told = results.map((result) => {
    const source = sources.get(result.id);
    return source === undefined ? result : { ...result, source };
  });
  const document = runDocument({ profile: target.name, channel: validation.channel, checks: results }, about.failOn);
  return { ...document, durationMs: about.durationMs, results: told };
}

function checkIdOf(field: string): string {
  return `values.${field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** Prints the report, or writes it to the file asked for; and the further ones to theirs. */
export async function writeReport(runs: readonly DoctorRun[], output: DoctorOutput, context: Context): Promise<void> {
  const document = documentOf(runs, output, context);
  const rendered = (format: DoctorFormat) => render(runs, document, { ...output, format }, context);
  if (output.format === 'github') await (await import('./job-summary.ts')).appendJobSummary(document, context);
  if (output.output !== undefined) await writeResult(output.output, await rendered(output.format), context);
  else if (output.format === 'text') await context.io.print(textLines(runs, output, context));
  else await context.io.printText(await rendered(output.format));
  for (const { format, path } of output.reports) await writeResult(path, await rendered(format), context);
}

async function writeResult(path: string, text: string, context: Context): Promise<void> {
  try {
    await promises.writeFile(resolve(context.cwd, path), context.secrets.redact(text));
  } catch (error) {
    throw new HandoffError('FILE_UNWRITABLE', { message: `${path} could not be written`, cause: error });
  }
  await context.io.note([[`Report written to ${path}`]]);
}

function documentOf(runs: readonly DoctorRun[], output: DoctorOutput, context: Context) {
  return {
    tool: { name: 'sf-handoff', version: context.version },
    startedAt: new Date(output.startedAt).toISOString(),
    durationMs: context.clock.now() - output.startedAt,
    ok: runs.every((run) => run.ok),
    runs: runs.map(({ profile, channel, ok, counts, checks }) => ({ profile, channel, ok, counts, checks })),
  };
}

function textLines(runs: readonly DoctorRun[], { summary = false }: DoctorOutput, context: Context): Line[] {
  const views = runs.map(({ results, ...run }) => ({ ...run, checks: results }));
  const { width, unicode, verbose } = context.io;
  return doctorReport(views, { width, unicode, verbose, summary });
}

async function render(
  runs: readonly DoctorRun[],
  document: ReturnType<typeof documentOf>,
  output: DoctorOutput,
  context: Context,
): Promise<string> {
  switch (output.format) {
    case 'json':
      return encodeJson(document, 'document');
    case 'junit':
      return (await import('../ui/junit.ts')).junitReport(document);
    case 'github':
      return (await import('../ui/github.ts')).githubReport(document);
    case 'markdown':
      return (await import('../ui/markdown.ts')).markdownReport(document);
    case 'text':
      return textLines(runs, output, context)
        .map((line) => `${plainLine(line)}\n`)
        .join('');
  }
}
