// `promises` of `node:fs` is loaded when it is first used, `node:fs/promises` when it is imported: 1 ms of every start.
import { promises } from 'node:fs';
import { resolve } from 'node:path';
import { FIELDS, type FieldName, type GivenValue, type GivenValues, type ValueSource } from '../core/config.ts';
import { decodeText } from '../core/decode-text.ts';
import { HandoffError } from '../core/errors.ts';
import type { Channel } from '../core/events.ts';
import { shellWord } from '../core/shell-word.ts';
import type { Paste } from '../values/snippets.ts';
import { ALL_FIELDS, environmentLayer, flagLayer, type Layer, pasteLayer, profileLayer, sourceOf } from './layers.ts';
import {
  existing,
  findProjectFile,
  inferChannel,
  type ProfileFile,
  pickProfile,
  readProfileFile,
} from './project-file.ts';

/** The flags that carry values, as the command line gives them. */
export type ValueOptions = Readonly<Partial<Record<FieldName, string>>> & {
  readonly profile?: string;
  readonly config?: string;
  readonly channel?: Channel;
  readonly from?: string;
  readonly baseUrlDomain?: string;
};

export interface LoadFrom {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readStdin(): Promise<string>;
  storedProfiles(): Promise<ProfileFile>;
  /** Profiles count only where one is named: what is set up anew takes nothing from another. */
  readonly onlyNamed?: true;
}

export interface LoadedValues {
  readonly given: GivenValues;
  /** Name of the profile that contributed, else of the file or `flags`; heads screens and doctor's runs. */
  readonly name: string;
  readonly paste?: Paste;
}

/** Collects the values from flags, environment, files and profiles, highest first, and remembers where each came from. */
export async function loadValues(options: ValueOptions, from: LoadFrom): Promise<LoadedValues> {
  const paste = options.from === undefined ? undefined : await readPasted(options.from, from);
  const explicit = [
    flagLayer(options),
    ...(paste ? [pasteLayer(paste, options.from ?? '-')] : []),
    environmentLayer(from.env),
  ];
  const profile = options.profile ?? (from.env.SF_HANDOFF_PROFILE || undefined);
  const fitting = (stored: readonly Layer[]) => {
    const channel = channelOf(options, from.env, [...explicit, ...stored]);
    const layers = [...explicit, ...stored.filter((layer) => channel === undefined || layer.channel === channel)];
    return { channel, layers };
  };
  const enough = (stored: readonly Layer[]) => isComplete(fitting(stored));
  const useless = paste !== undefined && Object.keys(paste.values).length === 0;
  const named = profile !== undefined || options.config !== undefined;
  const needed = named || !(from.onlyNamed || useless || enough([]));
  const stored = needed ? await profileLayers(options, profile, from, enough) : [];
  const { channel, layers } = fitting(stored);
  return {
    given: merge(layers, channel, paste),
    name: profile ?? stored.find((layer) => layers.includes(layer))?.source.name ?? (paste ? 'paste' : 'flags'),
    ...(paste ? { paste } : {}),
  };
}

function merge(layers: readonly Layer[], channel: Channel | undefined, paste: Paste | undefined): GivenValues {
  const values: Partial<Record<FieldName, GivenValue>> = {};
  for (const field of ALL_FIELDS) {
    const layer = layers.find((candidate) => candidate.values[field] !== undefined);
    const found = layer?.values[field];
    if (!layer || !found) continue;
    values[field] = { text: found.text, source: sourceOf(field, layer.source, found.line) };
  }
  const preChat = layers.find((layer) => layer.preChat)?.preChat;
  return {
    ...(channel ? { channel } : {}),
    values,
    ...(preChat ? { preChat } : {}),
    ...(paste ? { unused: paste.unused, findings: paste.findings } : {}),
  };
}

function channelOf(options: ValueOptions, env: LoadFrom['env'], layers: readonly Layer[]): Channel | undefined {
  const said = options.channel ?? env.SF_HANDOFF_CHANNEL;
  if (said === 'live-chat' || said === 'miaw') return said;
  if (said) {
    throw new HandoffError('INVALID_ARGUMENT', {
      message: `“${said}” is not a channel`,
      hint: 'SF_HANDOFF_CHANNEL is live-chat or miaw',
    });
  }
  for (const layer of layers) {
    const channel = layer.channel ?? inferChannel(layer.values);
    if (channel) return channel;
  }
  return undefined;
}

/** Where all values are given, nothing further down is read: neither its pre-chat values nor its faults concern this chat. */
function isComplete({ channel, layers }: { channel: Channel | undefined; layers: readonly Layer[] }): boolean {
  if (channel === undefined) return false;
  return FIELDS[channel].every((field) => layers.some((layer) => layer.values[field] !== undefined));
}

/**
 * The layers of `--config`, the project file and the stored profiles, down to where there is `enough`. A profile asked
 * for by name must be in one of them.
 */
async function profileLayers(
  options: ValueOptions,
  name: string | undefined,
  from: LoadFrom,
  enough: (layers: readonly Layer[]) => boolean,
): Promise<Layer[]> {
  const layers: Layer[] = [];
  const take = (kind: ValueSource['kind'], file: ProfileFile) => {
    const found = pickProfile(file, name);
    if (found) layers.push(profileLayer(kind, found.name, found.profile));
    return layers.length > 0 && enough(layers);
  };
  if (options.config !== undefined && take('config', await readConfig(options.config, name, from))) return layers;
  const project = await findProjectFile(from.cwd);
  if (project !== undefined && take('project', await readProfileFile(project))) return layers;
  const stored = await from.storedProfiles();
  take('profile', stored);
  if (name !== undefined && layers.length === 0) existing(stored, name);
  return layers;
}

/** The file named by `--config`; what was named on purpose must not be passed over in silence. */
async function readConfig(path: string, name: string | undefined, from: LoadFrom): Promise<ProfileFile> {
  const file = await readProfileFile(resolve(from.cwd, path));
  if (name !== undefined || pickProfile(file, undefined)) return file;
  const names = Object.keys(file.profiles);
  throw new HandoffError('INVALID_ARGUMENT', {
    message: names.length === 0 ? `${path} holds no profile` : `${path} holds several profiles: ${names.join(', ')}`,
    hint: names.length === 0 ? 'sf-handoff init' : `say which: --profile ${shellWord(names[0] ?? '')}`,
  });
}

async function readPasted(path: string, from: LoadFrom): Promise<Paste> {
  const text = await readFrom(path, from);
  if (text.trim() !== '') return (await import('../values/snippets.ts')).readPaste(text);
  throw new HandoffError('MISSING_VALUE', {
    message: path === '-' ? 'Nothing came in on standard input' : `${path} is empty`,
    hint: 'paste or pipe in what Salesforce Setup shows',
  });
}

async function readFrom(path: string, from: LoadFrom): Promise<string> {
  if (path === '-') return from.readStdin();
  try {
    return decodeText(await promises.readFile(resolve(from.cwd, path)));
  } catch (error) {
    throw new HandoffError('FILE_UNREADABLE', { message: `${path} could not be read`, cause: error });
  }
}
