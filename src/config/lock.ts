import { mkdir, rm, rmdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Clock } from '../core/clock.ts';
import { HandoffError } from '../core/errors.ts';

const LOCK_PATIENCE_MS = 5000;
const LOCK_RETRY_MS = 20;
const LOCK_STALE_MS = 30_000;

/**
 * Runs `work` while no other process does so for the same file. A folder beside the file is the lock: making one is
 * atomic everywhere, and one left behind by a crash is taken over when it is old. Throws FILE_UNWRITABLE.
 */
export async function withLock(path: string, clock: Clock, work: () => void, make = makeFolder): Promise<void> {
  const lock = `${path}.lock`;
  await mkdir(dirname(path), { recursive: true }).catch((error: unknown) => {
    throw new HandoffError('FILE_UNWRITABLE', { message: `${dirname(path)} could not be made`, cause: error });
  });
  await takeLock(lock, clock, make);
  try {
    work();
  } finally {
    // Windows may need more than one try while a scanner or another process looks at it.
    await rm(lock, { recursive: true, maxRetries: 5 }).catch(() => undefined);
  }
}

const makeFolder = async (path: string): Promise<void> => {
  await mkdir(path);
};

/** Taken by another; or given back, and not gone yet, which only Windows knows and calls a lack of rights. */
const TAKEN: ReadonlySet<string | undefined> = new Set(['EEXIST', 'EPERM']);

async function takeLock(lock: string, clock: Clock, make: typeof makeFolder): Promise<void> {
  let last: unknown;
  for (const end = clock.now() + LOCK_PATIENCE_MS; clock.now() < end; await clock.sleep(LOCK_RETRY_MS)) {
    try {
      return await make(lock);
    } catch (error) {
      last = error;
      if (!TAKEN.has((error as NodeJS.ErrnoException).code)) throw unwritable(lock, error);
    }
    const age = await stat(lock).then(
      (entry) => clock.now() - entry.mtimeMs,
      () => 0,
    );
    if (age > LOCK_STALE_MS) await rmdir(lock).catch(() => undefined);
  }
  if ((last as NodeJS.ErrnoException | undefined)?.code === 'EPERM') throw unwritable(lock, last);
  throw new HandoffError('FILE_UNWRITABLE', {
    message: 'Another sf-handoff is writing the profiles and does not finish',
    hint: `remove the folder ${lock} if none is running`,
  });
}

function unwritable(lock: string, cause: unknown): HandoffError {
  return new HandoffError('FILE_UNWRITABLE', { message: `The folder of ${lock} cannot be written`, cause });
}
