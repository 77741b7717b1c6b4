import type { CheckStatus } from '../core/check.ts';
import type { Channel } from '../core/events.ts';
import type { Line } from '../core/line.ts';
import type { CheckView } from './doctor-area.ts';
import { markSpan, type ReportOptions } from './doctor-row.ts';
import { columnsOf } from './wrap.ts';

export const CHANNELS: Readonly<Record<Channel, string>> = { 'live-chat': 'Live Chat', miaw: 'MIAW' };

interface Overviewed {
  readonly profile: string;
  readonly channel: Channel;
  readonly ok: boolean;
  readonly counts: Readonly<Record<CheckStatus, number>>;
  readonly checks: readonly CheckView[];
}

const WIDEST_NAME = 40;

/** A table of several profiles: name, channel, how many of what, and the first cause of trouble; the count below it. */
export function overviewLines(runs: readonly Overviewed[], options: ReportOptions): Line[] {
  const names = runs.map(({ profile }) => columnsOf(profile || '(no profile)'));
  const columns = Math.min(WIDEST_NAME, Math.max(...names));
  const ready = runs.filter(({ ok }) => ok).length;
  const sum =
    ready === runs.length ? `all ${ready} ready` : `${ready} of ${runs.length} ready, ${runs.length - ready} not`;
  return [...runs.map((run) => overviewLine(run, columns, options)), [{ text: sum, tone: 'bold' }]];
}

function overviewLine(run: Overviewed, columns: number, options: ReportOptions): Line {
  const name = run.profile || '(no profile)';
  const gap = ' '.repeat(Math.max(0, columns - columnsOf(name)));
  const cause = causeOf(run);
  return [
    markSpan(run.ok ? (run.counts.warn > 0 ? 'warn' : 'pass') : 'fail', options.unicode),
    ` ${name}${gap}  `,
    { text: CHANNELS[run.channel].padEnd(9), tone: 'dim' },
    `  ${tallyText(run.counts, options)}`,
    ...(cause === undefined ? [] : [{ text: `  ${cause}`, tone: 'dim' } as const]),
  ];
}

function causeOf({ checks }: Overviewed): string | undefined {
  const worst = checks.find(({ status }) => status === 'fail') ?? checks.find(({ status }) => status === 'crash');
  const told = worst ?? checks.find(({ status }) => status === 'warn');
  if (told?.status === 'crash') return 'INTERNAL';
  return told?.status === 'fail' || told?.status === 'warn' ? told.cause : undefined;
}

/** How many checks ended how, in words. */
export function tallyText(
  counts: Readonly<Record<CheckStatus, number>>,
  { unicode }: Pick<ReportOptions, 'unicode'>,
): string {
  const parts = [
    [counts.fail, 'failed'],
    [counts.crash, 'crashed'],
    [counts.warn, counts.warn === 1 ? 'warning' : 'warnings'],
    [counts.pass, 'passed'],
    [counts.skip, 'skipped'],
  ] as const;
  const told = parts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  return told.length > 0 ? told.join(unicode ? ' · ' : ', ') : 'nothing to check';
}
