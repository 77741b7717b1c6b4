import type { HandoffError } from './core/errors.ts';
import type { Secrets } from './core/redact.ts';
import { errorLines } from './ui/error-lines.ts';
import { createIo, type Streams } from './ui/io.ts';

interface Host {
  readonly streams: Streams;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly secrets: Secrets;
}

/** Prints an error once, as text on stderr or as the one JSON document on stdout, and returns its exit code. */
export async function reportError(error: HandoffError, argv: readonly string[], host: Host): Promise<number> {
  const has = (...flags: string[]) => argv.some((argument) => flags.includes(argument));
  const io = await createIo(host.streams, host.env, host.secrets, {
    color: !has('--no-color'),
    verbose: has('--verbose', '-v'),
    json: has('--json', '--format=json') || argv[argv.indexOf('--format') + 1] === 'json',
  });
  if (io.json) await io.printJson({ error: error.toShape() }, 'document');
  else await io.complain(errorLines(error, io));
  await io.flush();
  return error.exitCode;
}
