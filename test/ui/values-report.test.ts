import { describe, expect, test } from 'vitest';
import type { CrossFinding, Finding, Validation, ValueResult } from '../../src/core/config.ts';
import { plainLine } from '../../src/ui/plain.ts';
import { describeSource, koreForm, valuesReport } from '../../src/ui/values-report.ts';

const FINDING: Finding = {
  code: 'BASE_URL_DOMAIN_SLIP',
  severity: 'fail',
  message: 'The domain is misspelt',
  hint: 'use salesforce-scrt.com',
  step: 'metadata.1',
};

const ROW: ValueResult = {
  field: 'orgId',
  source: { kind: 'flag' },
  given: '00D8Z000001kQ7P',
  value: '00D8Z000001kQ7P',
  status: 'pass',
  findings: [],
};

const VALIDATION: Validation = {
  channel: 'miaw',
  ok: true,
  values: [ROW],
  findings: [],
  unused: [],
  koreForm: { 'Organization ID': '00D8Z000001kQ7P', 'Developer Name': 'Acme_Bot' },
  config: null,
};

const OPTIONS = { width: 80, unicode: true, verbose: false };

function reportOf(parts: Partial<Validation>, options: Partial<typeof OPTIONS> = {}): string[] {
  return valuesReport({ ...VALIDATION, ...parts }, { ...OPTIONS, ...options }).map(plainLine);
}

function rowOf(parts: Partial<ValueResult>, options: Partial<typeof OPTIONS> = {}): string[] {
  return reportOf({ values: [{ ...ROW, ...parts }] }, options);
}

describe('a value', () => {
  test('that is right takes one line', () => {
    expect(rowOf({})).toEqual(['  ✔ Organization ID        00D8Z000001kQ7P  (flag)']);
  });

  test('that was changed shows both forms and why', () => {
    const info: Finding = { ...FINDING, severity: 'info', message: 'shortened to 15 characters' };
    expect(rowOf({ given: '00D8Z000001kQ7PUAU', findings: [info] })).toEqual([
      '  ✔ Organization ID        00D8Z000001kQ7PUAU → 00D8Z000001kQ7P  (flag)',
      '    shortened to 15 characters',
    ]);
  });

  test('that was not given says so, and names no source', () => {
    expect(rowOf({ given: '', value: null, status: 'fail', source: { kind: 'none' } })).toEqual([
      '  ✖ Organization ID        not given',
    ]);
  });

  test('that cannot be used shows no arrow to nowhere', () => {
    expect(rowOf({ given: 'abc', value: null, status: 'fail' })[0]).toBe('  ✖ Organization ID        abc  (flag)');
  });

  test('with a fault says what is wrong, what to do and where to read on', () => {
    expect(rowOf({ status: 'fail', findings: [FINDING] }).slice(1)).toEqual([
      '    The domain is misspelt',
      '    → use salesforce-scrt.com',
      '    → sf-handoff guide metadata.1   BASE_URL_DOMAIN_SLIP',
    ]);
  });

  test('that is unchanged keeps mere information for --verbose', () => {
    const info: Finding = { ...FINDING, severity: 'info', message: 'a simulator' };
    expect([rowOf({ findings: [info] }).length, rowOf({ findings: [info] }, { verbose: true }).length]).toEqual([1, 2]);
  });

  test.each([
    ['pass', '✔', '+'],
    ['warn', '!', '!'],
    ['fail', '✖', 'x'],
  ] as const)('of status %s has a symbol in both worlds', (status, symbol, ascii) => {
    const first = (unicode: boolean) => rowOf({ status }, { unicode })[0]?.trim()[0];
    expect([first(true), first(false)]).toEqual([symbol, ascii]);
  });

  test('without Unicode the arrows are ASCII', () => {
    const lines = rowOf({ given: 'a', findings: [FINDING] }, { unicode: false });
    expect(lines.join('\n')).toMatch(/^[\n\x20-\x7e]*$/);
  });

  test('that is long goes on below itself', () => {
    const lines = rowOf({ given: 'x'.repeat(100), value: null });
    expect(lines[1]).toMatch(/^ {27}x+$/);
  });

  test('of hostile text does nothing to the terminal', () => {
    expect(rowOf({ given: '\u001b[2J\u202eabc\r\n', value: null })[0]).toContain('abc');
  });
});

describe('below the values', () => {
  test('a finding about several values stands alone', () => {
    const cross: CrossFinding = { ...FINDING, message: 'Deployment and button are swapped', fields: ['buttonId'] };
    expect(reportOf({ values: [], findings: [cross] })[0]).toBe('  ✖ Deployment and button are swapped');
  });

  test('what was not used is named with its line', () => {
    expect(reportOf({ values: [], unused: [{ line: 3, text: 'foo' }, { text: 'bar' }] })).toEqual([
      '  not used, line 3: foo',
      '  not used: bar',
    ]);
  });

  test('no more than five of them', () => {
    const unused = Array.from({ length: 20 }, (_, index) => ({ text: `piece ${index}` }));
    expect(reportOf({ values: [], unused })).toHaveLength(5);
  });
});

describe('the form at Kore.ai', () => {
  test('stands as it stands there', () => {
    expect(koreForm(VALIDATION).map(plainLine)).toEqual([
      '',
      'Enter these in Kore.ai › App Settings › Integrations › Agent Transfer › Salesforce (MIAW)',
      '  Organization ID   00D8Z000001kQ7P',
      '  Developer Name    Acme_Bot',
    ]);
  });

  test('has another title for Live Chat', () => {
    const [, title] = koreForm({ ...VALIDATION, channel: 'live-chat' }).map(plainLine);
    expect(title).toMatch(/Salesforce \(Live Chat\)$/);
  });

  test('names what is missing', () => {
    const lines = koreForm({ ...VALIDATION, koreForm: { 'Button ID': '' } }).map(plainLine);
    expect(lines.at(-1)).toBe('  Button ID   (missing)');
  });
});

describe('where a value came from', () => {
  test.each<[Parameters<typeof describeSource>[0], string]>([
    [{ kind: 'flag' }, 'flag'],
    [{ kind: 'environment' }, 'environment'],
    [{ kind: 'prompt' }, 'typed'],
    [{ kind: 'simulator' }, 'simulator'],
    [{ kind: 'profile', name: 'acme' }, 'profile acme'],
    [{ kind: 'project', name: 'acme' }, 'project acme'],
    [{ kind: 'config' }, 'config'],
    [{ kind: 'paste', name: '-', line: 3 }, 'paste line 3'],
    [{ kind: 'paste', name: 'snippet.html', line: 7 }, 'snippet.html line 7'],
    [{ kind: 'paste' }, 'paste'],
  ])('%o reads “%s”', (source, text) => {
    expect(describeSource(source)).toBe(text);
  });
});
