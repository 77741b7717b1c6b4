import { cleanLines } from './clean.ts';
import { adviceOf, type ReportCheck, type ReportDocument } from './report-document.ts';
import { shortenIds, shortenUuids } from './short-ids.ts';

const MARKS = {
  pass: '✅ passed',
  warn: '⚠️ warning',
  fail: '❌ failed',
  skip: '➖ skipped',
  crash: '💥 crashed',
} as const;

/** A table per profile, to paste into a ticket; Salesforce ids are shortened. */
export function markdownReport(document: ReportDocument): string {
  const parts = document.runs.map((run) =>
    [
      `## ${cell(run.profile)} (${run.channel}): ${run.ok ? 'ready' : 'not ready'}`,
      '',
      '| Check | Result | What to know |',
      '| --- | --- | --- |',
      ...run.checks.map(row),
      '',
    ].join('\n'),
  );
  const overview = document.runs.length > 1 ? [overviewOf(document)] : [];
  return [...overview, ...parts, `${document.tool.name} ${document.tool.version}, ${document.startedAt}`, ''].join(
    '\n',
  );
}

/** What happened to whom, before the details of many. */
function overviewOf({ runs }: ReportDocument): string {
  const rows = runs.map(({ profile, channel, ok, checks }) => {
    const worst = checks.find(({ status }) => status === 'fail' || status === 'crash');
    return `| ${cell(profile)} | ${channel} | ${ok ? MARKS.pass : MARKS.fail} | ${worst?.cause ? `\`${worst.cause}\`` : ''} |`;
  });
  return ['| Profile | Channel | Result | Cause |', '| --- | --- | --- | --- |', ...rows, ''].join('\n');
}

function row(check: ReportCheck): string {
  const cause = check.cause ? ` \`${check.cause}\`` : '';
  return `| ${cell(check.title)} \`${check.id}\` | ${MARKS[check.status]} | ${cell(adviceOf(check) || (check.detail ?? ''))}${cause} |`;
}

function cell(text: string): string {
  const shortened = shortenUuids(shortenIds(cleanLines(text).join(' ')));
  return shortened.replace(/[\\|<>`*_[\]]/g, (character) => `\\${character}`);
}
