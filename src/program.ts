import { Command, CommanderError, Option } from 'commander';
import { COMMANDS, type CommandSpec, EXIT_TEXTS } from './command-specs.ts';
import { type Context, type ContextParts, createContext } from './context.ts';
import { parseDuration } from './core/duration.ts';
import { type ErrorCode, HandoffError } from './core/errors.ts';
import { GLOBAL, type OptionGroup, type OptionSpec } from './option-groups.ts';
import { createIo, type IoFlags, type Streams } from './ui/io.ts';
import { encodeJson } from './ui/json.ts';

export type Host = Omit<ContextParts, 'io'> & { readonly streams: Streams };

/** Parses the command line, runs the command and returns its exit code. Usage errors are thrown as HandoffErrors. */
export async function runProgram(argv: readonly string[], host: Host): Promise<number> {
  if (argv[0] === 'complete') return complete(argv.slice(1), host);
  let exitCode = 0;
  const perform = async (spec: CommandSpec, options: Record<string, unknown>) => {
    exitCode = await runCommand(spec, options, host);
  };
  const program = buildProgram(argv, host, perform);
  try {
    await program.parseAsync(argv.length === 0 ? ['--help'] : [...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return exitCode;
    throw error.code === 'commander.help' ? missingSubcommand(argv) : asUsageError(error, helpFor(argv));
  }
  return exitCode;
}

async function complete(words: readonly string[], host: Host): Promise<number> {
  const io = await createIo(host);
  const code = await (await import('./commands/completion.ts')).complete(words, createContext({ ...host, io }));
  await io.flush();
  return code;
}

type Perform = (spec: CommandSpec, options: Record<string, unknown>) => Promise<void>;

/** The tree, of which a command line that begins with a command needs that one alone: this keeps the start short. */
function buildProgram(argv: readonly string[], host: Host, perform: Perform): Command {
  const program = new Command('sf-handoff')
    .description(
      'Checks a bot-to-Salesforce agent handoff, Live Chat or MIAW, before customers find out that it is broken.',
    )
    .option('-V, --version', 'print the version')
    .on('option:version', () => printVersion(argv, host))
    .addHelpText(
      'after',
      '\nStart here:\n  sf-handoff init                 take the values in and check them\n  sf-handoff doctor --simulate    see a check run on the built-in simulator\n',
    );
  prepare(program, host);
  const first = COMMANDS.filter((spec) => spec.name === argv[0]);
  for (const spec of first.length > 0 ? first : COMMANDS)
    program.addCommand(build(spec, argv.includes(spec.name), host, perform));
  return program;
}

function build(spec: CommandSpec, named: boolean, host: Host, perform: Perform): Command {
  const command = prepare(new Command(spec.name), host).summary(spec.summary).description(describe(spec));
  if (spec.arguments) command.arguments(spec.arguments);
  if (!named) return command;
  for (const sub of spec.subcommands ?? []) command.addCommand(build(sub, named, host, perform));
  for (const group of [...(spec.groups ?? []), GLOBAL]) addGroup(command, group, spec.hides);
  command.option('-V, --version', 'print the version').addHelpText('after', helpTail(spec));
  if (spec.load) {
    command.action(async (..._: unknown[]) => {
      await perform(spec, { ...command.optsWithGlobals<Record<string, unknown>>(), args: command.args });
    });
  }
  return command;
}

/** Wherever it stands on the line, it is heard before any command. */
function printVersion(argv: readonly string[], host: Host): never {
  const json = argv.includes('--json');
  host.streams.stdout.write(json ? encodeJson({ version: host.version }, 'document') : `${host.version}\n`);
  throw new CommanderError(0, 'commander.version', host.version);
}

function prepare(command: Command, host: Host): Command {
  return command
    .exitOverride()
    .allowExcessArguments(false)
    .helpOption('-h, --help', 'show this help')
    .helpCommand(command.name() === 'sf-handoff')
    .configureOutput({
      writeOut: (text) => host.streams.stdout.write(text),
      writeErr: () => undefined,
      getOutHelpWidth: () => Math.min(host.streams.stdout.columns || 80, 100),
      getOutHasColors: () => false,
    });
}

function describe(spec: CommandSpec): string {
  const sentence = `${spec.summary.charAt(0).toUpperCase()}${spec.summary.slice(1)}.`;
  return spec.details ? `${sentence}\n${spec.details}` : sentence;
}

function helpTail(spec: CommandSpec): string {
  const examples = (spec.examples ?? []).map((example) => `  ${example}`);
  const exits = (spec.exits ?? []).map(
    (code) => `  ${String(code).padStart(3)}  ${spec.exitTexts?.[code] ?? EXIT_TEXTS[code] ?? ''}`,
  );
  const parts = [
    examples.length > 0 ? ['', 'Examples:', ...examples] : [],
    exits.length > 0 ? ['', 'Exit codes:', ...exits] : [],
  ];
  return parts.flat().join('\n');
}

function addGroup(command: Command, group: OptionGroup, hidden: readonly string[] = []): void {
  for (const spec of group.options) {
    const option = new Option(spec.flags, spec.text).helpGroup(group.title);
    if (hidden.some((flag) => spec.flags.startsWith(flag))) option.hideHelp();
    if (spec.choices) option.choices([...spec.choices]);
    const parser = parserOf(spec);
    if (parser) option.argParser(parser);
    command.addOption(option);
  }
}

function parserOf(spec: OptionSpec): ((text: string, previous: unknown) => unknown) | undefined {
  const before = (previous: unknown) => (Array.isArray(previous) ? previous : []);
  switch (spec.parse) {
    case undefined:
      return undefined;
    case 'duration':
      return (text) => parseDuration(text);
    case 'port':
      return parsePort;
    case 'count':
      return parseCount;
    case 'collect':
      return (text, previous) => [...before(previous), text];
    case 'list':
      return (text, previous) => [
        ...before(previous),
        ...text
          .split(',')
          .map((part) => part.trim())
          .filter(Boolean),
      ];
  }
}

function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new HandoffError('INVALID_ARGUMENT', {
    message: `“${text}” is not a port`,
    hint: 'use a number from 0 to 65535',
  });
}

function parseCount(text: string): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= 1 && count <= 1000) return count;
  throw new HandoffError('INVALID_ARGUMENT', {
    message: `“${text}” is not a number of things to do at once`,
    hint: 'use a number from 1 to 1000',
  });
}

