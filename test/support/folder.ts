import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** By the name that a process in it sees: macOS has a link on the way to it, Windows a short name. */
export async function newFolder(): Promise<string> {
  return realpath(await mkdtemp(join(tmpdir(), 'sf-handoff-test-')));
}

/** A folder of its own for one test, gone afterwards. */
export interface Folder extends AsyncDisposable {
  readonly path: string;
  /** Writes a file, with the folders above it; anything but text becomes JSON. Gives its path. */
  write(name: string, content: unknown): Promise<string>;
}

export async function makeFolder(): Promise<Folder> {
  const path = await newFolder();
  return {
    path,
    async write(name, content) {
      const file = join(path, name);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
      return file;
    },
    async [Symbol.asyncDispose]() {
      await rm(path, { recursive: true, force: true });
    },
  };
}
