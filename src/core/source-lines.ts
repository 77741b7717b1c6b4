import { readFile } from 'node:fs/promises';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';

type Maps = Readonly<Record<string, SourceMapPayload>>;

const PLACE = /^[\\/]([\w-]+\.cjs):(\d+):(\d+)/;
const DEEPEST = 5;

/**
 * Puts our own lines, `src/…ts:line:column`, in the place of those of the built files, in the stacks of an error and its causes.
 * The maps are read only now that there is something to report; where none is found, the stacks stay as they are.
 */
export async function nameSourceLines(error: unknown, folder: string = import.meta.dirname): Promise<void> {
  const maps = await readMaps(folder);
  let [next, depth] = [error, 0];
  while (maps && next instanceof Error && depth < DEEPEST) {
    const frames = next.stack?.split('\n').map((frame) => named(frame, folder, maps));
    if (frames) next.stack = frames.join('\n');
    [next, depth] = [next.cause, depth + 1];
  }
}

async function readMaps(folder: string): Promise<Maps | undefined> {
  try {
    return JSON.parse(String(await promisify(brotliDecompress)(await readFile(join(folder, 'source-lines.br')))));
  } catch {
    return undefined;
  }
}

function named(frame: string, folder: string, maps: Maps): string {
  const start = frame.indexOf(folder);
  const [place, file = '', line, column] = PLACE.exec(frame.slice(start + folder.length)) ?? [];
  const map = maps[file];
  if (start < 0 || place === undefined || map === undefined) return frame;
  const entry = new SourceMap(map).findEntry(Number(line) - 1, Number(column) - 1);
  if (!('originalSource' in entry) || !entry.originalSource) return frame;
  const source = `${entry.originalSource}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
  return `${frame.slice(0, start)}${source}${frame.slice(start + folder.length + place.length)}`;
}
