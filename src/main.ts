import packageJson from '../package.json' with { type: 'json' };
import { type Clock, type Random, systemClock, systemRandom } from './core/clock.ts';
import { asHandoffError, HandoffError } from './core/errors.ts';
import { createSecrets } from './core/redact.ts';
import type { Host } from './program.ts';
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
  const interrupt = overrides.signal ? undefined : listenForSignals(streams);
  const host = {
    streams,
    version,
    nodeMajor: Number(process.versions.node.split('.')[0]),
    env: overrides.env ?? process.env,
    cwd: overrides.cwd ?? process.cwd(),
    clock: overrides.clock ?? systemClock,
    random: overrides.random ?? systemRandom,
    secrets: createSecrets(),
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
    const { runProgram } = await import('./program.ts');
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

/** The first signal aborts the run, so that an open chat is closed; the second one leaves at once. */
function listenForSignals(streams: Streams): Interrupt {
  const controller = new AbortController();
  const signals = { SIGINT: 'INTERRUPTED', SIGTERM: 'TERMINATED', SIGHUP: 'TERMINATED' } as const;
  const receive = (code: 'INTERRUPTED' | 'TERMINATED') => {
    if (controller.signal.aborted) {
      streams.stderr.write('Left at once. A chat that was open may still be open: end it in the agent console.\n');
      process.exit(code === 'INTERRUPTED' ? 130 : 143);
    }
    controller.abort(new HandoffError(code));
  };
  const handlers = Object.entries(signals).map(([name, code]) => {
    const handler = () => receive(code);
    process.on(name, handler);
    return () => process.off(name, handler);
  });
  let unwritable: HandoffError | undefined;
  process.stdout.on('error', (cause: NodeJS.ErrnoException) => {
    const gone = new HandoffError('INTERRUPTED', { message: 'Nobody reads the output any more', cause });
    if (cause.code !== 'EPIPE') unwritable = outputError(cause);
    controller.abort(unwritable ?? gone);
  });
  return {
    signal: controller.signal,
    interrupt: () => receive('INTERRUPTED'),
    unwritable: async () => {
      await new Promise<void>((resolve) => process.stdout.write('', () => resolve()));
      return unwritable;
    },
    stop: () => {
      for (const off of handlers) off();
    },
  };
}

function outputError(cause: NodeJS.ErrnoException): HandoffError {
  return new HandoffError('FILE_UNWRITABLE', {
    message: `The output could not be written (${cause.code ?? cause.message})`,
    hint: 'is the disk full?',
    cause,
  });
}
