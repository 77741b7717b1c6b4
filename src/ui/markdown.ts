import { cleanLines } from './clean.ts';
import { adviceOf, type ReportCheck, type ReportDocument } from './report-document.ts';

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
  return [...parts, `${document.tool.name} ${document.tool.version}, ${document.startedAt}`, ''].join('\n');
}

function row(check: ReportCheck): string {
  const cause = check.cause ? ` \`${check.cause}\`` : '';
  return `| ${cell(check.title)} \`${check.id}\` | ${MARKS[check.status]} | ${cell(adviceOf(check) || (check.detail ?? ''))}${cause} |`;
}

function cell(text: string): string {
  const shortened = cleanLines(text)
    .join(' ')
    .replace(/\b(00D|57[0-3]|005|0[A-Za-z]\w)\w{9}(\w{3})(?:\w{3})?\b/g, '$1…$2');
  return shortened.replace(/[\\|<>`*_[\]]/g, (character) => `\\${character}`);
}
