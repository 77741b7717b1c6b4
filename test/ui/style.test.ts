import { describe, expect, test } from 'vitest';
import type { Tone } from '../../src/core/line.ts';
import { plainLine } from '../../src/ui/plain.ts';
import { paintLine } from '../../src/ui/style.ts';

const ESC = '\u001b';

describe('without colour', () => {
  const paint = plainLine;

  test('a line is the text of its spans', () => {
    expect(paint(['a', { text: ' b', tone: 'fail' }, { text: ' c', tone: 'bold' }])).toBe('a b c');
  });

  test('blanks at the end are dropped', () => {
    expect(paint(['a', '   '])).toBe('a');
  });

  test('an empty line stays an empty line', () => {
    expect(paint([])).toBe('');
  });
});

describe('with colour', () => {
  const paint = paintLine;

  test.each<[Tone, number]>([
    ['ok', 32],
    ['warn', 33],
    ['fail', 31],
    ['accent', 36],
    ['dim', 2],
    ['bold', 1],
  ])('%s opens with code %d and closes again', (tone, code) => {
    const painted = paint([{ text: 'a', tone }]);
    expect(painted.startsWith(`${ESC}[${code}ma${ESC}[`)).toBe(true);
    expect(painted).not.toBe(`${ESC}[${code}ma`);
  });

  test('plain text carries no code', () => {
    expect(paint(['a', { text: 'b', tone: 'plain' }])).toBe('ab');
  });

  test('codes of foreign origin never get through, our own do', () => {
    expect(paint([{ text: `a${ESC}[5mb`, tone: 'ok' }])).toBe(`${ESC}[32mab${ESC}[39m`);
  });

  test('a sequence cut over two spans does not come together again', () => {
    expect(paint([`a${ESC}`, '[2Jb'])).toBe('a[2Jb');
  });

  test('a line break in a span does not make a line', () => {
    expect(paint(['real\n', 'fake\rx'])).toBe('real fake x');
  });
});
