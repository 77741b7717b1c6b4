import { resolve } from 'node:path';
import type { ValueOptions } from '../config/load.ts';
import { findProjectFile, readProfileFile } from '../config/project-file.ts';
import type { Suppression } from '../config/suppressions.ts';
import type { Context } from '../context.ts';
import type { Target } from './target.ts';

/** What the file of `--config` lets pass, else the project file where a target takes values from it. */
export async function loadSuppressions(
  targets: readonly Target[],
  options: ValueOptions,
  context: Context,
): Promise<readonly Suppression[]> {
  if (options.config !== undefined) return (await readProfileFile(resolve(context.cwd, options.config))).suppress ?? [];
  if (!targets.some(isOfProject)) return [];
  const path = await findProjectFile(context.cwd);
  return path === undefined ? [] : ((await readProfileFile(path)).suppress ?? []);
}

function isOfProject({ given }: Target): boolean {
  return Object.values(given.values).some(({ source }) => source.kind === 'project');
}
