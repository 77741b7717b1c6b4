import { loadValues } from '../config/load.ts';
import { inferChannel } from '../config/project-file.ts';
import type { Context } from '../context.ts';
import {
  FIELD_LABELS,
  FIELDS,
  type FieldName,
  type GivenValue,
  type GivenValues,
  type ValueResult,
} from '../core/config.ts';
import type { Channel } from '../core/events.ts';
import { readPastedLines } from '../ui/paste.ts';
import type { Prompter } from '../ui/prompter.ts';
import { valuesReport } from '../ui/values-report.ts';
import { readPaste } from '../values/snippets.ts';
import { validateValues } from '../values/validate.ts';
import type { InitOptions } from './init.ts';
import { domainOf, type Target } from './target.ts';

/** Where in Salesforce each value stands, said just before it is asked for. */
const WHERE: Readonly<Record<Channel, string>> = {
  miaw: 'Setup › Embedded Service Deployments › your deployment › Code Snippet › Show',
  'live-chat': 'Setup › Customize › Chat › Deployments and Chat Buttons & Invitations (Classic view)',
};

const FIELD_WHERE: Readonly<Record<FieldName, string>> = {
  orgId: 'Setup › Company Information, starts with 00D',
  baseUrl: 'the Url of the Code Snippet, https://….my.salesforce-scrt.com',
  developerName: 'the DeveloperName of the Code Snippet, not the channel’s',
  liveAgentUrl: 'first argument of liveagent.init in the Deployment Code, https://…/chat',
  deploymentId: 'second argument of liveagent.init, starts with 572',
  buttonId: 'in the Chat Button Code, starts with 573',
};

/** Asks a person for the channel and the values, a paste first and then what is still missing or wrong. */
export async function askForValues(options: InitOptions, context: Context): Promise<Target> {
  const start = await loadValues(options, {
    env: context.env,
    cwd: context.cwd,
    readStdin: () => context.readStdin(),
    storedProfiles: async () => (options.profile === undefined ? { profiles: {} } : (await context.profiles()).read()),
  });
  const prompter = await context.prompter();
  const channel = start.given.channel ?? inferChannel(start.given.values) ?? (await askChannel(prompter));
  let given: GivenValues = { ...start.given, channel };
  if (Object.keys(given.values).length === 0) given = await askPaste(given, channel, context);
  given = await askMissing(given, channel, options, context, prompter);
  return { name: start.name, given, validation: validateValues(given, domainOf(options)) };
}

async function askChannel(prompter: Prompter): Promise<Channel> {
  return prompter.select<Channel>('How does Salesforce receive the conversation?', [
    { value: 'miaw', name: 'Messaging for In-App and Web (MIAW, “Enhanced Chat”)', hint: 'recommended' },
    {
      value: 'live-chat',
      name: 'Live Chat (legacy)',
      hint: 'retired by Salesforce on 14 February 2026: it may stop without notice, plan the move to MIAW',
    },
  ]);
}

async function askPaste(given: GivenValues, channel: Channel, context: Context): Promise<GivenValues> {
  const { io } = context;
  await io.print([
    [''],
    ['Paste what Salesforce shows (', { text: WHERE[channel], tone: 'dim' }, '),'],
    ['or press Enter to type the values one by one. Finish with an empty line.'],
  ]);
  const text = await readPastedLines(io, context.clock, context.signal);
  if (text === '') return given;
  return merge(given, text, channel);
}

function merge(given: GivenValues, text: string, channel: Channel): GivenValues {
  const paste = readPaste(text);
  const values: Partial<Record<FieldName, GivenValue>> = { ...given.values };
  for (const field of FIELDS[channel]) {
    const found = paste.values[field];
    if (found) values[field] = { text: found.text, source: { kind: 'paste', name: '-', line: found.line } };
  }
  const preChat = paste.preChat ?? given.preChat;
  return { ...given, values, unused: paste.unused, findings: paste.findings, ...(preChat ? { preChat } : {}) };
}

/** Asks for each value that is missing or unusable, until every one of them can be used. */
async function askMissing(
  start: GivenValues,
  channel: Channel,
  options: InitOptions,
  context: Context,
  prompter: Prompter,
): Promise<GivenValues> {
  const { io } = context;
  let given = start;
  const open = () => validateValues(given, domainOf(options)).values.filter((row) => row.value === null);
  for (let rows = open(); rows.length > 0; rows = open()) {
    const [row] = rows;
    if (!row) break;
    await tellWhy(row, given, options, context);
    await io.print([[{ text: `  ${FIELD_WHERE[row.field]}`, tone: 'dim' }]]);
    const answer = await prompter.input(FIELD_LABELS[row.field], {
      check: (text) => objection(row.field, text, given, channel, options),
    });
    given = take(given, row.field, answer, channel);
  }
  return given;
}

async function tellWhy(row: ValueResult, given: GivenValues, options: InitOptions, context: Context): Promise<void> {
  if (row.given === '') return;
  const { io } = context;
  const validation = validateValues(given, domainOf(options));
  await io.print(
    valuesReport(
      { ...validation, values: [row], findings: [], unused: [] },
      { width: io.width, unicode: io.unicode, verbose: false },
    ),
  );
}

/** What is wrong with an answer, in one line; undefined where it can be used. */
function objection(
  field: FieldName,
  text: string,
  given: GivenValues,
  channel: Channel,
  options: InitOptions,
): string | undefined {
  if (text.trim() === '') return 'a value is needed here; Ctrl-C leaves without saving';
  const next = take(given, field, text, channel);
  const row = validateValues(next, domainOf(options)).values.find((candidate) => candidate.field === field);
  if (!row || row.value !== null) return undefined;
  const finding = row.findings.find((candidate) => candidate.severity === 'fail') ?? row.findings[0];
  return finding ? `${finding.message}: ${finding.hint}` : 'this cannot be used';
}

/** An answer may be the value itself or a paste that holds it, and others with it. */
function take(given: GivenValues, field: FieldName, text: string, channel: Channel): GivenValues {
  const paste = readPaste(text);
  const found = FIELDS[channel].filter((candidate) => paste.values[candidate]);
  if (found.length > 1 || (found.length === 1 && found[0] === field)) return merge(given, text, channel);
  return { ...given, values: { ...given.values, [field]: { text, source: { kind: 'prompt' } } } };
}
