import type { CheckResult } from '../core/check.ts';
import { formatDuration } from '../core/duration.ts';
import type { Line } from '../core/line.ts';
import { blockLines, type ReportOptions, rowLines, withAside } from './doctor-row.ts';
import { columnsOf } from './wrap.ts';

/** `source` says where a value came from, in a word or two. */
export type CheckView = CheckResult & { readonly source?: string };

const WIDEST_TITLE = 18;

/** The checks of one area; in `brief`, one line where nothing in it needs a look. */
export function areaLines(area: string, checks: readonly CheckView[], brief: boolean, options: ReportOptions): Line[] {
  if (checks.length === 0) return [];
  const name = `${area[0]?.toUpperCase()}${area.slice(1)}`;
  if (brief && checks.every(isQuiet)) return summary(name, checks, options);
  const titles = checks.map(({ title }) => columnsOf(title)).filter((columns) => columns <= WIDEST_TITLE);
  const columns = Math.max(0, ...titles);
  const rows = mergeSkips(checks).flatMap((check) => checkLines(check, columns, options));
  return [[{ text: name, tone: 'bold' }], ...rows];
}

/** What was found and is suppressed stays in sight. */
function isQuiet(check: CheckView): boolean {
  return check.status === 'pass' || (check.status === 'skip' && check.cause === undefined);
}

function summary(name: string, checks: readonly CheckView[], options: ReportOptions): Line[] {
  const passed = checks.filter(({ status }) => status === 'pass').map(({ title }) => title);
  const mark = passed.length > 0 ? 'pass' : 'skip';
  const text = passed.length > 0 ? passed.join(', ') : 'skipped';
  return rowLines({ mark, title: name, text, aside: '' }, 'Network'.length, options);
}

/** Neighbours skipped for the same reason share a row. */
function mergeSkips(checks: readonly CheckView[]): readonly CheckView[] {
  const merged: CheckView[] = [];
  for (const check of checks) {
    const last = merged.at(-1);
    if (last?.status === 'skip' && check.status === 'skip' && last.reason === check.reason) {
      merged[merged.length - 1] = { ...last, title: `${last.title}, ${check.title}` };
    } else merged.push(check);
  }
  return merged;
}

function checkLines(check: CheckView, titleColumns: number, options: ReportOptions): Line[] {
  const row = { mark: check.status, title: check.title, aside: asideOf(check, options) };
  switch (check.status) {
    case 'pass':
      return rowLines({ ...row, text: shown(check.detail ?? '', options) }, titleColumns, options);
    case 'skip':
      return rowLines({ ...row, text: check.reason, aside: '' }, titleColumns, options);
    case 'crash': {
      const mend = { hint: check.error.hint, code: 'INTERNAL', step: undefined };
      return [...rowLines({ ...row, text: check.error.message }, titleColumns, options), ...mendLines(mend, options)];
    }
    case 'warn':
    case 'fail': {
      const text = shown(check.detail ?? check.message, options);
      const more = check.detail === undefined ? [] : blockLines('    ', check.message, options.width);
      const mend = { hint: check.hint, code: check.cause, step: check.step };
      return [...rowLines({ ...row, text }, titleColumns, options), ...more, ...mendLines(mend, options)];
    }
  }
}

function mendLines(
  mend: { readonly hint: string; readonly code: string; readonly step: string | undefined },
  options: ReportOptions,
): Line[] {
  const lead = options.unicode ? '    → ' : '    -> ';
  const hint = blockLines(lead, mend.hint, options.width);
  const guide = mend.step ? blockLines(lead, `sf-handoff guide ${mend.step}`, options.width) : [];
  const lines = [...hint, ...guide];
  const last = lines.pop() ?? [];
  const ended = withAside(last, mend.code, options.width);
  // Too narrow for both: the code gets a line of its own.
  return ended === last ? [...lines, last, [{ text: `    ${mend.code}`, tone: 'dim' }]] : [...lines, ended];
}

function asideOf(check: CheckView, options: ReportOptions): string {
  const timed = check.id.startsWith('values.') ? '' : formatDuration(check.durationMs);
  const aside = check.source === undefined ? timed : `(${check.source})`;
  return options.verbose ? [check.id, aside].filter((part) => part !== '').join('  ') : aside;
}

function shown(text: string, { unicode }: ReportOptions): string {
  return unicode ? text : text.replaceAll('→', '->');
}