async function runCommand(spec: CommandSpec, options: Record<string, unknown>, host: Host): Promise<number> {
  if (!spec.load) return 0;
  const io = await createIo(host, options as IoFlags);
  const context: Context = createContext({ ...host, io });
  try {
    const module = await spec.load();
    return await module.run(options as never, context);
  } finally {
    await context.close();
    await io.flush();
  }
}

const USAGE_CODES: Readonly<Record<string, ErrorCode>> = {
  'commander.unknownOption': 'UNKNOWN_OPTION',
  'commander.unknownCommand': 'UNKNOWN_COMMAND',
};

/** The help that lists what the command line may hold: that of the command, once one is named. */
function helpFor(argv: readonly string[]): string {
  const spec = COMMANDS.find((command) => command.name === argv[0]);
  const sub = spec?.subcommands?.find((command) => command.name === argv[1]);
  return ['sf-handoff', spec?.name, sub?.name, '--help'].filter(Boolean).join(' ');
}

function missingSubcommand(argv: readonly string[]): HandoffError {
  const spec = COMMANDS.find((command) => command.name === argv[0]);
  const names = (spec?.subcommands ?? []).map((command) => command.name).join(', ');
  return new HandoffError('UNKNOWN_COMMAND', {
    message: `${spec?.name ?? 'This command'} needs to be told what to do: ${names}`,
    hint: helpFor(argv),
  });
}

/** Commander's words carry the nearest name in a second line, which becomes the hint. */
function asUsageError(error: CommanderError, help: string): HandoffError {
  const [message = '', suggestion] = error.message.replace(/^error: /, '').split('\n');
  const hint = suggestion?.replace(/^\(|\)$/g, '').trim();
  return new HandoffError(USAGE_CODES[error.code] ?? 'INVALID_ARGUMENT', {
    message: `${message.charAt(0).toUpperCase()}${message.slice(1)}`,
    hint: hint || help,
  });
}
