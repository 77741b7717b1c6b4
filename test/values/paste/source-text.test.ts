import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { sourceText, withoutEscapes } from '../../../src/values/paste/source-text.ts';
import { pastedText } from '../arbitraries.ts';

describe('sourceText', () => {
  it.each([
    ['&quot;a&quot;', '"a"'],
    ['&#39;a&#x27;', "'a'"],
    ['&amp;lt;', '<'],
    ['&unknown; & &;', '&unknown; & &;'],
    ['&#0;&#1114112;', '&#0;&#1114112;'],
    ['a\u00a0b\u200bc', 'a bc'],
    ['“a” ‘b’', '"a" \'b\''],
    ['a\r\nb\rc', 'a\nb\nc'],
  ])('makes %j readable', (paste, text) => {
    expect(sourceText(paste).text).toBe(text);
  });

  test('counts the lines of the paste, not those that were written as entities', () => {
    const source = sourceText('a&#10;b\nc');
    expect([source.lineAt(source.text.indexOf('b')), source.lineAt(source.text.indexOf('c'))]).toEqual([1, 2]);
  });

  test('finds the line of any place in any text', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', '\n', 'bc'), { minLength: 1 }), (pieces) => {
        const text = pieces.join('');
        const { lineAt } = sourceText(text);
        for (let at = 0; at < text.length; at++) expect(lineAt(at)).toBe(text.slice(0, at).split('\n').length);
      }),
    );
  });

  test('keeps the number of lines of any paste', () => {
    fc.assert(
      fc.property(pastedText, (paste) => {
        const { text, lineAt } = sourceText(paste);
        expect(lineAt(text.length)).toBe(paste.split(/\r\n?|\n/).length);
      }),
    );
  });
});

describe('withoutEscapes', () => {
  it.each([
    ['\\"a\\"', '"a"'],
    ['\\u003ca\\u003e', '<a>'],
    ['a\\/b', 'a/b'],
    ['a\\tb', 'a b'],
  ])('undoes %j', (paste, text) => {
    expect(withoutEscapes(sourceText(paste)).text).toBe(text);
  });

  test('ends a line of code where a line break was written as an escape, but not a line of the paste', () => {
    const source = withoutEscapes(sourceText('a // b\\nc\nd'));
    expect(source.text).toContain('\n');
    expect([source.lineAt(source.text.indexOf('c')), source.lineAt(source.text.indexOf('d'))]).toEqual([1, 2]);
  });
});
