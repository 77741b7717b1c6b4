import type { CommandSpec } from './command-specs.ts';
import { EXIT } from './core/errors.ts';
import { NETWORK, SIMULATE, VALUES } from './option-groups.ts';

/** The wizard, whose help tells which flag answers which question. */
export const INIT: CommandSpec = {
  name: 'init',
  summary: 'set up a handoff step by step, check it, and get the form for Kore.ai',
  details: [
    'Says where in Setup each value is, takes a paste of anything at any question, checks each value while it is typed, asks the service, saves, and prints the form for Kore.ai. With --profile it changes that profile.',
    '',
    'Every question has a flag that answers it:',
    '  what to do             --profile <name> (change it), --name <name> (new)',
    '  channel, retirement    --channel miaw, --channel live-chat',
    '  the values, the paste  --from <file|->, or the flags of the values',
    '  which of several       the flags of the values: they win over a paste',
    '  swap, is this right    --yes',
    '  service not ready      --no-check',
    '  save as, replace       --name <name>, --force',
    '  test chat              --test-chat, --no-test-chat',
  ].join('\n'),
  groups: [
    VALUES,
    {
      title: 'Saving:',
      options: [
        { flags: '--name <name>', text: 'save under this name' },
        { flags: '--project', text: 'save to sf-handoff.json here instead of the stored profiles' },
        { flags: '--force', text: 'replace a profile of that name' },
        { flags: '--pre-chat <name=value>', text: 'save a pre-chat value with it (repeatable)', parse: 'collect' },
        { flags: '--pre-chat-file <json>', text: 'save the pre-chat values of a JSON object with it' },
      ],
    },
    {
      title: 'Questions:',
      options: [
        { flags: '--yes', text: 'take the values as they are, swapped ones in their right places' },
        { flags: '--no-check', text: 'do not ask the service' },
        { flags: '--test-chat', text: 'open a test chat at the end' },
        { flags: '--no-test-chat', text: 'do not offer a test chat' },
      ],
    },
    SIMULATE,
    NETWORK,
  ],
  examples: ['sf-handoff init', 'sf-handoff init --from snippet.html --name acme --no-input'],
  exits: [EXIT.ok, EXIT.no, EXIT.usage, EXIT.refused, EXIT.unreachable, EXIT.internal, EXIT.interrupted],
  load: () => import('./commands/init.ts'),
};
