import { appendFile, stat } from 'node:fs/promises';
import type { Context } from '../context.ts';
import { markdownReport } from '../ui/markdown.ts';
import type { ReportDocument } from '../ui/report-document.ts';

/** GitHub refuses the summary of a step beyond this, all of it. */
const LARGEST = 1024 * 1024;
const CUT = '\n\nThe rest did not fit into a job summary.\n';

/** Appends the report to the job summary of GitHub Actions where there is one. What goes wrong there is told and decides nothing. */
export async function appendJobSummary(document: ReportDocument, context: Context): Promise<void> {
  const path = context.env.GITHUB_STEP_SUMMARY;
  if (!path) return;
  const text = `${context.secrets.redact(markdownReport(document))}\n`;
  try {
    const used = await stat(path).then(
      ({ size }) => size,
      () => 0,
    );
    await appendFile(path, fitting(text, LARGEST - used));
  } catch {
    await context.io.note([['The job summary (GITHUB_STEP_SUMMARY) could not be written']]);
  }
}

/** Cut between two lines, for half a row of a table would spoil it. */
function fitting(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text;
  const room = Math.max(0, bytes - CUT.length);
  const whole = Buffer.from(text).subarray(0, room).toString('utf8');
  const lines = whole.slice(0, whole.lastIndexOf('\n'));
  return room === 0 ? '' : `${lines}${CUT}`;
}
