import { chmod, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Clock, Random } from '../core/clock.ts';
import { HandoffError } from '../core/errors.ts';
import type { Leftover, LeftoverKeeper } from '../core/leftover.ts';
import { type KeptChat, readKeptChat, STATE_FORMAT } from './kept-chat.ts';

/** The chats that runs on this machine have open or have left open; a small file for each, which only this user may read. */
export interface Leftovers {
  readonly folder: string;
  /** A keeper for one chat. What cannot be written goes to `failed`, once; the chat goes on without. */
  keeper(failed: (error: HandoffError) => Promise<void>): LeftoverKeeper;
  list(): Promise<KeptFiles>;
  remove(path: string): Promise<void>;
}

/** `broken` are the paths of files that hold no chat this version can read. */
interface KeptFiles {
  readonly chats: readonly KeptChat[];
  readonly broken: readonly string[];
}

const NAME = /^chat-[\w-]+\.json$/;

interface LeftoversOptions {
  readonly folder: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly move?: typeof rename;
}

export function openLeftovers({ folder, clock, random, move = rename }: LeftoversOptions): Leftovers {
  const remove = (path: string) => rm(path, { force: true });
  return {
    folder,
    remove,
    keeper(failed) {
      const path = join(folder, `chat-${random.uuid()}.json`);
      const openedAt = clock.now();
      let last: Promise<void> = Promise.resolve();
      let told = false;
      let over = false;
      const next = (work: () => Promise<void>) => {
        last = last.then(work).catch(async (error: unknown) => {
          if (!told) await failed(unwritable(folder, error)).catch(() => undefined);
          told = true;
        });
        return last;
      };
      return {
        keep: (leftover) =>
          next(async () => {
            if (over) return;
            const draft = await writeDraft(folder, path, { openedAt, leftover });
            await moveOver(draft, path, { clock, move });
          }),
        forget() {
          over = true;
          return next(() => remove(path));
        },
      };
    },
    list: () => list(folder),
  };
}

/** Written beside and moved over, so that nobody ever reads half of it. */
async function writeDraft(
  folder: string,
  path: string,
  content: { openedAt: number; leftover: Leftover },
): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = `${path}.new`;
  const kept = { format: STATE_FORMAT, pid: process.pid, host: hostname(), ...content };
  await writeFile(draft, `${JSON.stringify(kept)}\n`, { mode: 0o600 });
  await chmod(draft, 0o600);
  return draft;
}

/** What Windows says of a file that a scanner or another run has open at that moment. */
const BUSY: ReadonlySet<string | undefined> = new Set(['EPERM', 'EACCES', 'EBUSY']);
const BUSY_RETRIES = 10;
const BUSY_RETRY_MS = 20;

/** The draft holds a secret, too, so it is gone whatever happens. */
async function moveOver(
  draft: string,
  path: string,
  { clock, move }: { clock: Clock; move: typeof rename },
): Promise<void> {
  for (let left = BUSY_RETRIES; ; left -= 1) {
    try {
      return await move(draft, path);
    } catch (error) {
      if (left === 0 || !BUSY.has((error as NodeJS.ErrnoException).code)) {
        await rm(draft, { force: true });
        throw error;
      }
      await clock.sleep(BUSY_RETRY_MS);
    }
  }
}

async function list(folder: string): Promise<KeptFiles> {
  const chats: KeptChat[] = [];
  const broken: string[] = [];
  for (const name of (await namesIn(folder)).filter((entry) => NAME.test(entry)).sort()) {
    const path = join(folder, name);
    const chat = readKeptChat(await readFile(path, 'utf8').catch(() => ''), path);
    if (chat) chats.push(chat);
    else broken.push(path);
  }
  return { chats: chats.sort((a, b) => a.openedAt - b.openedAt), broken };
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new HandoffError('FILE_UNREADABLE', {
      message: `The state folder ${folder} cannot be read`,
      hint: 'name a folder of your own in SF_HANDOFF_STATE_DIR',
      cause: error,
    });
  }
}

function unwritable(folder: string, cause: unknown): HandoffError {
  return new HandoffError('FILE_UNWRITABLE', {
    message: `${folder} cannot be written, so that a crash could leave this chat open`,
    hint: 'name a folder of your own in SF_HANDOFF_STATE_DIR',
    cause,
  });
}
