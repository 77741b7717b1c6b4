import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clean, cleanLines } from '../../src/ui/clean.ts';

const ESC = '\u001b';
const BEL = '\u0007';

describe('clean', () => {
  test.each([
    ['a colour', `a${ESC}[1;31mb${ESC}[0mc`, 'abc'],
    ['clearing the screen', `a${ESC}[2J${ESC}[Hb`, 'ab'],
    ['moving up', `a${ESC}[1A${ESC}[2Kb`, 'ab'],
    ['a colour with colons', `a${ESC}[38:2::255:0:0mb`, 'ab'],
    ['switching to the other screen', `a${ESC}[?1049hb`, 'ab'],
    ['eight-bit CSI', 'a\u009b31mb', 'ab'],
    ['the window title', `a${ESC}]0;owned${BEL}b`, 'ab'],
    ['a link, with its address', `${ESC}]8;;https://evil.example${ESC}\\text${ESC}]8;;${ESC}\\`, 'text'],
    ['a link that ends with BEL', `${ESC}]8;id=1;https://evil.example${BEL}text${ESC}]8;;${BEL}`, 'text'],
    ['writing to the clipboard', `a${ESC}]52;c;cm0gLXJmIC8=${BEL}b`, 'ab'],
    ['a title in eight bits', 'a\u009d0;owned\u009cb', 'ab'],
    ['a device control string', `a${ESC}P$q"p${ESC}\\b`, 'ab'],
    ['an application command', `a${ESC}_Gf=100;AAAA${ESC}\\b`, 'ab'],
    ['a privacy message', `a${ESC}^secret${ESC}\\b`, 'ab'],
    ['a reset', `a${ESC}cb`, 'ab'],
    ['another character set', `a${ESC}(0b`, 'ab'],
    ['a title that never ends', `a${ESC}]0;title`, 'a0;title'],
    ['a sequence that never ends', `a${ESC}[`, 'a'],
    ['a lone escape', `a${ESC}`, 'a'],
    ['the bell', `a${BEL}b`, 'ab'],
    ['backspaces', 'password\b\b\b\b', 'password'],
    ['delete', 'a\u007fb', 'ab'],
    ['other control characters of eight bits', 'a\u0080\u0099b', 'ab'],
    ['a null', 'a\u0000b', 'ab'],
    ['a right-to-left override', 'a\u202ecod.exe', 'acod.exe'],
    ['isolates', 'a\u2066b\u2069c', 'abc'],
    ['direction marks', 'a\u200e\u200f\u061cb', 'ab'],
  ])('takes out %s', (_what, text, shown) => {
    expect(clean(text)).toBe(shown);
  });

  test.each([
    ['a carriage return', 'real\rfake'],
    ['a line feed', 'real\nfake'],
    ['several line breaks', 'real\r\n\n\u2028\u0085fake'],
    ['a tab', 'real\tfake'],
  ])('puts a blank for %s, so that nothing is overwritten', (_what, text) => {
    expect(clean(text)).toBe('real fake');
  });

  test.each(['Zoë · 東京 · “quoted” – 50 %', '👩‍👩‍👧 🇩🇪 ✔', 'שלום', 'a [31m b'])('leaves “%s” as it is', (text) => {
    expect(clean(text)).toBe(text);
  });

  test('nothing is left that a terminal would act upon, whatever comes', () => {
    const nasty = fc.constantFrom(
      ESC,
      '\u009b',
      '\u009d',
      '[',
      ']',
      ';',
      '#',
      '\\',
      'm',
      '1',
      BEL,
      '\n',
      '\u202e',
      'a',
    );
    fc.assert(
      fc.property(fc.string({ unit: nasty, maxLength: 60 }), (text) => {
        expect(clean(text)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
      }),
    );
  });

  test.each([
    ['separators behind an escape', `${ESC}${';#'.repeat(200_000)}`],
    ['openings of a link', `${ESC}]8;;`.repeat(100_000)],
    ['openings in eight bits', '\u009d'.repeat(400_000)],
    ['numbers that lead nowhere', `${ESC}[${'1;'.repeat(200_000)}`],
  ])('a flood of %s does not hold the program up', (_what, text) => {
    const before = performance.now();
    clean(text);
    expect(performance.now() - before).toBeLessThan(2000);
  });
});

describe('cleanLines', () => {
  test('every kind of line break makes a line', () => {
    expect(cleanLines('a\nb\r\nc\rd\u0085e\u2028f\u2029g')).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g']);
  });

  test('empty lines are kept', () => {
    expect(cleanLines('a\n\nb\n')).toEqual(['a', '', 'b', '']);
  });

  test('each line is clean', () => {
    expect(cleanLines(`${ESC}[31ma\n${ESC}[2Jb`)).toEqual(['a', 'b']);
  });
});
