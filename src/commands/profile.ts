import type { CommandModule } from '../command-specs.ts';
import { existing, type Profile, type ProfileFile } from '../config/project-file.ts';
import type { Context } from '../context.ts';
import { FIELD_LABELS, FIELDS, type FieldName } from '../core/config.ts';
import { EXIT, HandoffError } from '../core/errors.ts';
import type { Line } from '../core/line.ts';
import { nearest } from '../core/nearest.ts';
import { exportProfile } from './profile-export.ts';

export interface ProfileOptions {
  readonly args: readonly string[];
  readonly profile?: string;
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

async function list(_: ProfileOptions, context: Context): Promise<void> {
  const file = (await context.profiles()).read();
  const names = Object.keys(file.profiles).sort();
  if (context.io.json) {
    const profiles = names.map((name) => ({ name, default: name === file.default, ...file.profiles[name] }));
    return context.io.printJson({ profiles }, 'document');
  }
  if (names.length === 0) return context.io.print([['No profiles yet. Make one: sf-handoff init']]);
  const columns = Math.max(...names.map((name) => name.length)) + 2;
  await context.io.print(
    names.map(
      (name): Line => [
        name === file.default ? '* ' : '  ',
        name.padEnd(columns),
        { text: summary(file.profiles[name]), tone: 'dim' },
      ],
    ),
  );
}

function summary(profile: Profile | undefined): string {
  if (!profile) return '';
  return profile.channel === 'miaw'
    ? `MIAW · ${profile.baseUrl ?? '?'}`
    : `Live Chat (retired) · ${profile.liveAgentUrl ?? '?'}`;
}

async function show(options: ProfileOptions, context: Context): Promise<void> {
  const { name, profile } = find((await context.profiles()).read(), options);
  if (context.io.json) return context.io.printJson({ name, ...profile }, 'document');
  const rows = FIELDS[profile.channel].map(
    (field): Line => [`  ${FIELD_LABELS[field].padEnd(24)}`, profile[field] ?? { text: '(missing)', tone: 'fail' }],
  );
  const preChat = Object.entries(profile.preChat ?? {}).map(
    ([key, value]): Line => [`  ${`pre-chat ${key}`.padEnd(24)}`, value],
  );
  await context.io.print([[{ text: name, tone: 'bold' }, `   ${profile.channel}`], ...rows, ...preChat]);
}

/** The profile named by argument or `--profile`, else the default one. */
function find(file: ProfileFile, options: ProfileOptions): { name: string; profile: Profile } {
  const wanted = options.args[0] ?? options.profile ?? file.default;
  if (wanted === undefined)
    throw new HandoffError('PROFILE_NOT_FOUND', {
      message: 'There is no default profile',
      hint: 'sf-handoff profile list',
    });
  const name = existing(file, wanted);
  const profile = file.profiles[name];
  if (!profile) throw new HandoffError('PROFILE_NOT_FOUND');
  return { name, profile };
}

async function set(options: ProfileOptions, context: Context): Promise<void> {
  const [, given = '', value = ''] = options.args;
  const profiles = await context.profiles();
  const { name, profile } = find(profiles.read(), options);
  const field = fieldNamed(given, profile);
  await profiles.save(name, { ...profile, [field]: value });
  await done(context, `${name}: ${FIELD_LABELS[field]} is now ${value}. Check it: sf-handoff doctor --profile ${name}`);
}

function fieldNamed(given: string, profile: Profile): FieldName {
  const fields = FIELDS[profile.channel];
  const plain = (text: string) => text.replaceAll('-', '').toLowerCase();
  const field = fields.find((candidate) => plain(candidate) === plain(given));
  if (field) return field;
  const near = nearest(given, fields);
  throw new HandoffError('INVALID_ARGUMENT', {
    message: `A ${profile.channel} profile has no “${given}”`,
    hint: near ? `did you mean ${near}?` : `it has ${fields.join(', ')}`,
  });
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
  const { name, profile } = find((await context.profiles()).read(), options);
  await context.io.printText(exportProfile(name, profile, options.format ?? 'json'));
}

async function done(context: Context, message: string): Promise<void> {
  if (context.io.json) await context.io.printJson({ ok: true, message }, 'document');
  else await context.io.note([[message]]);
}
