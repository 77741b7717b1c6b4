import type { Context } from '../context.ts';
import type { FieldName } from '../core/config.ts';
import { FIELD_LABELS } from '../core/config.ts';
import type { Channel } from '../core/events.ts';
import type { GuideStep } from '../core/guide-step.ts';
import type { Line } from '../core/line.ts';
import { guideFor } from '../guide/find.ts';
import { guideLines } from '../ui/guide-pages.ts';
import { wrapText } from '../ui/wrap.ts';
import { guideStepOf } from '../values/field-steps.ts';

/** Where the values stand all together, for who can copy a whole snippet. */
const WHERE: Readonly<Record<Channel, string>> = {
  miaw: 'Setup › Embedded Service Deployments › your deployment › Code Snippet › Show',
  'live-chat': 'Setup › Customize › Chat › Deployments, and Chat Buttons & Invitations (Classic view)',
};

const IN_SHORT: Readonly<Record<FieldName, string>> = {
  orgId: 'Setup › Company Information, starts with 00D',
  baseUrl: 'the Url of the Code Snippet, https://….my.salesforce-scrt.com',
  developerName: 'the DeveloperName of the Code Snippet, not the channel’s',
  liveAgentUrl: 'first argument of liveagent.init in the Deployment Code, https://…/chat',
  deploymentId: 'second argument of liveagent.init, starts with 572',
  buttonId: 'in the Chat Button Code, starts with 573',
};

const LAST_STEP: Readonly<Record<Channel, GuideStep>> = { miaw: 'miaw.3', 'live-chat': 'live-chat.6' };

/** The way ahead, as the guide has it, with the steps that are about to be taken marked. */
export function wayAhead(channel: Channel, context: Context): Line[] {
  const steps = (guideFor(channel) ?? []).filter(({ id }) => /\.\d$/.test(id));
  const here = new Set<string>(fieldSteps(channel));
  const mark = context.io.unicode ? '▸' : '>';
  const rows = steps.flatMap(({ id, title }, index): Line[] =>
    wrap(`${index + 1}. ${title} (${id})`, context, here.has(id) ? ` ${mark} ` : '   '),
  );
  const head = `${count(steps.length)} steps; the values come from the marked ones. Each in full: sf-handoff guide ${channel}`;
  return [[''], ...wrap(head, context), ...rows];
}

/** What to paste and where it is, said before the paste. */
export function pasteHelp(channel: Channel, context: Context): Line[] {
  return [
    [''],
    ...wrap(`Paste what Salesforce shows here: ${plain(WHERE[channel], context)}`, context),
    ...wrap('Or press Enter to type the values one by one. Finish with an empty line.', context),
  ];
}

/** Where in Setup one value is, click by click; in short where the same step was told already. */
export function whereIs(field: FieldName, channel: Channel, told: Set<string>, context: Context): Line[] {
  const step = guideStepOf(field, channel);
  const [entry] = guideFor(step) ?? [];
  const short = wrap(plain(IN_SHORT[field], context), context, '  ');
  if (!entry || told.has(step)) return [[''], ...short];
  told.add(step);
  const clicks = entry.do.filter((text) => !text.includes('sf-handoff'));
  const rows = clicks.flatMap((text, index) => wrap(plain(text, context), context, `  ${index + 1}. `));
  const looks = entry.values?.find((text) => text.startsWith(FIELD_LABELS[field]));
  return [
    [''],
    ...wrap(plain(entry.where, context), context, '  '),
    ...rows,
    ...(looks ? wrap(plain(looks, context), context, '  ') : short),
    ...wrap('Anything can be pasted here; ? shows the whole page.', context, '  '),
  ];
}

/** The whole page of the guide for a value. */
export function fullPage(field: FieldName, channel: Channel, context: Context): Line[] {
  const { width, unicode } = context.io;
  const entries = guideFor(guideStepOf(field, channel)) ?? [];
  return [[''], ...guideLines(entries, { width: Math.min(width, 100), unicode, overview: false })];
}

/** What is left to do at Kore.ai once the values are there. */
export function whatIsLeft(channel: Channel, context: Context): Line[] {
  const [entry] = guideFor(LAST_STEP[channel]) ?? [];
  const clicks = (entry?.do ?? []).filter((text) => !/^Enter |sf-handoff|Talk to Bot/.test(text));
  return [
    [''],
    ...wrap(`Step by step (${LAST_STEP[channel]}):`, context),
    ...clicks.flatMap((text, index) => wrap(plain(text, context), context, `  ${index + 1}. `)),
  ];
}

function fieldSteps(channel: Channel): GuideStep[] {
  const fields: readonly FieldName[] =
    channel === 'miaw' ? ['orgId'] : ['liveAgentUrl', 'orgId', 'deploymentId', 'buttonId'];
  return fields.map((field) => guideStepOf(field, channel));
}

function count(steps: number): string {
  return ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six'][steps] ?? String(steps);
}

function plain(text: string, context: Context): string {
  return context.io.unicode ? text : text.replaceAll('›', '>').replaceAll('’', "'").replaceAll('…', '...');
}

function wrap(text: string, context: Context, lead = ''): Line[] {
  const rows = wrapText(text, Math.min(context.io.width, 100) - lead.length);
  return rows.map((row, index) => [{ text: `${index === 0 ? lead : ' '.repeat(lead.length)}${row}`, tone: 'plain' }]);
}
