import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Context } from '../context.ts';
import { HandoffError } from '../core/errors.ts';
import type { Channel } from '../core/events.ts';
import type { Http } from '../core/http.ts';
import { RECORDING_FORMAT, RECORDING_VERSION, type RecordingHeader, type RecordingLine } from '../core/recording.ts';
import { encodeJsonLine } from '../ui/json.ts';

export interface RecordFlags {
  readonly record?: string;
  readonly recordTexts?: true;
}

/** The raw exchange of one run on its way into a file. */
export interface Recording {
  /** The same way to the network, written down from now on. */
  watch(http: Http): Promise<Http>;
  /** Waits for the last line. Throws FILE_UNWRITABLE where one could not be written; may be called twice. */
  close(): Promise<void>;
}

/** Opens the file before anything is sent, so that nobody is rung for a recording that cannot be kept. */
export async function openRecording(flags: RecordFlags, channel: Channel, context: Context): Promise<Recording> {
  if (flags.record === undefined && flags.recordTexts) {
    throw new HandoffError('INVALID_ARGUMENT', {
      message: '--record-texts says what a recording keeps, and --record is not given',
      hint: 'sf-handoff test-chat --record chat.jsonl --record-texts',
    });
  }
  if (flags.record === undefined) return { watch: (http) => Promise.resolve(http), close: () => Promise.resolve() };
  const file = await openLines(flags.record, context);
  const startedAt = context.clock.now();
  const keepTexts = flags.recordTexts === true;
  await file.write({
    format: RECORDING_FORMAT,
    version: RECORDING_VERSION,
    channel,
    startedAt: new Date(startedAt).toISOString(),
    tool: `sf-handoff/${context.version}`,
    texts: keepTexts ? 'kept' : 'masked',
  });
  return {
    watch: (http) => context.recorded(http, { startedAt, keepTexts, write: file.write }),
    close: file.close,
  };
}

interface Lines {
  /** Never rejects: a full disk must not end the chat. */
  write(line: RecordingHeader | RecordingLine): Promise<void>;
  close(): Promise<void>;
}

/** Each line is in the file before the next thing happens, so that a crash loses none of what came before. */
async function openLines(path: string, context: Context): Promise<Lines> {
  const unwritable = (cause: unknown) =>
    new HandoffError('FILE_UNWRITABLE', { message: `${path} could not be written`, cause });
  const file = await open(resolve(context.cwd, path), 'w', 0o600).catch((error: unknown) => {
    throw unwritable(error);
  });
  // The mode above holds for new files only; an older one may be readable for all.
  if ((await file.stat()).isFile()) await file.chmod(0o600).catch(() => undefined);
  let failure: unknown;
  let last: Promise<void> = Promise.resolve();
  let closing: Promise<void> | undefined;
  const append = async (text: string) => {
    if (failure === undefined) await file.appendFile(text);
  };
  return {
    write(line) {
      if (closing) return closing.catch(() => undefined);
      last = last
        .then(() => append(encodeJsonLine(line)))
        .catch((error: unknown) => {
          failure = error ?? new Error('unknown');
        });
      return last;
    },
    close() {
      closing ??= last.then(() => file.close());
      return closing.then(() => {
        if (failure !== undefined) throw unwritable(failure);
      });
    },
  };
}
