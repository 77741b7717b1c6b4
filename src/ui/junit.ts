import junit, { type Builder, type TestSuite } from 'junit-report-builder';
import { cleanLines } from './clean.ts';
import { adviceOf, type ReportCheck, type ReportDocument } from './report-document.ts';

/** A CommonJS module with a default export: Node hands out its wrapper, the bundler the export itself. */
const factory = (junit as { readonly default?: Builder }).default ?? (junit as unknown as Builder);

/** A test suite per profile and area, a case per check; skipped checks say why. Times are seconds. */
export function junitReport(document: ReportDocument): string {
  const report = factory.newBuilder();
  for (const run of document.runs) {
    for (const area of new Set(run.checks.map(areaOf))) {
      const suite = report
        .testSuite()
        .name(plain(`${run.profile} ${area}`))
        .timestamp(document.startedAt);
      const checks = run.checks.filter((check) => areaOf(check) === area);
      for (const check of checks) addCase(suite, plain(`${run.profile}.${run.channel}`), check);
    }
  }
  return `${report.build()}\n`;
}

function addCase(suite: TestSuite, className: string, check: ReportCheck): void {
  const test = suite
    .testCase()
    .className(className)
    .name(check.id)
    .time(check.durationMs / 1000);
  const advice = plain(adviceOf(check));
  if (check.status === 'fail') test.failure(advice, check.cause ?? 'FAILED');
  if (check.status === 'crash') test.error(advice, check.cause ?? 'INTERNAL');
  if (check.status === 'skip') test.skipped().standardOutput(advice);
  if (check.status === 'warn') test.standardOutput(plain(`warning ${check.cause ?? ''}: ${advice}`));
}

function areaOf(check: ReportCheck): string {
  return check.id.split('.')[0] ?? '';
}

function plain(text: string): string {
  return cleanLines(text).join(' ');
}
