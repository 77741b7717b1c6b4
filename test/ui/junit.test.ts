import { describe, expect, test } from 'vitest';
import { junitReport } from '../../src/ui/junit.ts';
import { CRASHED, documentOf, FAILED, PASSED, SKIPPED, WARNED } from './report-samples.ts';

const ALL = documentOf([PASSED, FAILED, SKIPPED, WARNED, CRASHED]);

test('a whole report', () => {
  expect(junitReport(ALL)).toMatchInlineSnapshot(`
    "<?xml version="1.0" encoding="UTF-8"?>
    <testsuites tests="5" failures="1" errors="1" skipped="1">
      <testsuite name="acme values" timestamp="2026-01-05T09:00:00.000Z" tests="1" failures="0" errors="0" skipped="0">
        <testcase classname="acme.miaw" name="values.org-id" time="0"/>
      </testsuite>
      <testsuite name="acme network" timestamp="2026-01-05T09:00:00.000Z" tests="2" failures="1" errors="0" skipped="1">
        <testcase classname="acme.miaw" name="network.dns" time="0.014">
          <failure message="acme.example does not resolve → check the name → sf-handoff guide miaw.2" type="NAME_NOT_FOUND"/>
        </testcase>
        <testcase classname="acme.miaw" name="network.tls" time="0">
          <skipped/>
          <system-out><![CDATA[network.dns failed]]></system-out>
        </testcase>
      </testsuite>
      <testsuite name="acme service" timestamp="2026-01-05T09:00:00.000Z" tests="1" failures="0" errors="0" skipped="0">
        <testcase classname="acme.miaw" name="service.pre-chat" time="0.003">
          <system-out><![CDATA[warning PRE_CHAT_NOT_IN_FORM: Pincode is not in the form]]></system-out>
        </testcase>
      </testsuite>
      <testsuite name="acme stream" timestamp="2026-01-05T09:00:00.000Z" tests="1" failures="0" errors="1" skipped="0">
        <testcase classname="acme.miaw" name="stream.open" time="0.001">
          <error message="sf-handoff made a mistake" type="INTERNAL"/>
        </testcase>
      </testsuite>
    </testsuites>
    "
  `);
});

describe('what a CI server counts on', () => {
  const counts = (xml: string) => /<testsuites tests="(\d+)" failures="(\d+)" errors="(\d+)" skipped="(\d+)"/.exec(xml);

  test('failures, errors and skips are counted apart; a warning is none of them', () => {
    expect(counts(junitReport(ALL))?.slice(1)).toEqual(['5', '1', '1', '1']);
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
    expect(xml.match(/<\/testsuites>/g)).toHaveLength(1 + (check.status === 'warn' || check.status === 'skip' ? 1 : 0));
    expect(xml.trimEnd().endsWith('</testsuites>')).toBe(true);
  });

  test.each([FAILED, WARNED, SKIPPED])(
    'in a check of status $status puts no character into it that XML forbids',
    (check) => {
      const xml = junitReport(documentOf([{ ...check, message: nasty }], { profile: nasty }));
      expect(xml).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u);
    },
  );

  test('that would close a CDATA section does not', () => {
    const xml = junitReport(documentOf([{ ...WARNED, message: 'a]]>b' }]));
    expect(xml).toMatch(/a\]\]\]\]><!\[CDATA\[>b|a\]\]&gt;b/);
  });
});
