import { describe, expect, test } from 'vitest';
import { junitReport } from '../../src/ui/junit.ts';
import { CRASHED, documentOf, FAILED, PASSED, SKIPPED, WARNED } from './report-samples.ts';

const ALL = documentOf([PASSED, FAILED, SKIPPED, WARNED, CRASHED]);

test('a whole report', () => {
  expect(junitReport(ALL)).toMatchInlineSnapshot(`
    "<?xml version="1.0" encoding="UTF-8"?>
    <testsuites>
      <testsuite name="acme values" package="acme" id="0" timestamp="2026-01-05T09:00:00" hostname="localhost" tests="1" failures="0" errors="0" skipped="0" time="0">
        <properties>
          <property name="tool" value="sf-handoff 1.2.3"/>
        </properties>
        <testcase name="values.org-id" classname="acme.miaw" time="0"/>
        <system-out/>
        <system-err/>
      </testsuite>
      <testsuite name="acme network" package="acme" id="1" timestamp="2026-01-05T09:00:00" hostname="localhost" tests="2" failures="1" errors="0" skipped="1" time="0.014">
        <properties>
          <property name="tool" value="sf-handoff 1.2.3"/>
        </properties>
        <testcase name="network.dns" classname="acme.miaw" time="0.014">
          <failure message="acme.example does not resolve → check the name → sf-handoff guide miaw.2" type="NAME_NOT_FOUND">acme.example does not resolve → check the name → sf-handoff guide miaw.2</failure>
        </testcase>
        <testcase name="network.tls" classname="acme.miaw" time="0">
          <skipped message="network.dns failed"/>
        </testcase>
        <system-out/>
        <system-err/>
      </testsuite>
      <testsuite name="acme service" package="acme" id="2" timestamp="2026-01-05T09:00:00" hostname="localhost" tests="1" failures="0" errors="0" skipped="0" time="0.003">
        <properties>
          <property name="tool" value="sf-handoff 1.2.3"/>
        </properties>
        <testcase name="service.pre-chat" classname="acme.miaw" time="0.003"/>
        <system-out>service.pre-chat: warning PRE_CHAT_NOT_IN_FORM: Pincode is not in the form</system-out>
        <system-err/>
      </testsuite>
      <testsuite name="acme stream" package="acme" id="3" timestamp="2026-01-05T09:00:00" hostname="localhost" tests="1" failures="0" errors="1" skipped="0" time="0.001">
        <properties>
          <property name="tool" value="sf-handoff 1.2.3"/>
        </properties>
        <testcase name="stream.open" classname="acme.miaw" time="0.001">
          <error message="sf-handoff made a mistake" type="INTERNAL">sf-handoff made a mistake</error>
        </testcase>
        <system-out/>
        <system-err/>
      </testsuite>
    </testsuites>
    "
  `);
});

describe('what a CI server counts on', () => {
  const counts = (xml: string) =>
    ['tests', 'failures', 'errors', 'skipped'].map((name) =>
      [...xml.matchAll(new RegExp(`<testsuite [^>]*\\b${name}="(\\d+)"`, 'g'))].reduce(
        (sum, match) => sum + Number(match[1]),
        0,
      ),
    );

  test('failures, errors and skips are counted apart; a warning is none of them', () => {
    expect(counts(junitReport(ALL))).toEqual([5, 1, 1, 1]);
  });

  test('every area of every profile is a suite', () => {
    const [first] = ALL.runs;
    const two = { ...ALL, runs: [...ALL.runs, ...(first ? [{ ...first, profile: 'other' }] : [])] };
    const names = [...junitReport(two).matchAll(/<testsuite name="([^"]+)"/g)].map((match) => match[1]);
    expect(names).toEqual([
      'acme values',
      'acme network',
      'acme service',
      'acme stream',
      'other values',
      'other network',
      'other service',
      'other stream',
    ]);
  });

  test('a run without checks is still a document', () => {
    expect(junitReport(documentOf([]))).toMatch(/^<\?xml.*\n<testsuites[^>]*\/>\n$/);
  });

  test('a failure without a cause still has a type', () => {
    const { cause: _, ...check } = FAILED;
    expect(junitReport(documentOf([check]))).toContain('type="FAILED"');
  });
});

describe('hostile text', () => {
  const nasty = 'a<b>&"\'\u0000\u001b[31m]]></testsuites>\ud800\ufffe\uffff\n\u202ez';

  test.each([
    ['a failure', { ...FAILED, message: nasty }],
    ['a warning', { ...WARNED, message: nasty }],
    ['a skip', { ...SKIPPED, message: nasty }],
    ['a crash', { ...CRASHED, hint: nasty }],
  ])('in %s leaves the document one document', (_what, check) => {
    const xml = junitReport(documentOf([check], { profile: nasty }));
    expect(xml.match(/<\/testsuites>/g)).toHaveLength(1);
    expect(xml.trimEnd().endsWith('</testsuites>')).toBe(true);
  });

  test('in a line of it is no command to GitHub Actions', () => {
    const xml = junitReport(documentOf([{ ...FAILED, message: '##[error]x' }], { profile: '##[group]' }));
    expect(xml).not.toContain('##[');
    expect(xml).toContain('##&#91;error]x');
  });

  test.each([FAILED, WARNED, SKIPPED])(
    'in a check of status $status puts no character into it that XML forbids',
    (check) => {
      const xml = junitReport(documentOf([{ ...check, message: nasty }], { profile: nasty }));
      expect(xml).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u);
    },
  );
});
