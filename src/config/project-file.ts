import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { FIELDS, type FieldName, type PreChat } from '../core/config.ts';
import { decodeText } from '../core/decode-text.ts';
import { HandoffError } from '../core/errors.ts';
import type { Channel } from '../core/events.ts';
import { nearest } from '../core/nearest.ts';
import { type Suppression, toSuppressions } from './suppressions.ts';

export const PROJECT_FILE = 'sf-handoff.json';

/** A named set of values as it is stored: nothing normalised, nothing judged. */
export type Profile = { readonly channel: Channel; readonly preChat?: PreChat } & Readonly<
  Partial<Record<FieldName, string>>
>;

export interface ProfileFile {
  readonly $schema?: string;
  readonly default?: string;
  readonly suppress?: readonly Suppression[];
  readonly profiles: Readonly<Record<string, Profile>>;
}

/** The nearest `sf-handoff.json` in `cwd` or above it. */
export async function findProjectFile(cwd: string): Promise<string | undefined> {
  for (let folder = cwd; ; folder = dirname(folder)) {
    const path = join(folder, PROJECT_FILE);
    if ((await readIfThere(path)) !== undefined) return path;
    if (dirname(folder) === folder) return undefined;
  }
}

/** Reads a project file, or a file that holds one profile alone. Throws FILE_UNREADABLE or CONFIG_INVALID. */
export async function readProfileFile(path: string): Promise<ProfileFile> {
  const text = await readIfThere(path);
  if (text === undefined) throw new HandoffError('FILE_UNREADABLE', { message: `${path} could not be read` });
  return parseProfileFile(text, path);
}

export function parseProfileFile(text: string, path: string): ProfileFile {
  const content = parseObject(text, path);
  if (content.profiles === undefined)
    return { profiles: { default: toProfile(content, path, 'the file') }, default: 'default' };
  const file = toProfileFile(content, path);
  if (file.default !== undefined && !Object.hasOwn(file.profiles, file.default))
    throw invalid(path, `“default” names “${file.default}”, which is not among the profiles`);
  return file;
}

/** Parsed content as profiles, each of the right shape. Throws CONFIG_INVALID. */
export function toProfileFile(content: Record<string, unknown>, path: string): ProfileFile {
  if (!isObject(content.profiles)) throw invalid(path, '“profiles” is not an object');
  const profiles = Object.entries(content.profiles).map(([name, profile]) => {
    if (!isObject(profile)) throw invalid(path, `profile “${name}” is not an object`);
    return [name, toProfile(profile, path, `profile “${name}”`)] as const;
  });
  const chosen = content.default;
  if (chosen !== undefined && typeof chosen !== 'string') throw invalid(path, '“default” is not a name');
  const suppress = toSuppressions(content.suppress);
  if (suppress === undefined) throw invalid(path, '“suppress” is not a list of objects with texts');
  return {
    ...(chosen === undefined ? {} : { default: chosen }),
    ...(suppress.length > 0 ? { suppress } : {}),
    profiles: Object.fromEntries(profiles),
  };
}

/** The profile of that name; without one the default, else the only one there is. */
export function pickProfile(
  file: ProfileFile,
  name: string | undefined,
): { name: string; profile: Profile } | undefined {
  const names = Object.keys(file.profiles);
  const wanted = name ?? file.default ?? (names.length === 1 ? names[0] : undefined);
  const profile = wanted !== undefined && Object.hasOwn(file.profiles, wanted) ? file.profiles[wanted] : undefined;
  return wanted !== undefined && profile ? { name: wanted, profile } : undefined;
}

/** Throws PROFILE_NOT_FOUND, naming the nearest, unless the profile is there. */
export function existing(file: ProfileFile, name: string): string {
  const names = Object.keys(file.profiles);
  if (names.includes(name)) return name;
  const near = nearest(name, names);
  throw new HandoffError('PROFILE_NOT_FOUND', {
    message: `There is no profile “${name}”`,
    ...(near ? { hint: `did you mean ${near}?` } : {}),
  });
}

function toProfile(value: Record<string, unknown>, path: string, what: string): Profile {
  const fields = new Set<FieldName>([...FIELDS['live-chat'], ...FIELDS.miaw]);
  const values: Partial<Record<FieldName, string>> = {};
  for (const field of fields) {
    const text = value[field];
    if (text === undefined) continue;
    if (typeof text !== 'string') throw invalid(path, `“${field}” of ${what} is not text`);
    values[field] = text;
  }
  const channel = value.channel ?? inferChannel(values);
  if (channel !== 'live-chat' && channel !== 'miaw')
    throw invalid(path, `“channel” of ${what} is neither live-chat nor miaw`);
  return { channel, ...values, ...preChatOf(value.preChat, path, what) };
}

function preChatOf(value: unknown, path: string, what: string): { preChat?: PreChat } {
  if (value === undefined) return {};
  if (!isObject(value)) throw invalid(path, `“preChat” of ${what} is not an object of names and texts`);
  return { preChat: value as PreChat };
}

/** Which channel a set of values is meant for, where it tells. */
export function inferChannel(values: Readonly<Partial<Record<FieldName, unknown>>>): Channel | undefined {
  const count = (fields: readonly FieldName[]) => fields.filter((field) => field !== 'orgId' && values[field]).length;
  const [live, miaw] = [count(FIELDS['live-chat']), count(FIELDS.miaw)];
  if (live === miaw) return undefined;
  return live > miaw ? 'live-chat' : 'miaw';
}

/** The JSON object in a file's text. Throws CONFIG_INVALID. */
export function parseObject(text: string, path: string): Record<string, unknown> {
  let content: unknown;
  try {
    // Some editors put a byte order mark in front.
    content = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    throw invalid(path, 'it is not valid JSON', error);
  }
  if (!isObject(content)) throw invalid(path, 'it holds no JSON object');
  return content;
}

function invalid(path: string, why: string, cause?: unknown): HandoffError {
  return new HandoffError('CONFIG_INVALID', {
    message: `${path} cannot be used: ${why}`,
    hint: `correct ${path}, or write a new one with sf-handoff init`,
    cause,
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** At once, for a small file: `node:fs/promises` alone takes a millisecond of every start to load. */
async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return decodeText(readFileSync(path));
  } catch {
    return undefined;
  }
}
