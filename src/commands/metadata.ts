import type { ValueOptions } from '../config/load.ts';
import type { Context } from '../context.ts';
import { EXIT, HandoffError } from '../core/errors.ts';
import { checkPreChat } from '../values/pre-chat.ts';
import { resolveTarget } from './target.ts';

/** Prints the Script-node code for the profile's pre-chat values; 1 where one of them cannot be passed. */
export async function run(options: ValueOptions, context: Context): Promise<number> {
  const { given } = await resolveTarget(options, context);
  const preChat = given.preChat;
  if (!preChat || Object.keys(preChat).length === 0) {
    throw new HandoffError('MISSING_VALUE', {
      message: 'The profile has no preChat values',
      hint: 'add "preChat": { "City": "Hyderabad" } to the profile in sf-handoff.json',
      step: 'metadata.1',
    });
  }
  const findings = checkPreChat(preChat);
  const script = scriptNode(preChat);
  if (context.io.json) await context.io.printJson({ script, preChat, findings }, 'document');
  else {
    for (const finding of findings)
      await context.io.complain([[`! ${finding.message}`], [`  ${finding.hint}   ${finding.code}`]]);
    await context.io.printText(script);
  }
  return findings.some((finding) => finding.severity === 'fail') ? EXIT.no : EXIT.ok;
}

/** JavaScript for a Script node before the Agent Transfer node. Merges, so that nothing set earlier is lost. */
function scriptNode(preChat: Readonly<Record<string, unknown>>): string {
  const entries = Object.entries(preChat).map(([name, value]) => `  ${quote(name)}: ${quote(String(value))},`);
  return [
    '// Put this into a Script node before the Agent Transfer node.',
    '// Each name must be the Channel Variable Name of a custom parameter, exact to the capital, and stand in the published pre-chat form.',
    'const miawMetaInfo = context.session.BotUserSession.miawMetaInfo || {};',
    'miawMetaInfo.preChatInfo = Object.assign({}, miawMetaInfo.preChatInfo, {',
    ...entries,
    '});',
    'context.session.BotUserSession.miawMetaInfo = miawMetaInfo;',
    '// During the handoff the bot finds the Salesforce conversation id in',
    '// context.session.BotUserSession.agentHandoffMeta.conversationId',
    '',
  ].join('\n');
}

/** A JavaScript string literal that is also safe inside an HTML script element. */
function quote(text: string): string {
  return JSON.stringify(text).replace(
    /[<>\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
