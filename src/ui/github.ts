import { cleanLines } from './clean.ts';
import { adviceOf, type ReportDocument } from './report-document.ts';

/** Annotations of GitHub Actions: an error per failure, a warning per warning, then one line that counts. */
export function githubReport(document: ReportDocument): string {
  const lines = document.runs.flatMap((run) =>
    run.checks.flatMap((check) => {
      const command =
        check.status === 'fail' || check.status === 'crash' ? 'error' : check.status === 'warn' ? 'warning' : undefined;
      if (!command) return [];
      const title = property(`${run.profile}: ${check.title} (${check.cause ?? check.id})`);
      return [`::${command} title=${title}::${data(adviceOf(check))}`];
    }),
  );
  const failed = document.runs.filter((run) => !run.ok).length;
  return [...lines, `${document.runs.length - failed} of ${document.runs.length} ready, ${failed} not`, ''].join('\n');
}

function data(text: string): string {
  return cleanLines(text).join('\n').replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
