import { RootCommand, script } from '@bomb.sh/tab';
import { COMMANDS, type CommandSpec } from '../command-specs.ts';
import type { Context } from '../context.ts';
import { EXIT, HandoffError } from '../core/errors.ts';
import { GLOBAL, type OptionSpec } from '../option-groups.ts';

const SHELLS = ['bash', 'zsh', 'fish'] as const;

/** Prints the completion script of a shell. It asks `sf-handoff complete` for the words when Tab is pressed. */
export async function run(options: { readonly args: readonly string[] }, _: Context): Promise<number> {
  const [shell = ''] = options.args;
  if (!SHELLS.some((known) => known === shell)) {
    throw new HandoffError('INVALID_ARGUMENT', {
      message: `There is no completion for “${shell}”`,
      hint: `use one of ${SHELLS.join(', ')}`,
    });
  }
  script(shell, 'sf-handoff', 'sf-handoff');
  return EXIT.ok;
}

/** Answers the completion script: the words that may follow `--` and what has been typed so far. */
export async function complete(words: readonly string[], context: Context): Promise<number> {
  const typed = words[0] === '--' ? words.slice(1) : words;
  const root = new RootCommand();
  const values = await dynamicValues(typed, context);
  for (const spec of COMMANDS) addCommand(root, spec, '', values);
  root.parse([...typed]);
  return EXIT.ok;
}

type Values = Readonly<Record<string, readonly string[]>>;

/** Names that only this machine knows: profiles, and the ids of doctor's checks; read when they can be asked for. */
async function dynamicValues(typed: readonly string[], context: Context): Promise<Values> {
  const previous = typed.at(-2) ?? '';
  const wantsProfile =
    previous === '--profile' || typed[0] === 'profile' || (typed.at(-1) ?? '').startsWith('--profile');
  const profiles = wantsProfile ? Object.keys((await context.profiles()).read().profiles) : [];
  const wantsChecks = typed[0] === 'doctor';
  const checks = wantsChecks ? (await import('../doctor/checks/index.ts')).ALL_CHECKS.map((check) => check.id) : [];
  const wantsScenario = typed.some((word) => word.startsWith('--simulate') || word === 'simulate');
  const scenarios = wantsScenario
    ? (await import('../simulator/scenarios.ts')).SCENARIOS.map((scenario) => scenario.name)
    : [];
  const topics = typed[0] === 'guide' ? (await import('../guide/find.ts')).guideTopics() : [];
  return {
    profile: profiles,
    only: checks,
    skip: checks,
    scenario: scenarios,
    simulate: scenarios,
    topic: topics,
    name: profiles,
    shell: SHELLS,
  };
}

function addCommand(root: RootCommand, spec: CommandSpec, prefix: string, values: Values): void {
  const path = `${prefix}${spec.name}`;
  const command = root.command(path, spec.summary);
  for (const argument of (spec.arguments ?? '').split(' ').filter(Boolean)) {
    const name = argument.replace(/[<>[\]]/g, '');
    command.argument(name, (answer) => offer(answer, values[name]));
  }
  const isHidden = ({ flags }: OptionSpec) => spec.hides?.some((flag) => flags.startsWith(flag)) ?? false;
  for (const group of [...(spec.groups ?? []), GLOBAL])
    for (const option of group.options) if (!isHidden(option)) addOption(command, option, values);
  for (const sub of spec.subcommands ?? []) addCommand(root, sub, `${path} `, values);
}

function addOption(command: ReturnType<RootCommand['command']>, spec: OptionSpec, values: Values): void {
  const name = /--([\w-]+)/.exec(spec.flags)?.[1] ?? '';
  const short = /^-(\w)/.exec(spec.flags)?.[1];
  if (/[<[]/.test(spec.flags)) command.option(name, spec.text, (answer) => offer(answer, spec.choices ?? values[name]));
  else if (short) command.option(name, spec.text, short);
  else command.option(name, spec.text);
}

function offer(answer: (value: string, description: string) => void, values: readonly string[] | undefined): void {
  for (const value of values ?? []) answer(value, '');
}
