import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { blankComments } from '../../../src/values/paste/blank-comments.ts';
import { pastedText } from '../arbitraries.ts';

describe('blankComments', () => {
  it.each([
    ['a = 1; // one', 'a = 1;       '],
    ['a /* b */ c', 'a         c'],
    ['a /* b\nc */ d', 'a     \n     d'],
    ['<p><!-- x --></p>', '<p>          </p>'],
    ["'it' // it's", "'it'        "],
    ['a // b\nc', 'a     \nc'],
  ])('turns %j into %j', (text, blanked) => {
    expect(blankComments(text)).toBe(blanked);
  });

  it.each([
    'https://acme.my.salesforce.com',
    "'https://acme.my.salesforce.com' + '//x'",
    'accept="image/*", other="*/*"',
    'a / b / c',
    '/* never closed',
    '<!-- never closed',
    "don't",
    '"an escaped \\" quote // inside"',
    '```js\ncode\n```',
    '\\// not a comment',
  ])('leaves %j as it is', (text) => {
    expect(blankComments(text)).toBe(text);
  });

  test('keeps the length and every line break of any text', () => {
    fc.assert(
      fc.property(pastedText, (text) => {
        const blanked = blankComments(text);
        expect(blanked).toHaveLength(text.length);
        expect([...blanked.matchAll(/\n/g)].map(({ index }) => index)).toEqual(
          [...text.matchAll(/\n/g)].map(({ index }) => index),
        );
      }),
    );
  });
});
