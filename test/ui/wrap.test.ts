import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { columnsOf, wrapText } from '../../src/ui/wrap.ts';

describe('columnsOf', () => {
  test.each([
    ['', 0],
    ['abc', 3],
    ['東京', 4],
    ['e\u0301', 1],
    ['👩‍👩‍👧', 2],
    ['✔', 1],
  ])('“%s” takes %d columns', (text, columns) => {
    expect(columnsOf(text)).toBe(columns);
  });
});

describe('wrapText', () => {
  test('breaks between words', () => {
    expect(wrapText('the quick brown fox', 12)).toEqual(['the quick', 'brown fox']);
  });

  test('cuts a word that is longer than a line', () => {
    expect(wrapText('x'.repeat(30), 12)).toEqual(['x'.repeat(12), 'x'.repeat(12), 'x'.repeat(6)]);
  });

  test('keeps line breaks, also several', () => {
    expect(wrapText('a\n\nb\r\nc', 20)).toEqual(['a', '', 'b', 'c']);
  });

  test('keeps an indent, also on the lines it breaks off', () => {
    expect(wrapText('Pick:\n  1. the first of them', 14)).toEqual(['Pick:', '  1. the first', '  of them']);
  });

  test('an indent takes no more than a few columns', () => {
    expect(wrapText(`${' '.repeat(500)}far out`, 20)).toEqual(['    far out']);
  });

  test('a line of blanks is an empty line', () => {
    expect(wrapText('a\n     \nb', 20)).toEqual(['a', '', 'b']);
  });

  test('an empty text is one empty line', () => {
    expect(wrapText('', 20)).toEqual(['']);
  });

  test('wide characters count two columns', () => {
    expect(wrapText('東京大阪名古屋京都', 12)).toEqual(['東京大阪名古', '屋京都']);
  });

  test('a terminal without room still gets twelve columns', () => {
    expect(wrapText('abcdefghijklmnop', -5)).toEqual(['abcdefghijkl', 'mnop']);
  });

  test('what a terminal would act upon is gone before it is measured', () => {
    expect(wrapText('\u001b[31mred\u001b[0m word', 12)).toEqual(['red word']);
  });

  test('no line is ever wider than asked for, and no word is lost', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n', '東', 'é'), maxLength: 200 });
    fc.assert(
      fc.property(text, fc.integer({ min: 12, max: 40 }), (given, width) => {
        const lines = wrapText(given, width);
        expect(Math.max(...lines.map(columnsOf))).toBeLessThanOrEqual(width);
        expect(lines.join('').replaceAll(' ', '')).toBe(given.replace(/[ \n]/g, ''));
      }),
    );
  });

  test('a very long message does not hold the program up', () => {
    const before = performance.now();
    wrapText('e\u0301 '.repeat(200_000), 69);
    expect(performance.now() - before).toBeLessThan(4000);
  });
});
