import { FIELDS, type FieldName } from '../../core/config.ts';
import type { Channel } from '../../core/events.ts';
import type { Candidate } from './candidate.ts';

export interface ProfileReading {
  /** Those of the chosen profile first. */
  readonly candidates: readonly Candidate[];
  readonly channel?: Channel;
  readonly preChat?: Readonly<Record<string, unknown>>;
  readonly name?: string;
  /** Names of the profiles that were not chosen. */
  readonly others: readonly string[];
}

type Json = Readonly<Record<string, unknown>>;
const ALL_FIELDS = new Set<FieldName>([...FIELDS['live-chat'], ...FIELDS.miaw]);
const MOST_PROFILES = 100;

/** Reads a profile or a project file; undefined where the paste is something else. */
export function readProfiles(text: string): ProfileReading | undefined {
  const content = parseObject(text);
  if (!content) return undefined;
  if (!isObject(content.profiles)) return isProfile(content) ? readOne(text, content) : undefined;
  const profiles = Object.entries(content.profiles).filter((entry): entry is [string, Json] => isObject(entry[1]));
  const chosen = profiles.find(([name]) => name === content.default) ?? profiles[0];
  if (!chosen) return undefined;
  const [name, profile] = chosen;
  const rest = profiles.filter(([other]) => other !== name).slice(0, MOST_PROFILES);
  const others = rest.flatMap(([other, values]) => candidatesOf(text, values, other, 'loose'));
  const own = candidatesOf(text, profile, name, 'named');
  return { candidates: [...own, ...others], name, others: rest.map(([other]) => other), ...extrasOf(profile) };
}

function readOne(text: string, profile: Json): ProfileReading {
  const name = profile.name;
  const candidates = candidatesOf(text, profile, '', 'named');
  return { candidates, others: [], ...(typeof name === 'string' ? { name } : {}), ...extrasOf(profile) };
}

function isProfile(content: Json): boolean {
  return (
    isObject(content.preChat) ||
    (isChannel(content.channel) && [...ALL_FIELDS].some((field) => typeof content[field] === 'string'))
  );
}

function extrasOf(profile: Json): Pick<ProfileReading, 'channel' | 'preChat'> {
  const { channel, preChat } = profile;
  return { ...(isChannel(channel) ? { channel } : {}), ...(isObject(preChat) ? { preChat } : {}) };
}

function candidatesOf(text: string, profile: Json, name: string, rank: Candidate['rank']): Candidate[] {
  const start =
    name === '' ? 0 : Math.max(0, text.indexOf(JSON.stringify(name), Math.max(0, text.indexOf('"profiles"'))));
  return [...ALL_FIELDS].flatMap((field): Candidate[] => {
    const value = profile[field];
    if (typeof value !== 'string' || value.trim() === '') return [];
    const key = Math.max(start, text.indexOf(`"${field}"`, start));
    return [{ field, text: value, offset: Math.max(key, text.indexOf(value, key)), rank }];
  });
}

function isChannel(value: unknown): value is Channel {
  return value === 'live-chat' || value === 'miaw';
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseObject(text: string): Json | undefined {
  try {
    const content: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return isObject(content) ? content : undefined;
  } catch {
    return undefined;
  }
}
