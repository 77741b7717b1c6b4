import { join } from 'node:path';
import { isProfileName } from '../config/profile-names.ts';
import { findProjectFile, PROJECT_FILE, type Profile, readProfileFile } from '../config/project-file.ts';
import { saveToProject } from '../config/project-store.ts';
import type { Context } from '../context.ts';
import { FIELDS, type GivenValues, type HandoffConfig } from '../core/config.ts';
import { Pasted } from '../ui/questions.ts';
import type { InitOptions } from './init-talk.ts';

export interface Saved {
  readonly name: string;
  readonly path: string;
}

interface Shelf {
  readonly path: string;
  readonly names: readonly string[];
  save(name: string, profile: Profile, replace: boolean): Promise<void>;
}

/**
 * Saves the normalised values as a profile or into `sf-handoff.json`, asking for the name where somebody is there. A profile that is
 * being changed goes back to where it came from. A paste in place of the name is handed back.
 */
export async function saveValues(
  config: HandoffConfig,
  given: GivenValues,
  options: InitOptions & { readonly editing?: string },
  context: Context,
): Promise<Saved | Pasted> {
  const shelf = await shelfFor(given, options, context);
  const chosen = await chooseName(config, shelf, options, context);
  if (chosen instanceof Pasted) return chosen;
  const { name, replace } = chosen;
  await shelf.save(name, toProfile(config, given), replace);
  return { name, path: shelf.path };
}

async function shelfFor(
  given: GivenValues,
  options: InitOptions & { readonly editing?: string },
  context: Context,
): Promise<Shelf> {
  const found = await findProjectFile(context.cwd);
  const file = found === undefined ? undefined : await readProfileFile(found);
  const cameFromProject =
    options.editing !== undefined &&
    (Object.values(given.values).some(({ source }) => source.kind === 'project') ||
      (file !== undefined && Object.hasOwn(file.profiles, options.editing)));
  if (options.project || cameFromProject) {
    const path = cameFromProject && found !== undefined ? found : join(context.cwd, PROJECT_FILE);
    const names = path === found ? Object.keys(file?.profiles ?? {}) : [];
    const { clock } = context;
    return { path, names, save: (name, profile, replace) => saveToProject(path, name, profile, { replace, clock }) };
  }
  const profiles = await context.profiles();
  const names = Object.keys(profiles.read().profiles);
  return { path: profiles.path, names, save: (name, profile, replace) => profiles.save(name, profile, { replace }) };
}

async function chooseName(
  config: HandoffConfig,
  shelf: Shelf,
  options: InitOptions & { readonly editing?: string },
  context: Context,
): Promise<{ name: string; replace: boolean } | Pasted> {
  const may = (name: string) => options.force === true || options.editing === name;
  const suggested = options.name ?? options.editing ?? suggestName(config);
  const isSaid = options.name !== undefined || options.yes;
  if (!context.io.interactive || context.io.json) return { name: suggested, replace: may(suggested) };
  const prompter = await context.prompter();
  const check = (text: string) =>
    isProfileName(text)
      ? undefined
      : { message: 'a name has up to 64 letters, digits, dots, dashes and underscores, and no blanks' };
  for (let first = true; ; first = false) {
    const name = first && isSaid ? suggested : await prompter.inputOrPaste('Save as', { initial: suggested, check });
    if (name instanceof Pasted) return name;
    if (!shelf.names.includes(name) || may(name)) return { name, replace: may(name) };
    if (await prompter.confirm(`There is a profile ${name} already. Replace it?`, false))
      return { name, replace: true };
  }
}

function suggestName(config: HandoffConfig): string {
  const { hostname } = new URL(config.channel === 'miaw' ? config.baseUrl : config.liveAgentUrl);
  const label = /^[\d.]+$|^\[/.test(hostname) ? 'local' : (hostname.replace(/^[dc]\./, '').split('.')[0] ?? 'default');
  return `${label}-${config.channel}`;
}

function toProfile(config: HandoffConfig, given: GivenValues): Profile {
  const values: object = config;
  const wanted: readonly string[] = FIELDS[config.channel];
  const fields = Object.fromEntries(Object.entries(values).filter(([field]) => wanted.includes(field)));
  return {
    channel: config.channel,
    ...fields,
    ...(given.preChat ? { preChat: given.preChat as Readonly<Record<string, string>> } : {}),
  };
}
