import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import envPaths from 'env-paths';
import type { Clock } from '../core/clock.ts';
import { HandoffError } from '../core/errors.ts';
import { withLock } from './lock.ts';
import { checkedName, profileExists, withProfile } from './profile-names.ts';
import { existing, type Profile, type ProfileFile, parseObject, toProfileFile } from './project-file.ts';
import { writeWhole } from './write-whole.ts';

const FORMAT = 1;
/** For the eyes of this user only. */
const MODE = 0o600;

/** Saved profiles of this user, in one file that only the user may read. Every change is atomic and safe beside other processes. */
export interface Profiles {
  readonly path: string;
  read(): ProfileFile;
  /** Throws PROFILE_EXISTS where there is one of that name, unless it may be replaced. */
  save(name: string, profile: Profile, options?: { readonly replace: boolean }): Promise<void>;
  /** Changes what is stored at that moment, so that two changes at once both count. */
  change(name: string, edit: (profile: Profile) => Profile): Promise<void>;
  remove(name: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  use(name: string): Promise<void>;
}

interface ProfilesOptions {
  /** From SF_HANDOFF_CONFIG_DIR; the platform's usual folder where absent. */
  readonly folder?: string | undefined;
  readonly clock: Clock;
}

/** Throws PROFILES_UNREADABLE where the folder cannot be used at all; what is in the file is judged by `read`. */
export function openProfiles(options: ProfilesOptions): Profiles {
  const path = resolve(options.folder ?? envPaths('sf-handoff', { suffix: '' }).config, 'profiles.json');
  // A folder that cannot be used is said at once, not only when something is saved.
  readIfThere(path);
  const change = (edit: (file: ProfileFile) => ProfileFile) =>
    withLock(path, options.clock, () => writeWhole(path, { format: FORMAT, ...edit(readStore(path)) }, MODE));
  return {
    path,
    read: () => readStore(path),
    save: (name, profile, { replace } = { replace: true }) =>
      change((file) => withProfile(file, name, profile, replace)),
    change: (name, edit) =>
      change((file) => {
        const profile = file.profiles[existing(file, name)];
        return profile ? withProfile(file, name, edit(profile), true) : file;
      }),
    remove: (name) => change((file) => without(file, existing(file, name))),
    rename: (from, to) => change((file) => renamed(file, existing(file, from), checkedName(to))),
    use: (name) => change((file) => ({ ...file, default: existing(file, name) })),
  };
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new HandoffError('PROFILES_UNREADABLE', {
      message: `The folder of the stored profiles cannot be used: ${error instanceof Error ? error.message : String(error)}`,
      hint: 'name a folder of your own in SF_HANDOFF_CONFIG_DIR',
      cause: error,
    });
  }
}

function readStore(path: string): ProfileFile {
  const text = readIfThere(path);
  if (text === undefined) return { profiles: {} };
  try {
    const content = parseObject(text, path);
    if (content.format === undefined || content.format === FORMAT)
      return toProfileFile({ profiles: {}, ...content }, path);
  } catch (error) {
    throw unreadable(error instanceof Error ? error.message : `${path} cannot be used`, error);
  }
  throw unreadable(`${path} cannot be used: a newer sf-handoff wrote it`);
}

function unreadable(message: string, cause?: unknown): HandoffError {
  return new HandoffError('PROFILES_UNREADABLE', {
    message,
    hint: 'nothing was changed; correct the file or move it away',
    cause,
  });
}

function without(file: ProfileFile, name: string): ProfileFile {
  const profiles = Object.fromEntries(Object.entries(file.profiles).filter(([key]) => key !== name));
  return file.default === undefined || file.default === name ? { profiles } : { default: file.default, profiles };
}

function renamed(file: ProfileFile, from: string, to: string): ProfileFile {
  if (from !== to && Object.hasOwn(file.profiles, to)) throw profileExists(to);
  const entries = Object.entries(file.profiles).map(([key, profile]) => [key === from ? to : key, profile] as const);
  const profiles = Object.fromEntries(entries);
  if (file.default === undefined) return { profiles };
  return { default: file.default === from ? to : file.default, profiles };
}
