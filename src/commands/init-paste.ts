import { inferChannel } from '../config/project-file.ts';
import { FIELDS } from '../core/config.ts';
import type { Channel } from '../core/events.ts';
import type { Line } from '../core/line.ts';
import { valuesReport } from '../ui/values-report.ts';
import { wrapText } from '../ui/wrap.ts';
import { type Paste, readPaste } from '../values/snippets.ts';
import { splitDeployments } from './init-deployments.ts';
import { type Draft, judge, otherChannelOf, withChannel, withPaste } from './init-draft.ts';
import type { Talk } from './init-talk.ts';
import { domainOf } from './target.ts';

const NAMES: Readonly<Record<Channel, string>> = { miaw: 'MIAW', 'live-chat': 'Live Chat' };

export function channelOfPaste(text: string): Channel | undefined {
  const paste = readPaste(text);
  return paste.channel ?? inferChannel(paste.values);
}

/** Says that Live Chat is retired to whoever is about to set it up anew, and offers MIAW in its place. */
export async function offerMiaw(channel: Channel, { context, prompter, options }: Talk): Promise<Channel> {
  if (channel === 'miaw') return channel;
  const news =
    'Salesforce retired Live Chat on 14 February 2026. Where it still answers it may stop without notice, and nobody mends it. Its successor is MIAW, “Enhanced Chat”: other values, another deployment, the same agents.';
  await context.io.print([[''], ...wrapText(news, context.io.width).map((text): Line => [{ text, tone: 'warn' }])]);
  if (options.yes) return channel;
  return prompter.select<Channel>('Which one would you like to set up?', [
    { value: 'miaw', name: 'MIAW in its place', hint: 'the steps: sf-handoff guide miaw' },
    { value: 'live-chat', name: 'Live Chat all the same' },
  ]);
}

/** Takes in whatever was pasted, asking where it holds several deployments or belongs to the other channel. */
export async function absorb(start: Draft, text: string, talk: Talk): Promise<Draft> {
  const paste = readPaste(text);
  const draft = await agreeOnChannel(start, paste, talk);
  const deployments = splitDeployments(paste, draft.channel);
  const [only] = deployments;
  const chosen = deployments.length > 1 ? await chooseDeployment(deployments, talk) : only;
  const next = withPaste(draft, paste, chosen);
  await tellFound(next, chosen === undefined && paste.preChat === undefined, talk);
  return next;
}

async function agreeOnChannel(draft: Draft, paste: Paste, { prompter }: Talk): Promise<Draft> {
  const other = otherChannelOf(draft, paste);
  if (other === undefined) return draft;
  const channel = await prompter.select<Channel>(`This is for ${NAMES[other]}, not for ${NAMES[draft.channel]}.`, [
    {
      value: other,
      name: `Set up ${NAMES[other]}`,
      ...(other === 'live-chat' ? { hint: 'retired on 14 February 2026' } : {}),
    },
    { value: draft.channel, name: `Stay with ${NAMES[draft.channel]}, and leave the paste aside` },
  ]);
  return withChannel(draft, channel);
}

async function chooseDeployment<T extends { readonly title: string }>(
  deployments: readonly T[],
  { prompter }: Talk,
): Promise<T> {
  return prompter.select(
    `The paste holds ${deployments.length} deployments. Which one?`,
    deployments.map((deployment) => ({ value: deployment, name: deployment.title })),
  );
}

/** What was found in a paste that leaves something open; a complete one is shown by the review. */
async function tellFound(draft: Draft, nothing: boolean, { context, options }: Talk): Promise<void> {
  const { io } = context;
  const validation = judge(draft, domainOf(options));
  if (validation.values.every((row) => row.value !== null)) return;
  const found = FIELDS[draft.channel].filter((field) => draft.given.values[field]?.source.kind === 'paste');
  const values = validation.values.filter(({ field, value }) => value !== null && found.includes(field));
  const findings = validation.findings.filter(({ code }) =>
    (draft.given.findings ?? []).some((own) => own.code === code),
  );
  const report = { ...validation, values, findings };
  await io.print([
    [''],
    [nothing ? 'No value of the form was found in the paste.' : 'Found in the paste:'],
    ...valuesReport(report, { width: io.width, unicode: io.unicode, verbose: false }),
  ]);
}
