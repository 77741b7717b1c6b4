import { readFileSync } from 'node:fs';
import type { Clock } from '../core/clock.ts';
import { decodeText } from '../core/decode-text.ts';
import { HandoffError } from '../core/errors.ts';
import { withLock } from './lock.ts';
import { withProfile } from './profile-names.ts';
import { type Profile, type ProfileFile, parseObject, parseProfileFile } from './project-file.ts';
import { writeWhole } from './write-whole.ts';

interface SaveOptions {
  readonly replace: boolean;
  readonly clock: Clock;
}

/**
 * Saves a profile into a project file, made where there is none; whatever else the file holds stays. One that cannot be read is
 * never overwritten. Throws PROFILE_EXISTS, CONFIG_INVALID or FILE_UNWRITABLE.
 */
export function saveToProject(path: string, name: string, profile: Profile, options: SaveOptions): Promise<void> {
  return withLock(path, options.clock, () => {
    writeWhole(path, withProfile(readProject(path), name, profile, options.replace));
  });
}

/** The file as it stands, fields unknown to us included; a file that holds one profile alone becomes one of several. */
function readProject(path: string): ProfileFile {
  const text = readIfThere(path);
  if (text === undefined) return { profiles: {} };
  const file = parseProfileFile(text, path);
  const raw = parseObject(text, path);
  return raw.profiles === undefined ? file : ({ ...raw, profiles: raw.profiles } as unknown as ProfileFile);
}

function readIfThere(path: string): string | undefined {
  try {
    return decodeText(readFileSync(path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new HandoffError('FILE_UNREADABLE', { message: `${path} could not be read`, cause: error });
  }
}
