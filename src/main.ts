import packageJson from '../package.json' with { type: 'json' };
import { type Clock, type Random, systemClock, systemRandom } from './core/clock.ts';
import { asHandoffError, HandoffError } from './core/errors.ts';
import { createSecrets } from './core/redact.ts';
import { type Host, runProgram } from './program.ts';
import type { Streams } from './ui/io.ts';

/** What tests put in place of the real world. */
export interface Overrides {
  readonly streams?: Streams;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  readonly clock?: Clock;
  readonly random?: Random;
  readonly signal?: AbortSignal;
}

/** Runs one command line and returns its exit code. Nothing is thrown; every failure is printed once, here. */
export async function main(argv: readonly string[], overrides: Overrides = {}): Promise<number> {
  const streams = overrides.streams ?? process;
  const version = packageJson.version;
  const openChats = new Set<string>();
  const interrupt = overrides.signal ? undefined : listenForSignals(streams, openChats, overrides.clock ?? systemClock);
  const host = {
    streams,
    version,
    platform: process.platform,
    nodeMajor: Number(process.versions.node.split('.')[0]),
    env: overrides.env ?? process.env,
    cwd: overrides.cwd ?? process.cwd(),
    clock: overrides.clock ?? systemClock,
    random: overrides.random ?? systemRandom,
    secrets: createSecrets(),
    openChats,
    signal: overrides.signal ?? interrupt?.signal ?? new AbortController().signal,
    interrupt: () => interrupt?.interrupt(),
  };
  try {
    const code = await attempt(argv, host);
    const unwritable = await interrupt?.unwritable();
    if (!unwritable) return code;
    const { reportError } = await import('./report-error.ts');
    return await reportError(unwritable, [], host);
  } finally {
    interrupt?.stop();
  }
}

async function attempt(argv: readonly string[], host: Host): Promise<number> {
  try {
    return await runProgram(argv, host);
  } catch (thrown) {
    const error = asHandoffError(host.signal.aborted ? host.signal.reason : thrown);
    const { reportError } = await import('./report-error.ts');
    return reportError(error, argv, host);
  }
}

interface Interrupt {
  readonly signal: AbortSignal;
  interrupt(): void;
  /** Waits until stdout has taken everything; what it could not take for another reason than a reader that left. */
  unwritable(): Promise<HandoffError | undefined>;
  stop(): void;
}

/** A package runner hands on the Ctrl-C that the terminal has sent us already. */
const SAME_PRESS_MS = 100;
/** What a crash may still take to close things; everything in it has a limit of its own. */
const CRASH_MS = 60_000;

/**
 * The first signal aborts the run, so that an open chat is closed; the second one leaves at once, but for a SIGHUP: shells and
 * service managers send it after others. Windows knows Ctrl-C, Ctrl-Break (SIGBREAK) and a closed console (SIGHUP). A fault nobody
 * caught aborts the run as well.
 */
function listenForSignals(streams: Streams, openChats: ReadonlySet<string>, clock: Clock): Interrupt {
  const controller = new AbortController();
  let stopped: AbortController | undefined;
  const signals = {
    SIGINT: 'INTERRUPTED',
    SIGBREAK: 'INTERRUPTED',
    SIGTERM: 'TERMINATED',
    SIGHUP: 'TERMINATED',
  } as const;
  let since = 0;
  const receive = (code: 'INTERRUPTED' | 'TERMINATED', name: string) => {
    if (!controller.signal.aborted) {
      since = clock.now();
      controller.abort(new HandoffError(code));
    } else if (name !== 'SIGHUP' && clock.now() - since >= SAME_PRESS_MS) {
      // Where terminals and pipes are written to later, as on Windows, an exit at once would cut the words off.
      streams.stderr.write(lastWords(openChats), () => process.exit(code === 'INTERRUPTED' ? 130 : 143));
    }
  };
  const handlers = Object.entries(signals).map(([name, code]) => on(name, () => receive(code, name)));
  handlers.push(
    on('uncaughtException', (thrown) => {
      if (controller.signal.aborted) return;
      stopped = new AbortController();
      crash(thrown, controller, clock, stopped.signal);
    }),
  );
  let unwritable: HandoffError | undefined;
  process.stdout.on('error', (cause: NodeJS.ErrnoException) => {
    const gone = new HandoffError('INTERRUPTED', { message: 'Nobody reads the output any more', cause });
    if (!GONE.has(cause.code)) unwritable = outputError(cause);
    controller.abort(unwritable ?? gone);
  });
  // Nothing can be said any more, but there may be a chat to close.
  process.stderr.on('error', () => undefined);
  return {
    signal: controller.signal,
    interrupt: () => receive('INTERRUPTED', 'SIGINT'),
    unwritable: async () => {
      await new Promise<void>((resolve) => process.stdout.write('', () => resolve()));
      return unwritable;
    },
    stop: () => {
      stopped?.abort();
      for (const off of handlers) off();
    },
  };
}

/** A reader that left (EOF is what Windows says), or a terminal that was closed. */
const GONE: ReadonlySet<string | undefined> = new Set(['EPIPE', 'EOF', 'EIO']);

function on(name: string, handler: (argument: unknown) => void): () => void {
  process.on(name, handler);
  return () => process.off(name, handler);
}

function crash(thrown: unknown, controller: AbortController, clock: Clock, stopped: AbortSignal): void {
  controller.abort(asHandoffError(thrown));
  clock.sleep(CRASH_MS, stopped).then(
    () => process.exit(70),
    () => undefined,
  );
}

function lastWords(openChats: ReadonlySet<string>): string {
  if (openChats.size === 0) return '\nLeft at once.\n';
  const chats = [...openChats].map((id) => id.replace(/[^\w-]/g, '')).join(', ');
  return `\nLeft at once. Still open: conversation ${chats}\n→ close it: sf-handoff test-chat --cleanup\n`;
}

function outputError(cause: NodeJS.ErrnoException): HandoffError {
  return new HandoffError('FILE_UNWRITABLE', {
    message: `The output could not be written (${cause.code ?? cause.message})`,
    hint: 'is the disk full?',
    cause,
  });
}
