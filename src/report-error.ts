import type { HandoffError } from './core/errors.ts';
import { reportedLines } from './ui/error-lines.ts';
import { createIo, type IoPlace } from './ui/io.ts';

/** Prints an error once, as text on stderr or as the one JSON document on stdout, and returns its exit code. */
export async function reportError(error: HandoffError, argv: readonly string[], host: IoPlace): Promise<number> {
  const has = (...flags: string[]) => argv.some((argument) => flags.includes(argument));
  const format = argv[argv.indexOf('--format') + 1];
  const io = await createIo(host, {
    color: !has('--no-color'),
    verbose: has('--verbose', '-v'),
    json: has('--json', '--format=json') || (has('--format') && format === 'json'),
  });
  if (io.json) await io.printJson({ error: error.toShape() }, 'document');
  else await io.complain(await reportedLines(error, io));
  await io.flush();
  return error.exitCode;
}
