import type { ValueOptions } from '../config/load.ts';
import type { Context } from '../context.ts';
import type { Finding } from '../core/config.ts';
import { EXIT, HandoffError } from '../core/errors.ts';
import type { Line } from '../core/line.ts';
import { shellWord } from '../core/shell-word.ts';
import { wrapText } from '../ui/wrap.ts';
import { checkPreChat } from '../values/pre-chat.ts';
import { resolveTarget } from './target.ts';

/** Prints the Script-node code for the profile's pre-chat values; 1 where one of them cannot be passed. */
export async function run(options: ValueOptions, context: Context): Promise<number> {
  const { given, validation, name } = await resolveTarget(options, context);
  const preChat = given.preChat;
  if (!preChat || Object.keys(preChat).length === 0) {
    throw new HandoffError('MISSING_VALUE', {
      message: 'The profile has no pre-chat values',
      hint: `sf-handoff profile set ${shellWord(name)} pre-chat.City Hyderabad, or "preChat": { "City": "Hyderabad" } in sf-handoff.json`,
      step: 'metadata.1',
    });
  }
  const findings = checkPreChat(preChat);
  const script = scriptNode(preChat);
  if (context.io.json) await context.io.printJson({ script, preChat, findings }, 'document');
  else {
    if (validation.channel === 'live-chat')
      await context.io.complain([['! The profile is for Live Chat; this script passes values on over MIAW only']]);
    await context.io.complain(findings.flatMap((finding) => findingLines(finding, context)));
    await context.io.printText(script);
  }
  return findings.some((finding) => finding.severity === 'fail') ? EXIT.no : EXIT.ok;
}

function findingLines(finding: Finding, { io }: Context): Line[] {
  const mark = finding.severity === 'fail' ? (io.unicode ? '✖' : 'x') : finding.severity === 'warn' ? '!' : 'i';
  const message = wrapText(finding.message, io.width - 2);
  const hint = wrapText(finding.hint, io.width - 2);
  return [
    ...message.map((text, index): Line => [`${index === 0 ? mark : ' '} ${text}`]),
    ...hint.map((text): Line => [`  ${text}`]),
    [{ text: `  sf-handoff guide ${finding.step}   ${finding.code}`, tone: 'dim' }],
  ];
}

/** JavaScript for a Script node before the Agent Transfer node. Merges, so that nothing set earlier is lost. */
function scriptNode(preChat: Readonly<Record<string, unknown>>): string {
  const entries = Object.entries(preChat).flatMap(([name, value]) => entryOf(name, value));
  return [
    '// Put this into a Script node before the Agent Transfer node; put the real values in place of the samples.',
    '// Each name must be the Channel Variable Name of a custom parameter, exact to the capital, and stand in the published pre-chat form.',
    'const miawMetaInfo = context.session.BotUserSession.miawMetaInfo || {};',
    'miawMetaInfo.preChatInfo = Object.assign({}, miawMetaInfo.preChatInfo, {',
    ...entries,
    '});',
    'context.session.BotUserSession.miawMetaInfo = miawMetaInfo;',
    '// Once the transfer has begun, and not before, the bot finds the id of the Salesforce conversation in',
    '// context.session.BotUserSession.agentHandoffMeta.conversationId',
    '// It is the id that sf-handoff test-chat prints: use it in Message, Script and Call Flow nodes to tell which conversation it was.',
    '',
  ].join('\n');
}

/** Values travel as texts; what has no text form is left out, as its finding says. */
function entryOf(name: string, value: unknown): string[] {
  if (!['string', 'number', 'boolean'].includes(typeof value)) return [];
  // Written plainly, this one name would set the prototype.
  const key = name === '__proto__' ? `[${quote(name)}]` : quote(name);
  return [`  ${key}: ${quote(String(value))},`];
}

/** A JavaScript string literal that is also safe inside an HTML script element. */
function quote(text: string): string {
  return JSON.stringify(text).replace(
    /[<>\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
