import { resolve } from 'node:path';
import { existing, findProjectFile, type Profile, type ProfileFile, readProfileFile } from '../config/project-file.ts';
import type { Context } from '../context.ts';
import { HandoffError } from '../core/errors.ts';

/** A file that holds profiles, and what kind of file it is. */
export interface ProfilePlace {
  readonly kind: 'config' | 'project' | 'profile';
  readonly path: string;
  readonly file: ProfileFile;
}

export interface FoundProfile {
  readonly name: string;
  readonly profile: Profile;
  readonly place: ProfilePlace;
}

/** Every file that profiles may come from, highest first: `--config`, the project file, the stored profiles. */
export async function profilePlaces(options: { readonly config?: string }, context: Context): Promise<ProfilePlace[]> {
  const places: ProfilePlace[] = [];
  if (options.config !== undefined) {
    const path = resolve(context.cwd, options.config);
    places.push({ kind: 'config', path, file: await readProfileFile(path) });
  }
  const project = await findProjectFile(context.cwd);
  if (project !== undefined) places.push({ kind: 'project', path: project, file: await readProfileFile(project) });
  const stored = await context.profiles();
  return [...places, { kind: 'profile', path: stored.path, file: stored.read() }];
}

/** The profile of that name, or the default one, from the highest place that has it. Throws PROFILE_NOT_FOUND. */
export function findProfile(places: readonly ProfilePlace[], name: string | undefined): FoundProfile {
  for (const place of places) {
    const wanted = name ?? place.file.default;
    const profile =
      wanted !== undefined && Object.hasOwn(place.file.profiles, wanted) ? place.file.profiles[wanted] : undefined;
    if (wanted !== undefined && profile) return { name: wanted, profile, place };
  }
  if (name === undefined)
    throw new HandoffError('PROFILE_NOT_FOUND', {
      message: 'There is no default profile',
      hint: 'choose one: sf-handoff profile list, then sf-handoff profile use <name>',
    });
  existing({ profiles: Object.assign({}, ...places.map(({ file }) => file.profiles)) }, name);
  throw new HandoffError('PROFILE_NOT_FOUND');
}
