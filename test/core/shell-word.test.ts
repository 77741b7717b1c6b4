import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shellWord } from '../../src/core/shell-word.ts';
import { WITHOUT_SH } from '../support/systems.ts';

const SAMPLES = [
  'acme',
  'acme-miaw.2',
  'https://acme.my.salesforce-scrt.com/chat',
  'my profile',
  '',
  'C:\\Users\\Jane Doe\\snippet.html',
  'C:\\Users\\RUNNER~1\\Temp\\simulator.pem',
  '\\\\server\\share\\x',
  'folder\\',
  'two\\\nlines',
  'a$b',
  'a`b',
  'say "hi"',
  "it's",
  'it’s',
  '“quoted”',
  'a;b&c|d>e<f(g)h{i}j*k?l[m]',
  '~/x',
  '@file',
  'a,b',
  '%PATH%',
  '!!',
  '#x',
  'Zoë 東京',
];

/** What `sh` makes of words. */
function readBySh(words: readonly string[]): string[] {
  const script = words.map((word) => `printf '%s\\0' ${word}\n`).join('');
  return execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
}

/** What PowerShell makes of a word, by about_Quoting_Rules; undefined for what it would not take as one plain text. */
function readByPowerShell(word: string): string | undefined {
  const double = /^["“”„]((?:[^"“”„$`])*)["“”„]$/.exec(word);
  const single = /^['‘’‚‛]((?:[^'‘’‚‛])*)['‘’‚‛]$/.exec(word);
  if (double || single) return double?.[1] ?? single?.[1];
  return /^[^\s"“”„'‘’‚‛$`;|&<>(){},@#%!~*?[\]-][^\s"“”„'‘’‚‛$`;|&<>(){},]*$/.test(word) ? word : undefined;
}

describe.skipIf(WITHOUT_SH)('a word for the shell', () => {
  test('is read back by sh, whatever it holds', () => {
    expect(readBySh(SAMPLES.map(shellWord))).toEqual(SAMPLES);
  });

  test('is read back by sh for any text', () => {
    const text = fc.string({ unit: fc.constantFrom(...'aZ9 ./:\\"\'`$!%,@~#&|;<>(){}[]*?=+-“”‘’\n') });
    fc.assert(
      fc.property(fc.array(text, { minLength: 20, maxLength: 40 }), (texts) => {
        expect(readBySh(texts.map(shellWord))).toEqual(texts);
      }),
      { numRuns: 20 },
    );
  });
});

describe('a word for PowerShell', () => {
  test.each(SAMPLES)('“%s” is the same', (text) => {
    expect(readByPowerShell(shellWord(text))).toBe(text);
  });

  test('is written for sh alone where it holds both kinds of quotes', () => {
    expect(shellWord(`it's $5`)).toBe(`'it'\\''s $5'`);
  });
});

test('what needs no quotes has none', () => {
  expect(['acme', 'a.b-c_d', './x/y.html', 'C:/x', 'a=b'].map(shellWord)).toEqual([
    'acme',
    'a.b-c_d',
    './x/y.html',
    'C:/x',
    'a=b',
  ]);
});
