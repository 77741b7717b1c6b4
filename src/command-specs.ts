import type { Context } from './context.ts';
import { EXIT } from './core/errors.ts';
import { INIT } from './init-spec.ts';
import { CHAT, CHECKS, NETWORK, type OptionGroup, OUTPUT, SIMULATE, SIMULATOR, VALUES } from './option-groups.ts';

/** A command as data: what it is called, what it takes, and the module that does the work, loaded when it is run. */
export interface CommandSpec {
  readonly name: string;
  readonly summary: string;
  readonly arguments?: string;
  readonly details?: string;
  readonly groups?: readonly OptionGroup[];
  readonly examples?: readonly string[];
  readonly exits?: readonly number[];
  /** What an exit code means here, where the common words do not say it. */
  readonly exitTexts?: Readonly<Record<number, string>>;
  /** Global flags that this command takes like every other and has no use for: its help is silent about them. */
  readonly hides?: readonly string[];
  readonly subcommands?: readonly CommandSpec[];
  readonly load?: () => Promise<CommandModule>;
}

export interface CommandModule {
  run(options: never, context: Context): Promise<number>;
}

/** What the exit codes mean, in the words of the help. */
export const EXIT_TEXTS: Readonly<Record<number, string>> = {
  [EXIT.ok]: 'done, and the answer is yes',
  [EXIT.no]: 'the answer is no: a failed check, an invalid value, no agent, an expectation not met',
  [EXIT.usage]: 'wrong usage: unknown option, missing value with nobody to ask, unreadable file',
  [EXIT.refused]: 'Salesforce refused: rejected values, unpublished deployment, rate limit',
  [EXIT.unreachable]: 'could not be reached: DNS, TCP, TLS, time-out, 5xx',
  [EXIT.internal]: 'a fault of sf-handoff itself',
  [EXIT.interrupted]: 'interrupted (the open chat is closed first); 143 on SIGTERM',
};

const NETWORKED = [EXIT.ok, EXIT.no, EXIT.usage, EXIT.refused, EXIT.unreachable, EXIT.internal, EXIT.interrupted];

