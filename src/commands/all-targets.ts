import { resolve } from 'node:path';
import type { ValueOptions } from '../config/load.ts';
import { findProjectFile, type ProfileFile, readProfileFile } from '../config/project-file.ts';
import type { Context } from '../context.ts';
import { HandoffError } from '../core/errors.ts';
import { judgeTarget, type Target } from './target.ts';

/** Every profile of `--config`, else of the project file, else of the stored ones, each judged, in the order of their names. */
export async function allTargets(options: ValueOptions, context: Context): Promise<Target[]> {
  const path = options.config === undefined ? await findProjectFile(context.cwd) : resolve(context.cwd, options.config);
  const file: ProfileFile = path === undefined ? (await context.profiles()).read() : await readProfileFile(path);
  const names = Object.keys(file.profiles).sort();
  if (names.length === 0)
    throw new HandoffError('PROFILE_NOT_FOUND', { message: 'There are no profiles to check', hint: 'sf-handoff init' });
  const targets: Target[] = [];
  // A profile that is still empty fails by itself, and never keeps the others from being examined.
  for (const profile of names) targets.push(await judgeTarget({ ...options, profile }, context));
  return targets;
}
