import { describe, expect, test } from 'vitest';
import { junitReport } from '../../src/ui/junit.ts';
import { CRASHED, documentOf, FAILED, PASSED, SKIPPED, WARNED } from './report-samples.ts';

interface XmlNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlNode[];
}

/** Reads well-formed XML without comments, CDATA and namespaces; throws on anything else. */
function parseXml(text: string): XmlNode {
  const top: XmlNode = { name: '', attributes: {}, children: [] };
  const open = [top];
  const rest = text
    .replace(/^<\?xml[^>]*\?>\s*/, '')
    .replace(/<(\/?)([\w-]+)((?:\s+[\w-]+="[^"<>]*")*)\s*(\/?)>|([^<>]+)/g, (_, end, name, given, empty, plain) => {
      if (plain !== undefined) return '';
      if (end) {
        if (open.pop()?.name !== name) throw new Error(`</${name}> closes another element`);
        return '';
      }
      const pairs = [...String(given).matchAll(/([\w-]+)="([^"]*)"/g)].map((pair) => [pair[1], pair[2]]);
      const node: XmlNode = { name, attributes: Object.fromEntries(pairs), children: [] };
      open.at(-1)?.children.push(node);
      if (!empty) open.push(node);
      return '';
    });
  if (rest !== '' || open.length !== 1 || top.children.length !== 1) throw new Error(`not one document: ${rest}`);
  return top.children[0] ?? top;
}

type Rule = RegExp;
const TOKEN: Rule = /\S/;
const COUNT: Rule = /^\d+$/;
const DECIMAL: Rule = /^\d+(\.\d+)?$/;

/** What Ant's schema (JUnit.xsd) demands: every attribute named here and no other, the children in this order. */
const SCHEMA: Readonly<Record<string, { attributes: Readonly<Record<string, Rule>>; children: RegExp }>> = {
  testsuites: { attributes: {}, children: /^(testsuite )*$/ },
  testsuite: {
    attributes: {
      name: TOKEN,
      package: TOKEN,
      id: COUNT,
      timestamp: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/,
      hostname: TOKEN,
      tests: COUNT,
      failures: COUNT,
      errors: COUNT,
      skipped: COUNT,
      time: DECIMAL,
    },
    children: /^properties (testcase )*system-out system-err $/,
  },
  properties: { attributes: {}, children: /^(property )*$/ },
  property: { attributes: { name: TOKEN, value: /^/ }, children: /^$/ },
  testcase: {
    attributes: { name: TOKEN, classname: TOKEN, time: DECIMAL },
    children: /^((skipped|error|failure) )?$/,
  },
  skipped: { attributes: { message: /^/ }, children: /^$/ },
  error: { attributes: { message: /^/, type: TOKEN }, children: /^$/ },
  failure: { attributes: { message: /^/, type: TOKEN }, children: /^$/ },
  'system-out': { attributes: {}, children: /^$/ },
  'system-err': { attributes: {}, children: /^$/ },
};

function violations(node: XmlNode): string[] {
  const rule = SCHEMA[node.name];
  if (!rule) return [`unknown element ${node.name}`];
  const wanted = Object.keys(rule.attributes).sort().join();
  const given = Object.keys(node.attributes).sort().join();
  const wrong = Object.entries(rule.attributes).filter(([name, shape]) => !shape.test(node.attributes[name] ?? ''));
  return [
    ...(wanted === given ? [] : [`${node.name} has ${given}, not ${wanted}`]),
    ...wrong.map(([name]) => `${node.name}/@${name} is ${node.attributes[name]}`),
    ...(rule.children.test(node.children.map(({ name }) => `${name} `).join('')) ? [] : [`children of ${node.name}`]),
    ...node.children.flatMap(violations),
  ];
}

describe('by the common JUnit schema', () => {
  const nasty = 'a<b>&"\'\u0000\u001b[31m]]></testsuites>\ud800\uffff\n\u202ez';

  test.each([
    ['a report of every kind of result', documentOf([PASSED, FAILED, SKIPPED, WARNED, CRASHED])],
    ['a report of nothing', documentOf([])],
    ['a profile without a name', documentOf([PASSED], { profile: '' })],
    ['hostile text', documentOf([{ ...FAILED, message: nasty }, { ...SKIPPED, message: nasty }, WARNED])],
    ['a clock set back', documentOf([{ ...PASSED, durationMs: -0.5 }])],
  ])('%s is valid', (_what, document) => {
    expect(violations(parseXml(junitReport(document)))).toEqual([]);
  });

  test('text comes back as it was', () => {
    expect(junitReport(documentOf([{ ...FAILED, message: 'a<b> & "c"' }]))).toContain('a&lt;b&gt; &amp; &quot;c&quot;');
  });
});
