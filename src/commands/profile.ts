import type { CommandModule } from '../command-specs.ts';
import type { Profile } from '../config/project-file.ts';
import type { Context } from '../context.ts';
import { FIELD_LABELS, FIELDS } from '../core/config.ts';
import { EXIT } from '../core/errors.ts';
import type { Line } from '../core/line.ts';
import { columnsOf } from '../ui/wrap.ts';
import { exportProfile, leftOut } from './profile-export.ts';
import { findProfile, type ProfilePlace, profilePlaces } from './profile-files.ts';
import { setValue } from './profile-set.ts';

export interface ProfileOptions {
  readonly args: readonly string[];
  readonly profile?: string;
  readonly config?: string;
  readonly format?: 'json' | 'env' | 'github';
}

type Action = (options: ProfileOptions, context: Context) => Promise<void>;

const ACTIONS: Readonly<Record<string, Action>> = { list, show, set, use, remove, rename, export: exportOne, path };

/** The module of one `profile` subcommand. */
export function profileCommand(name: string): CommandModule {
  return {
    async run(options: ProfileOptions, context: Context) {
      await ACTIONS[name]?.(options, context);
      return EXIT.ok;
    },
  };
}

interface Row {
  readonly name: string;
  readonly isDefault: boolean;
  readonly profile: Profile;
  readonly place: ProfilePlace;
}

async function list(options: ProfileOptions, context: Context): Promise<void> {
  const rows = rowsOf(await profilePlaces(options, context));
  if (context.io.json) {
    const profiles = rows.map(({ name, isDefault, profile, place }) => ({
      name,
      default: isDefault,
      source: place.kind,
      ...profile,
    }));
    return context.io.printJson({ profiles }, 'document');
  }
  if (rows.length === 0) return context.io.print([['No profiles yet. Make one: sf-handoff init']]);
  const columns = Math.max(...rows.map(({ name }) => columnsOf(name))) + 2;
  await context.io.print(rows.map((row) => listLine(row, columns)));
}

function rowsOf(places: readonly ProfilePlace[]): Row[] {
  return places.flatMap((place) =>
    Object.entries(place.file.profiles)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, profile]) => ({ name, isDefault: name === place.file.default, profile, place })),
  );
}

function listLine({ name, isDefault, profile, place }: Row, columns: number): Line {
  const where = place.kind === 'profile' ? '' : ` (${place.path})`;
  return [isDefault ? '* ' : '  ', name.padEnd(columns), { text: `${summary(profile)}${where}`, tone: 'dim' }];
}

function summary(profile: Profile): string {
  return profile.channel === 'miaw'
    ? `MIAW · ${profile.baseUrl ?? '?'}`
    : `Live Chat (retired) · ${profile.liveAgentUrl ?? '?'}`;
}

async function find(options: ProfileOptions, context: Context) {
  return findProfile(await profilePlaces(options, context), options.args[0] ?? options.profile);
}

async function show(options: ProfileOptions, context: Context): Promise<void> {
  const { name, profile, place } = await find(options, context);
  if (context.io.json) return context.io.printJson({ name, source: place.kind, ...profile }, 'document');
  const rows = FIELDS[profile.channel].map(
    (field): Line => [`  ${FIELD_LABELS[field].padEnd(24)}`, profile[field] ?? { text: '(missing)', tone: 'fail' }],
  );
  const preChat = Object.entries(profile.preChat ?? {}).map(
    ([key, value]): Line => [`  ${`pre-chat ${key}`.padEnd(24)}`, String(value)],
  );
  const head: Line = [{ text: name, tone: 'bold' }, `   ${profile.channel}   `, { text: place.path, tone: 'dim' }];
  await context.io.print([head, ...rows, ...preChat]);
}

async function set(options: ProfileOptions, context: Context): Promise<void> {
  const [name = '', field = '', value = ''] = options.args;
  await done(context, await setValue(name, field, value, context));
}

async function use(options: ProfileOptions, context: Context): Promise<void> {
  const [name = ''] = options.args;
  await (await context.profiles()).use(name);
  await done(context, `${name} is the default profile now`);
}

async function remove(options: ProfileOptions, context: Context): Promise<void> {
  const [name = ''] = options.args;
  await (await context.profiles()).remove(name);
  await done(context, `${name} is removed`);
}

async function rename(options: ProfileOptions, context: Context): Promise<void> {
  const [from = '', to = ''] = options.args;
  await (await context.profiles()).rename(from, to);
  await done(context, `${from} is called ${to} now`);
}

async function path(_: ProfileOptions, context: Context): Promise<void> {
  const file = (await context.profiles()).path;
  if (context.io.json) await context.io.printJson({ path: file }, 'document');
  else await context.io.printText(`${file}\n`);
}

async function exportOne(options: ProfileOptions, context: Context): Promise<void> {
  const { name, profile } = await find(options, context);
  const format = options.format ?? 'json';
  const text = exportProfile(name, profile, format);
  if (context.io.json) return context.io.printJson({ name, format, text }, 'document');
  await context.io.note(leftOut(profile, format).map((line) => [line]));
  await context.io.printText(text);
}

async function done(context: Context, message: string): Promise<void> {
  if (context.io.json) await context.io.printJson({ ok: true, message }, 'document');
  else await context.io.note([[message]]);
}
