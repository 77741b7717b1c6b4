import { COMMANDS, type CommandSpec } from '../command-specs.ts';
import { GLOBAL, type OptionSpec } from '../option-groups.ts';
import { SHELLS } from './completion-scripts.ts';

interface Suggestion {
  readonly value: string;
  readonly text: string;
}

export interface Suggestions {
  readonly suggestions: readonly Suggestion[];
  /** File names fit here as well. */
  readonly files: boolean;
}

/** Reads the names of one kind: profile, check, scenario, fault, topic. */
export type ReadNames = (kind: string) => Promise<readonly string[]>;

const ALWAYS: readonly OptionSpec[] = [
  ...GLOBAL.options,
  { flags: '-h, --help', text: 'show this help' },
  { flags: '-V, --version', text: 'print the version' },
];
const NOTHING: Suggestions = { suggestions: [], files: false };
const FILES: Suggestions = { suggestions: [], files: true };

/** What the value of an option or argument is one of, by its name. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  profile: ['profile'],
  name: ['profile'],
  only: ['check'],
  skip: ['check'],
  explain: ['cause'],
  scenario: ['scenario'],
  simulate: ['scenario', 'fault'],
  fault: ['fault'],
  topic: ['topic'],
};
const WORDS: Readonly<Record<string, readonly string[]>> = {
  shell: SHELLS,
  field: ['live-agent-url', 'org-id', 'deployment-id', 'button-id', 'base-url', 'developer-name', 'pre-chat.'],
};

/** The words that may stand in place of the last one typed. */
export async function suggest(typed: readonly string[], names: ReadNames): Promise<Suggestions> {
  const current = typed.at(-1) ?? '';
  const place = walk(typed.slice(0, -1));
  const [flag = '', value] = splitAt(current, '=');
  const inline = value === undefined ? undefined : optionNamed(place.options, flag);
  if (inline) return startingWith(current, await valuesOf(inline, value ?? '', names), `${flag}=`);
  if (place.open) return startingWith(current, await valuesOf(place.open, current, names));
  if (current.startsWith('-'))
    return startingWith(current, { suggestions: place.options.flatMap(flagsOf), files: false });
  if (place.subcommands.length > 0)
    return startingWith(current, {
      suggestions: place.subcommands.map(({ name, summary }) => ({ value: name, text: summary })),
      files: false,
    });
  const argument = place.arguments[place.given];
  return argument === undefined ? NOTHING : startingWith(current, await namesFor(argument, place.command, names));
}

interface Place {
  readonly command: string;
  readonly subcommands: readonly CommandSpec[];
  readonly options: readonly OptionSpec[];
  readonly arguments: readonly string[];
  /** How many arguments were given already. */
  readonly given: number;
  /** The option whose value comes next. */
  readonly open?: OptionSpec;
}

/** Where in the command line one is after these words. */
function walk(words: readonly string[]): Place {
  let place: Place = { command: '', subcommands: COMMANDS, options: ALWAYS, arguments: [], given: 0 };
  for (const word of words) place = step(place, word);
  return place;
}

function step({ open, ...place }: Place, word: string): Place {
  if (open && !(isOptional(open) && word.startsWith('-'))) return place;
  if (word.startsWith('-')) {
    const option = word.includes('=') ? undefined : optionNamed(place.options, word);
    return option && takesValue(option) ? { ...place, open: option } : place;
  }
  const spec = place.subcommands.find(({ name }) => name === word);
  if (!spec) return place.subcommands.length > 0 ? place : { ...place, given: place.given + 1 };
  const isHidden = ({ flags }: OptionSpec) => spec.hides?.some((flag) => flags.startsWith(flag)) ?? false;
  return {
    command: `${place.command} ${spec.name}`.trim(),
    subcommands: spec.subcommands ?? [],
    options: [...(spec.groups ?? []).flatMap(({ options }) => options), ...ALWAYS].filter(
      (option) => !isHidden(option),
    ),
    arguments: (spec.arguments ?? '').split(' ').flatMap((text) => text.replace(/[<>[\]]/g, '') || []),
    given: 0,
  };
}

async function valuesOf(option: OptionSpec, typed: string, names: ReadNames): Promise<Suggestions> {
  if (/<(?:file|pem|json)\b/.test(option.flags)) return FILES;
  if (option.choices) return { suggestions: plain(option.choices), files: false };
  const found = await namesFor(/--([\w-]+)/.exec(option.flags)?.[1] ?? '', '', names);
  // In a list only what stands behind the last comma is still open.
  const [, list = ''] = option.parse === 'list' ? (/^(.*,)/.exec(typed) ?? []) : [];
  return { ...found, suggestions: found.suggestions.map((one) => ({ ...one, value: `${list}${one.value}` })) };
}

async function namesFor(name: string, command: string, names: ReadNames): Promise<Suggestions> {
  // `--name` of init is a new name; the first argument of the profile commands is an old one.
  if (name === 'name' && !command.startsWith('profile')) return NOTHING;
  const read = await Promise.all((KINDS[name] ?? []).map(names));
  return { suggestions: plain([...(WORDS[name] ?? []), ...read.flat()]), files: false };
}

function startingWith(current: string, { suggestions, files }: Suggestions, lead = ''): Suggestions {
  const full = suggestions.map(({ value, text }) => ({ value: `${lead}${value}`, text }));
  return { suggestions: full.filter(({ value }) => value.startsWith(current)), files };
}

function flagsOf({ flags, text }: OptionSpec): Suggestion[] {
  return [...flags.matchAll(/(?<![\w-])--?[\w-]+/g)].map(([value]) => ({ value, text }));
}

function optionNamed(options: readonly OptionSpec[], word: string): OptionSpec | undefined {
  return options.find((option) => flagsOf(option).some(({ value }) => value === word));
}

function takesValue({ flags }: OptionSpec): boolean {
  return /[<[]/.test(flags);
}

function isOptional({ flags }: OptionSpec): boolean {
  return flags.includes('[');
}

function plain(values: readonly string[]): Suggestion[] {
  return values.map((value) => ({ value, text: '' }));
}

function splitAt(text: string, mark: string): [string, string | undefined] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + mark.length)];
}
