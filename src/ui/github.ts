import { cleanLines } from './clean.ts';
import { adviceOf, type ReportDocument } from './report-document.ts';

type Kind = 'error' | 'warning';

/** GitHub shows so many annotations of a kind and step, and drops the rest without a word. */
const MOST_OF_A_KIND = 10;

/**
 * Annotations of GitHub Actions: an error per failure, a warning per warning, at most as many as GitHub shows; what does not
 * fit is counted in a notice. Then one line that counts.
 */
export function githubReport(document: ReportDocument): string {
  const found = (['error', 'warning'] as const).map((kind) => ({ kind, lines: annotations(document, kind) }));
  const shown = found.flatMap(({ lines }) => lines.slice(0, MOST_OF_A_KIND));
  const hidden = found.flatMap(({ kind, lines }) => {
    const more = lines.length - MOST_OF_A_KIND;
    return more > 0 ? [`${more} more ${kind}${more === 1 ? '' : 's'}`] : [];
  });
  const notice =
    hidden.length === 0
      ? []
      : [`::notice title=sf-handoff doctor::${data(`${hidden.join(' and ')}: see the summary of this job`)}`];
  const failed = document.runs.filter((run) => !run.ok).length;
  return [
    ...shown,
    ...notice,
    `${document.runs.length - failed} of ${document.runs.length} ready, ${failed} not`,
    '',
  ].join('\n');
}

function annotations(document: ReportDocument, kind: Kind): string[] {
  return document.runs.flatMap((run) =>
    run.checks
      .filter(({ status }) => (kind === 'error' ? status === 'fail' || status === 'crash' : status === 'warn'))
      .map((check) => {
        const title = property(`${run.profile}: ${check.title} (${check.cause ?? check.id})`);
        return `::${kind} title=${title}::${data(adviceOf(check))}`;
      }),
  );
}

function data(text: string): string {
  return cleanLines(text).join('\n').replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
