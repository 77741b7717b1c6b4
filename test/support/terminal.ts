import { join } from 'node:path';
import pty from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { cliEnv } from './run-cli.ts';

const BIN = join(import.meta.dirname, '../../bin/sf-handoff.js');
const LOOK_EVERY_MS = 10;
const PATIENCE_MS = 10_000;

interface TerminalOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Record<string, string>;
  readonly cwd?: string;
}

/** The real command line in a real pseudo-terminal, seen as a person sees it: as a screen. */
export interface TestTerminal extends AsyncDisposable {
  send(keys: string): void;
  /** What stands on the screen now, without trailing blanks. */
  screen(): string;
  /** Everything that was ever shown, scrolled out lines included. */
  history(): string;
  waitFor(pattern: RegExp): Promise<string>;
  resize(columns: number, rows: number): void;
  /** Closes the window: the program loses its terminal. */
  hangUp(): void;
  /** Ends the program without any notice. */
  kill(): void;
  readonly exited: Promise<number>;
}

export function openTerminal(args: readonly string[], folder: string, options: TerminalOptions = {}): TestTerminal {
  const size = { cols: options.columns ?? 80, rows: options.rows ?? 30 };
  const display = new xterm.Terminal({ ...size, allowProposedApi: true, scrollback: 2000 });
  const env = cliEnv(folder, { TERM: 'xterm-256color', ...options.env });
  const child = pty.spawn(process.execPath, [BIN, ...args], { ...size, cwd: options.cwd ?? folder, env });
  child.onData((data) => display.write(data));
  let ended = false;
  const exited = new Promise<number>((resolve) => {
    child.onExit(({ exitCode }) => {
      ended = true;
      display.write('', () => resolve(exitCode));
    });
  });
  const rowsOf = (from: number) =>
    Array.from(
      { length: display.buffer.active.length - from },
      (_, row) => display.buffer.active.getLine(from + row)?.translateToString(true) ?? '',
    );
  const history = () => rowsOf(0).join('\n').trimEnd();
  const screen = () => rowsOf(display.buffer.active.baseY).join('\n').trimEnd();
  return {
    exited,
    screen,
    history,
    send: (keys) => child.write(keys),
    resize(columns, rows) {
      child.resize(columns, rows);
      display.resize(columns, rows);
    },
    hangUp: () => (child as unknown as { destroy(): void }).destroy(),
    kill: () => child.kill('SIGKILL'),
    waitFor: (pattern) => waitFor(history, pattern),
    async [Symbol.asyncDispose]() {
      if (!ended) child.kill('SIGKILL');
      await exited;
      display.dispose();
    },
  };
}

async function waitFor(read: () => string, pattern: RegExp): Promise<string> {
  for (let waited = 0; waited < PATIENCE_MS; waited += LOOK_EVERY_MS) {
    if (pattern.test(read())) return read();
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  throw new Error(`${pattern} did not appear on the screen:\n${read()}`);
}
