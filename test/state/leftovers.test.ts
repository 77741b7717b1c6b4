import { readdir, rename } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { systemRandom } from '../../src/core/clock.ts';
import type { HandoffError } from '../../src/core/errors.ts';
import { openLeftovers } from '../../src/state/leftovers.ts';
import { makeFolder } from '../support/folder.ts';
import { hastyClock } from '../support/hasty-clock.ts';

const LEFTOVER = {
  channel: 'live-chat',
  conversationId: 'a',
  config: { liveAgentUrl: 'https://d.example/chat' },
  sessionKey: 'secret',
  affinity: 'b',
} as const;

/** Keeps one chat while moving a file fails so many times, as on Windows while a scanner has it open. */
async function keepWhile(folder: string, failures: number, code: string) {
  const told: HandoffError[] = [];
  let left = failures;
  const move: typeof rename = async (from, to) => {
    left -= 1;
    if (left >= 0) throw Object.assign(new Error(code), { code });
    await rename(from, to);
  };
  const leftovers = openLeftovers({ folder, clock: hastyClock(1000), random: systemRandom, move });
  const keeper = leftovers.keeper(async (error) => {
    told.push(error);
  });
  await keeper.keep(LEFTOVER);
  return { told, chats: (await leftovers.list()).chats, names: await readdir(folder) };
}

test.each(['EPERM', 'EACCES', 'EBUSY'])('a file that is busy for a moment (%s) is waited for', async (code) => {
  await using folder = await makeFolder();
  const { told, chats } = await keepWhile(folder.path, 3, code);
  expect([told, chats.length]).toEqual([[], 1]);
});

test('a file that stays busy is told of, and no draft with its secret is left', async () => {
  await using folder = await makeFolder();
  const { told, names } = await keepWhile(folder.path, 1000, 'EPERM');
  expect([told.map(({ code }) => code), names]).toEqual([['FILE_UNWRITABLE'], []]);
});

test('any other failure is told of at once, and leaves no draft either', async () => {
  await using folder = await makeFolder();
  const { told, names } = await keepWhile(folder.path, 1, 'EISDIR');
  expect([told.map(({ code }) => code), names]).toEqual([['FILE_UNWRITABLE'], []]);
});
