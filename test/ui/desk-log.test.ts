import { expect, test } from 'vitest';
import { deskLines } from '../../src/ui/desk-log.ts';
import { plainLine } from '../../src/ui/plain.ts';

const HELP = {
  type: 'help',
  at: 0,
  lines: [
    ['/accept [number]', 'take the chat, or come back to it'],
    ['/transfer <queue>', 'hand the chat to a colleague there, who goes on alone'],
  ],
} as const;

const shown = (width: number) => deskLines(HELP, width).map(plainLine);

test('the help stands beside its commands where there is room', () => {
  expect(shown(100)).toEqual([
    '           /accept [number]    take the chat, or come back to it',
    '           /transfer <queue>   hand the chat to a colleague there, who goes on alone',
  ]);
});

test('in a narrow terminal it stands under them, and no word is cut', () => {
  expect(shown(42)).toEqual([
    '  /accept [number]',
    '    take the chat, or come back to it',
    '  /transfer <queue>',
    '    hand the chat to a colleague there,',
    '    who goes on alone',
  ]);
});
