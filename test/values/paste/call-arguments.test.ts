import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { readArguments } from '../../../src/values/paste/call-arguments.ts';
import { pastedText } from '../arbitraries.ts';

function read(source: string) {
  return readArguments(source, source.indexOf('(')).map(({ kind, text }) => [kind, text]);
}

describe('readArguments', () => {
  it.each<[string, string[][]]>([
    [
      'f(\'a\', "b", `c`)',
      [
        ['literal', 'a'],
        ['literal', 'b'],
        ['literal', 'c'],
      ],
    ],
    [
      "f('a,(b', 'it\\'s')",
      [
        ['literal', 'a,(b'],
        ['literal', "it's"],
      ],
    ],
    [
      "f('a', g(1, 2), [3, 4], x)",
      [
        ['literal', 'a'],
        ['expression', 'g(1, 2)'],
        ['expression', '[3, 4]'],
        ['expression', 'x'],
      ],
    ],
    [
      "f({ a: 'b, c)' }, 'd')",
      [
        ['object', "{ a: 'b, c)' }"],
        ['literal', 'd'],
      ],
    ],
    ["f('a' + b)", [['expression', "'a' + b"]]],
    [['f(`a$', '{b}`)'].join(''), [['expression', ['`a$', '{b}`'].join('')]]],
    [
      "f(`two\nlines`, 'b')",
      [
        ['literal', 'two\nlines'],
        ['literal', 'b'],
      ],
    ],
    ["f('\\u0061\\x62')", [['literal', 'ab']]],
    [
      "f('a', 'b",
      [
        ['literal', 'a'],
        ['literal', 'b'],
      ],
    ],
    ["f('a', ", [['literal', 'a']]],
    ["f('a')('b')", [['literal', 'a']]],
  ])('reads %j', (source, expected) => {
    expect(read(source)).toEqual(expected);
  });

  test('tells where each of them begins', () => {
    const source = "f( 'a',\n  b)";
    expect(readArguments(source, 1).map(({ offset }) => source.slice(offset, offset + 1))).toEqual(['a', 'b']);
  });

  test('stops after as many characters as no call has', () => {
    expect(readArguments(`f(${'a, '.repeat(100_000)}`, 1).length).toBeLessThan(10_000);
  });

  test('never throws', () => {
    fc.assert(fc.property(pastedText, (text) => Array.isArray(readArguments(`(${text}`, 0))));
  });
});
