import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PROJECT_FILE, type Profile, parseProfileFile } from '../config/project-file.ts';
import type { Context } from '../context.ts';
import { FIELDS, type GivenValues, type HandoffConfig } from '../core/config.ts';
import { HandoffError } from '../core/errors.ts';

export interface SaveOptions {
  readonly name?: string;
  readonly project?: true;
  readonly force?: true;
}

/** Saves the normalised values as a profile or into `sf-handoff.json`, asking for the name where somebody is there. */
export async function saveValues(
  config: HandoffConfig,
  given: GivenValues,
  options: SaveOptions & { profile?: string },
  context: Context,
): Promise<{ name: string; path: string }> {
  const name = await chooseName(config, options, context);
  const profile = toProfile(config, given);
  if (options.project) return { name, path: await saveToProject(name, profile, options, context) };
  const profiles = await context.profiles();
  await refuseToReplace(Object.keys(profiles.read().profiles), name, options, context);
  await profiles.save(name, profile);
  return { name, path: profiles.path };
}

async function chooseName(
  config: HandoffConfig,
  options: SaveOptions & { profile?: string },
  context: Context,
): Promise<string> {
  const suggested = options.name ?? options.profile ?? suggestName(config);
  if (options.name !== undefined || !context.io.interactive || context.io.json) return suggested;
  return (await context.prompter()).input('Save as', {
    initial: suggested,
    check: (text) => (/^\w[\w.-]{0,63}$/.test(text) ? undefined : 'use letters, digits, dots, dashes and underscores'),
  });
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

async function refuseToReplace(
  names: readonly string[],
  name: string,
  options: SaveOptions & { profile?: string },
  context: Context,
): Promise<void> {
  if (!names.includes(name) || options.force || options.profile === name) return;
  if (
    context.io.interactive &&
    !context.io.json &&
    (await (await context.prompter()).confirm(`Replace the profile ${name}?`, false))
  )
    return;
  throw new HandoffError('PROFILE_EXISTS', {
    message: `A profile “${name}” exists already`,
    hint: 'choose another --name, or replace it with --force',
  });
}

async function saveToProject(
  name: string,
  profile: Profile,
  options: SaveOptions & { profile?: string },
  context: Context,
): Promise<string> {
  const path = join(context.cwd, PROJECT_FILE);
  const text = await readFile(path, 'utf8').catch(() => undefined);
  const before =
    text === undefined
      ? undefined
      : (JSON.parse(JSON.stringify(parseProfileFile(text, path))) as {
          default?: string;
          profiles: Record<string, Profile>;
        });
  await refuseToReplace(Object.keys(before?.profiles ?? {}), name, options, context);
  const raw = text === undefined ? {} : (JSON.parse(text) as Record<string, unknown>);
  const next = { ...raw, default: before?.default ?? name, profiles: { ...before?.profiles, [name]: profile } };
  await writeWhole(path, `${JSON.stringify(next, null, 2)}\n`);
  return path;
}

/** Written beside and moved over, so that an interruption leaves the old file or the new one. */
async function writeWhole(path: string, text: string): Promise<void> {
  const draft = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(draft, text);
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw new HandoffError('FILE_UNWRITABLE', { message: `${path} could not be written`, cause: error });
  }
}
