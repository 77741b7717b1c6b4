import { cleanLines } from './clean.ts';
import { adviceOf, type ReportCheck, type ReportDocument } from './report-document.ts';
import { element } from './xml.ts';

type Run = ReportDocument['runs'][number];

/**
 * A test suite per profile and area, a case per check; skipped checks say why. Times are seconds. Valid by both schemas in
 * use, Ant's and Jenkins': the stricter one wants every attribute of a suite, none of the root, and no output in a case.
 */
export function junitReport(document: ReportDocument): string {
  const suites = document.runs.flatMap((run) =>
    [...new Set(run.checks.map(areaOf))].map((area) => ({
      run,
      area,
      checks: run.checks.filter((check) => areaOf(check) === area),
    })),
  );
  const root = element(
    'testsuites',
    {},
    suites.map((suite, id) => suiteElement({ ...suite, id }, document)),
  );
  return `${['<?xml version="1.0" encoding="UTF-8"?>', ...root].join('\n')}\n`;
}

interface Suite {
  readonly id: number;
  readonly run: Run;
  readonly area: string;
  readonly checks: readonly ReportCheck[];
}

function suiteElement({ id, run, area, checks }: Suite, document: ReportDocument): readonly string[] {
  const count = (status: ReportCheck['status']) => checks.filter((check) => check.status === status).length;
  const attributes = {
    name: plain(`${run.profile} ${area}`),
    package: plain(run.profile) || 'sf-handoff',
    id,
    // Seconds and no zone, as the schemas write a moment.
    timestamp: document.startedAt.slice(0, 19),
    hostname: 'localhost',
    tests: checks.length,
    failures: count('fail'),
    errors: count('crash'),
    skipped: count('skip'),
    time: seconds(checks.reduce((sum, check) => sum + check.durationMs, 0)),
  };
  const tool = element('property', { name: 'tool', value: plain(`${document.tool.name} ${document.tool.version}`) });
  const warnings = checks.filter((check) => check.status === 'warn').map(warningLine);
  return element('testsuite', attributes, [
    element('properties', {}, [tool]),
    ...checks.map((check) => caseElement(check, plain(`${run.profile}.${run.channel}`))),
    element('system-out', {}, warnings.join('; ')),
    element('system-err', {}),
  ]);
}

function caseElement(check: ReportCheck, classname: string): readonly string[] {
  const message = plain(adviceOf(check));
  const about = { name: check.id, classname, time: seconds(check.durationMs) };
  switch (check.status) {
    case 'fail':
      return element('testcase', about, [element('failure', { message, type: check.cause ?? 'FAILED' }, message)]);
    case 'crash':
      return element('testcase', about, [element('error', { message, type: check.cause ?? 'INTERNAL' }, message)]);
    case 'skip':
      return element('testcase', about, [element('skipped', { message })]);
    case 'pass':
    case 'warn':
      return element('testcase', about);
  }
}

function warningLine(check: ReportCheck): string {
  return plain(`${check.id}: warning ${check.cause ?? ''}: ${adviceOf(check)}`);
}

function seconds(ms: number): number {
  return Math.max(0, Math.round(ms)) / 1000;
}

function areaOf(check: ReportCheck): string {
  return check.id.split('.')[0] ?? '';
}

function plain(text: string): string {
  return cleanLines(text).join(' ');
}
