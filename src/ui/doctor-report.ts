import type { CheckStatus } from '../core/check.ts';
import { formatDuration } from '../core/duration.ts';
import type { Channel } from '../core/events.ts';
import type { Line } from '../core/line.ts';
import { areaLines, type CheckView } from './doctor-area.ts';
import { CHANNELS, overviewLines, tallyText } from './doctor-overview.ts';
import { blockLines, type ReportOptions, rowLines, withAside } from './doctor-row.ts';

/** Names that stand for values which come from no profile. */
const NAMELESS: readonly string[] = ['flags', 'paste', 'simulator'];

/** The results of one profile as the report shows them. */
export interface DoctorRunView {
  readonly profile: string;
  readonly channel: Channel;
  readonly ok: boolean;
  readonly counts: Readonly<Record<CheckStatus, number>>;
  readonly checks: readonly CheckView[];
  readonly durationMs: number;
}

const AREAS = ['values', 'network', 'service', 'stream', 'chat'] as const;
const AGAIN = 'sf-handoff doctor';

/**
 * What doctor found, area by area, and at the end of it the next thing to do. Several runs are summed up below the last; in a
 * summary those with nothing to look at have no more than their line there.
 */
export function doctorReport(
  runs: readonly DoctorRunView[],
  options: ReportOptions & { readonly summary?: boolean },
): Line[] {
  const told = options.summary && !options.verbose ? runs.filter(needsLook) : runs;
  const reports = told.flatMap((run, index): Line[] => [...(index > 0 ? [['']] : []), ...runLines(run, options)]);
  if (runs.length === 1 && !options.summary) return reports;
  return [...reports, ...(reports.length > 0 ? [['']] : []), ...overviewLines(runs, options)];
}

function needsLook({ ok, counts }: DoctorRunView): boolean {
  return !ok || counts.fail + counts.crash + counts.warn > 0;
}

function runLines(run: DoctorRunView, options: ReportOptions): Line[] {
  const well = run.counts.fail + run.counts.crash === 0;
  const areas = AREAS.map((area) => ({ area, checks: run.checks.filter((check) => check.id.startsWith(`${area}.`)) }));
  const body = areas.flatMap(({ area, checks }) => areaLines(area, checks, well && !options.verbose, options));
  return [...header(run, options), [''], ...body, ...chatLines(run, well, options), [''], ...footer(run, options)];
}

function header(run: DoctorRunView, options: ReportOptions): Line[] {
  const title: Line = [{ text: AGAIN, tone: 'bold' }];
  const dot = options.unicode ? ' · ' : ', ';
  const about = [
    ...(run.profile === '' ? [] : [NAMELESS.includes(run.profile) ? run.profile : `profile ${run.profile}`]),
    CHANNELS[run.channel],
  ].join(dot);
  const line = withAside(title, about, options.width);
  return line === title ? [title, [{ text: about, tone: 'dim' }]] : [line];
}

/** Says what was left out, where a run went through the service and stopped there. */
function chatLines(run: DoctorRunView, well: boolean, options: ReportOptions): Line[] {
  if (well || !isWhole(run) || has(run, 'chat')) return [];
  const row = { mark: 'skip', title: 'not opened', text: '--level chat rings a real agent', aside: '' } as const;
  return [[{ text: 'Chat', tone: 'bold' }], ...rowLines(row, 'not opened'.length, options)];
}

function footer(run: DoctorRunView, options: ReportOptions): Line[] {
  const tally = blockLines('', `${tallyText(run.counts, options)} in ${formatDuration(run.durationMs)}`, options.width);
  const first = firstThing(run);
  return [...tally, ...(first === undefined ? next(run, options) : blockLines('', first, options.width))];
}

/** What to see to before anything else; a warning only where warnings count. */
function firstThing(run: DoctorRunView): string | undefined {
  const culprit =
    run.checks.find(({ status }) => status === 'fail') ??
    run.checks.find(({ status }) => status === 'crash') ??
    (run.ok ? undefined : run.checks.find(({ status }) => status === 'warn'));
  if (culprit?.status === 'crash') return `“${culprit.title}” could not be checked: ${culprit.error.hint}.`;
  return culprit && `First: mend “${culprit.title}” (above), then run ${AGAIN} again.`;
}

function next(run: DoctorRunView, { width }: ReportOptions): Line[] {
  if (!isWhole(run)) {
    const isOffline = has(run, 'values') && !has(run, 'network');
    return isOffline ? blockLines('', `Next: ask the service with ${AGAIN}`, width) : [];
  }
  const but = run.counts.warn > 0 ? ', but look at the warnings above' : '';
  const then = has(run, 'chat') ? 'The test chat went through.' : 'Try it: sf-handoff test-chat';
  return blockLines('', `Ready to publish${but}. ${then}`, width, run.counts.warn > 0 ? 'plain' : 'ok');
}

/** Whether values and service were both looked at, so that the result means something as a whole. */
function isWhole(run: DoctorRunView): boolean {
  return has(run, 'values') && has(run, 'network') && has(run, 'service');
}

function has(run: DoctorRunView, area: (typeof AREAS)[number]): boolean {
  return run.checks.some((check) => check.id.startsWith(`${area}.`));
}
