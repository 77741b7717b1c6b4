import { HandoffError } from '../core/errors.ts';
import type { Profile, ProfileFile } from './project-file.ts';

/** What the name of a profile looks like; the JSON Schema of the project file says the same. */
export function isProfileName(name: string): boolean {
  return /^\w[\w.-]{0,63}$/.test(name) && name !== '__proto__';
}

/** Throws INVALID_ARGUMENT where a profile cannot be called so. */
export function checkedName(name: string): string {
  if (isProfileName(name)) return name;
  throw new HandoffError('INVALID_ARGUMENT', {
    message: `“${name}” cannot be the name of a profile`,
    hint: 'use up to 64 letters, digits, dots, dashes and underscores',
  });
}

export function profileExists(name: string): HandoffError {
  return new HandoffError('PROFILE_EXISTS', {
    message: `A profile “${name}” exists already`,
    hint: 'choose another --name, or replace it with --force',
  });
}

/** The file with that profile in it; the first one becomes the default. Throws PROFILE_EXISTS where none may be replaced. */
export function withProfile<T extends Pick<ProfileFile, 'default' | 'profiles'>>(
  file: T,
  name: string,
  profile: Profile,
  replace: boolean,
): T {
  if (!replace && Object.hasOwn(file.profiles, checkedName(name))) throw profileExists(name);
  return { ...file, default: file.default ?? checkedName(name), profiles: { ...file.profiles, [name]: profile } };
}
