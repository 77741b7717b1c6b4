import { createInterface } from 'node:readline';
import { type Clock, raceAbort } from '../core/clock.ts';
import { HandoffError } from '../core/errors.ts';
import type { Io } from './io.ts';

/** A pasted blank line is followed by the rest of the paste at once; a typed one is not. */
const PASTE_PAUSE_MS = 150;

/** Reads lines from the terminal until an empty one that nothing follows. Ctrl-C rejects with INTERRUPTED. */
export async function readPastedLines(io: Io, clock: Clock, signal: AbortSignal): Promise<string> {
  const reader = createInterface({
    input: io.streams.stdin,
    output: io.streams.stdout as NodeJS.WriteStream,
    terminal: true,
    prompt: io.unicode ? '▸ ' : '> ',
  });
  const lines: string[] = [];
  try {
    await raceAbort(
      new Promise<void>((resolve, reject) => {
        reader.on('SIGINT', () => reject(new HandoffError('INTERRUPTED')));
        reader.on('close', () => resolve());
        reader.on('line', (line) => {
          lines.push(line);
          if (line.trim() !== '') return;
          const count = lines.length;
          clock.sleep(PASTE_PAUSE_MS, signal).then(
            () => (lines.length === count ? resolve() : undefined),
            () => undefined,
          );
        });
        reader.prompt();
      }),
      signal,
    );
  } finally {
    reader.close();
  }
  return lines.join('\n').trim();
}
