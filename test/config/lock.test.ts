import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withLock } from '../../src/config/lock.ts';
import { makeFolder } from '../support/folder.ts';
import { hastyClock } from '../support/hasty-clock.ts';

/** Makes the folder of the lock after so many refusals, as Windows refuses while the one before is not gone yet. */
function refusing(times: number) {
  let left = times;
  return async (path: string) => {
    left -= 1;
    if (left >= 0) throw Object.assign(new Error('operation not permitted'), { code: 'EPERM' });
    await mkdir(path);
  };
}

test('a lock that is given back and not gone yet is waited for, and given back in turn', async () => {
  await using folder = await makeFolder();
  let worked = 0;
  const work = () => {
    worked += 1;
  };
  await withLock(join(folder.path, 'a.json'), hastyClock(100), work, refusing(3));
  expect([worked, await readdir(folder.path)]).toEqual([1, []]);
});

test('a folder that can never be written is named as such, and nothing is done', async () => {
  await using folder = await makeFolder();
  const work = () => expect.unreachable();
  const path = join(folder.path, 'a.json');
  await expect(withLock(path, hastyClock(1000), work, refusing(Infinity))).rejects.toMatchObject({
    code: 'FILE_UNWRITABLE',
    message: `The folder of ${path}.lock cannot be written`,
  });
});
