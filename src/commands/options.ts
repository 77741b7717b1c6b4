import { promises } from 'node:fs';
import { resolve } from 'node:path';
import type { ValueOptions } from '../config/load.ts';
import type { Context } from '../context.ts';
import { decodeText } from '../core/decode-text.ts';
import { HandoffError } from '../core/errors.ts';
import type { NetworkOptions } from '../core/http.ts';

/** Options that every networked command takes, as parsed. */
export interface NetworkFlags {
  readonly timeout?: number;
  readonly caFile?: string;
  readonly resolve?: readonly string[];
  readonly connectTo?: readonly string[];
}

/** `true` where `--simulate` stands alone, else the names behind it. */
interface SimulateFlag {
  readonly simulate?: true | string;
}

export type TargetOptions = ValueOptions & NetworkFlags & SimulateFlag;

const DEFAULT_TIMEOUT_MS = 10_000;

export async function networkOptions(flags: NetworkFlags, context: Context): Promise<NetworkOptions> {
  return {
    timeoutMs: flags.timeout ?? DEFAULT_TIMEOUT_MS,
    ...(flags.caFile === undefined ? {} : { ca: await readText(flags.caFile, context) }),
    ...(flags.resolve ? { resolve: flags.resolve } : {}),
    ...(flags.connectTo ? { connectTo: flags.connectTo } : {}),
  };
}

export async function readText(path: string, context: Context): Promise<string> {
  try {
    return decodeText(await promises.readFile(resolve(context.cwd, path)));
  } catch (error) {
    throw new HandoffError('FILE_UNREADABLE', { message: `${path} could not be read`, cause: error });
  }
}

/** Makes sure before any work that the file can be written at its end; what it holds is left alone until then. */
export async function ensureWritable(path: string, context: Context): Promise<void> {
  try {
    await (await promises.open(resolve(context.cwd, path), 'a', 0o600)).close();
  } catch (error) {
    throw new HandoffError('FILE_UNWRITABLE', { message: `${path} cannot be written`, cause: error });
  }
}
