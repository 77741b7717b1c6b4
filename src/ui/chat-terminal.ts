import { clearScreenDown, createInterface, cursorTo, type Interface, moveCursor } from 'node:readline';
import type { Clock } from '../core/clock.ts';
import { formatDuration } from '../core/duration.ts';
import type { Line } from '../core/line.ts';
import type { Io } from './io.ts';
import { columnsOf } from './wrap.ts';

const FRAMES = { unicode: '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏', ascii: '|/-\\' } as const;
const FRAME_MS = 120;

/** The input line at the bottom of a test chat, with everything else appearing above it. */
export interface ChatTerminal {
  show(lines: readonly Line[]): Promise<void>;
  /** What is being waited for; undefined when somebody is there to talk to. */
  waitFor(what: string | undefined): void;
  /** What the person types, line by line; ends with Ctrl-D. */
  typed(): AsyncIterable<string>;
  close(): Promise<void>;
}

export function openChatTerminal(io: Io, clock: Clock, onInterrupt: () => void): ChatTerminal {
  const output = io.streams.stdout as NodeJS.WriteStream;
  const prompt = io.unicode ? 'you ▸ ' : 'you > ';
  const lines = createInterface({ input: io.streams.stdin, output, terminal: true, prompt });
  // Taken at once: what is typed while the chat opens is kept, and a Ctrl-D then is not missed.
  const typed = lines[Symbol.asyncIterator]();
  const closing = new AbortController();
  lines.on('close', () => closing.abort());
  const waiting = { what: undefined as string | undefined, since: clock.now() };
  lines.on('SIGINT', onInterrupt);
  lines.on('line', (line) => forgetInput(output, columnsOf(lines.getPrompt() + line)));
  // After Ctrl-D the interface is closed; a prompt would wake its input again, or throw.
  const prompting = () => {
    if (!closing.signal.aborted) lines.prompt(true);
  };
  const spinning = spin(io, clock, lines, waiting, closing.signal);
  return {
    async show(entries) {
      const rows = leaveInputLine(lines, output);
      await io.print(entries);
      // The reader climbs as many rows as its input took before it draws itself again.
      output.write('\n'.repeat(rows));
      prompting();
    },
    waitFor(what) {
      if (what !== waiting.what) waiting.since = clock.now();
      waiting.what = what;
      if (what !== undefined) return;
      lines.setPrompt(prompt);
      prompting();
    },
    typed: () => typed,
    async close() {
      closing.abort();
      await spinning;
      leaveInputLine(lines, output);
      lines.close();
    },
  };
}

/** Takes back a line that was just entered: it comes again as an event, once the service has accepted it. */
function forgetInput(output: NodeJS.WriteStream, columns: number): void {
  moveCursor(output, 0, -Math.max(1, Math.ceil(columns / (output.columns || 80))));
  cursorTo(output, 0);
  clearScreenDown(output);
}

/** Moves to the first row of the input, clears from there on, and tells how many rows below the first it took. */
function leaveInputLine(lines: Interface, output: NodeJS.WriteStream): number {
  const { rows } = lines.getCursorPos();
  moveCursor(output, 0, -rows);
  cursorTo(output, 0);
  clearScreenDown(output);
  return rows;
}

async function spin(
  io: Io,
  clock: Clock,
  lines: Interface,
  waiting: { readonly what: string | undefined; readonly since: number },
  closed: AbortSignal,
): Promise<void> {
  const frames = io.unicode ? FRAMES.unicode : FRAMES.ascii;
  const arrow = io.unicode ? '▸' : '>';
  for (let frame = 0; !closed.aborted; frame++) {
    if (waiting.what !== undefined) {
      const spent = formatDuration(Math.floor((clock.now() - waiting.since) / 1000) * 1000);
      lines.setPrompt(`${frames[frame % frames.length] ?? ''} ${waiting.what}, ${spent} ${arrow} `);
      lines.prompt(true);
    }
    await clock.sleep(FRAME_MS, closed).catch(() => undefined);
  }
}