export const COMMANDS: readonly CommandSpec[] = [
  INIT,
  {
    name: 'validate',
    summary: 'check the values offline and print the form for Kore.ai',
    details: 'No request leaves this machine.',
    groups: [VALUES],
    examples: [
      'sf-handoff validate --from snippet.html',
      'sf-handoff validate --base-url example.my.salesforce.com --org-id 00D000000000001EAA',
    ],
    exits: [EXIT.ok, EXIT.no, EXIT.usage, EXIT.internal, EXIT.interrupted],
    load: () => import('./commands/validate.ts'),
  },
  {
    name: 'doctor',
    summary: 'check values, network and service, and name cause, mend and guide step',
    details:
      'Changes nothing and rings nobody, except with --level chat, which opens one short test chat and closes it.',
    groups: [CHECKS, OUTPUT, VALUES, SIMULATE, NETWORK],
    examples: [
      'sf-handoff doctor --profile acme',
      'sf-handoff doctor --all --format junit --output handoff.xml',
      'sf-handoff doctor --explain DEPLOYMENT_NOT_PUBLISHED',
    ],
    exits: [EXIT.ok, EXIT.no, EXIT.usage, EXIT.internal, EXIT.interrupted],
    load: () => import('./commands/doctor.ts'),
  },
  {
    name: 'test-chat',
    summary: 'open a real test chat and show everything that happens',
    details:
      'A person types (/help lists the commands), or it is scripted with --message and --expect, or step by step with --script:\n' +
      '[ { "expect": "joined" }, { "send": "Hello" }, { "expect": "message", "within": "30s" }, { "end": true } ]\n' +
      'The chat is closed again whatever happens.',
    groups: [CHAT, VALUES, SIMULATE, NETWORK],
    examples: [
      'sf-handoff test-chat --profile acme',
      'sf-handoff test-chat --simulate --message "Hello" --expect message --json',
      'sf-handoff test-chat --profile acme --script chat.json',
      'sf-handoff test-chat --cleanup',
    ],
    exits: NETWORKED,
    load: () => import('./commands/test-chat.ts'),
  },
  {
    name: 'simulate',
    summary: 'run both services on this machine, until interrupted',
    details: 'Any client may talk to them. Each request is one line on stderr, with -v its body too.',
    groups: [SIMULATOR],
    examples: [
      'sf-handoff simulate --scenario transfer --fault drop-stream --port 8080 --json',
      'sf-handoff simulate --replay chat.jsonl',
      'sf-handoff simulate --agent',
    ],
    exits: [EXIT.ok, EXIT.usage, EXIT.internal, EXIT.interrupted],
    exitTexts: {
      [EXIT.ok]: 'the list has been printed (--list), or the agent has left (--agent)',
      [EXIT.usage]: 'wrong usage: unknown option, scenario or fault, unreadable file, port in use',
      [EXIT.interrupted]: 'stopped by Ctrl-C, the usual end; 143 on SIGTERM',
    },
    hides: ['--profile', '--config'],
    load: () => import('./commands/simulate.ts'),
  },
  {
    name: 'profile',
    summary: 'list, show, change and export stored profiles',
    subcommands: profileCommands(),
    examples: ['sf-handoff profile list', 'sf-handoff profile export acme --format env'],
  },
  {
    name: 'guide',
    summary: 'the set-up steps, here in the terminal',
    arguments: '[topic]',
    details: 'Topic: live-chat, miaw, metadata, prerequisite, or one step such as miaw.2.',
    examples: ['sf-handoff guide miaw', 'sf-handoff guide metadata.4'],
    exits: [EXIT.ok, EXIT.usage, EXIT.internal],
    load: () => import('./commands/guide.ts'),
  },
  {
    name: 'metadata',
    summary: 'help with passing metadata to the agent',
    subcommands: [
      {
        name: 'script',
        summary: 'print the Script-node code that puts the profile’s preChat into the bot’s context',
        groups: [VALUES],
        examples: ['sf-handoff metadata script --profile acme', 'sf-handoff metadata script > script-node.js'],
        exits: [EXIT.ok, EXIT.no, EXIT.usage, EXIT.internal],
        load: () => import('./commands/metadata.ts'),
      },
    ],
    examples: ['sf-handoff metadata script --profile acme', 'sf-handoff guide metadata'],
  },
  {
    name: 'completion',
    summary: 'print the completion script of a shell',
    arguments: '<shell>',
    details: 'Shell: bash, zsh or fish.',
    examples: [
      'sf-handoff completion bash >> ~/.bashrc',
      'sf-handoff completion zsh >> ~/.zshrc',
      'sf-handoff completion fish > ~/.config/fish/completions/sf-handoff.fish',
    ],
    exits: [EXIT.ok, EXIT.usage, EXIT.internal],
    load: () => import('./commands/completion.ts'),
  },
];

function profileCommands(): readonly CommandSpec[] {
  const exits = [EXIT.ok, EXIT.usage, EXIT.internal];
  const command = (
    name: string,
    summary: string,
    args: string | undefined,
    example: string,
    groups: readonly OptionGroup[] = [],
    details?: string,
  ) => ({
    name,
    summary,
    ...(details ? { details } : {}),
    ...(args ? { arguments: args } : {}),
    groups,
    examples: [example, `sf-handoff profile ${name} --help`],
    exits,
    load: async () => (await import('./commands/profile.ts')).profileCommand(name),
  });
  const format: OptionGroup = {
    title: 'Output:',
    options: [
      {
        flags: '--format <format>',
        text: 'json (a project file), env or github (default: json)',
        choices: ['json', 'env', 'github'],
      },
    ],
  };
  return [
    command('list', 'list the stored profiles', undefined, 'sf-handoff profile list'),
    command('show', 'show one profile', '[name]', 'sf-handoff profile show acme'),
    command(
      'set',
      'change one value of a profile',
      '<name> <field> <value>',
      'sf-handoff profile set acme base-url https://acme.my.salesforce-scrt.com',
      [],
      'Field: live-agent-url, org-id, deployment-id, button-id, base-url, developer-name, or pre-chat.<name>.',
    ),
    command('use', 'make a profile the default', '<name>', 'sf-handoff profile use acme'),
    command('remove', 'remove a profile', '<name>', 'sf-handoff profile remove acme'),
    command('rename', 'rename a profile', '<name> <new-name>', 'sf-handoff profile rename acme acme-old'),
    command(
      'export',
      'print a profile for a project file, a shell or GitHub Actions',
      '[name]',
      'sf-handoff profile export acme --format env',
      [format],
    ),
    command('path', 'print where the profiles are stored', undefined, 'sf-handoff profile path'),
  ];
}
