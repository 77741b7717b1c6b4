import type { Context } from '../context.ts';
import type { Finding, GivenValues } from '../core/config.ts';
import { HandoffError } from '../core/errors.ts';
import type { TransportDeps } from '../core/session.ts';
import { checkPreChat, compareWithForm } from '../values/pre-chat.ts';
import { readText } from './options.ts';

export interface PreChatFlags {
  readonly preChat?: readonly string[];
  readonly preChatFile?: string;
}

/** The profile's pre-chat values, with those of the file and then the flags laid over them. Throws where one cannot be sent. */
export async function preChatValues(
  flags: PreChatFlags,
  fromProfile: Readonly<Record<string, unknown>> | undefined,
  context: Context,
): Promise<Readonly<Record<string, string>>> {
  const fromFile =
    flags.preChatFile === undefined ? {} : parseFile(await readText(flags.preChatFile, context), flags.preChatFile);
  const values = { ...fromProfile, ...fromFile, ...Object.fromEntries((flags.preChat ?? []).map(parsePair)) };
  const broken = checkPreChat(values).find((finding) => finding.severity === 'fail');
  if (broken)
    throw new HandoffError('VALUES_INVALID', { message: broken.message, hint: broken.hint, step: broken.step });
  return values as Record<string, string>;
}

/**
 * The comparison with the published form, which stops the chat before it is opened; what it lets pass goes to `warn`. Where no
 * values are given at all nothing is known to be missing, for a bot may pass on what this test does not.
 */
export function formCheck(
  warn: (findings: readonly Finding[]) => Promise<void>,
): NonNullable<TransportDeps['beforeOpen']> {
  return async (form, values) => {
    const findings = compareWithForm(values, form);
    const broken = findings.find((finding) => finding.severity === 'fail');
    if (broken && Object.keys(values).length > 0) {
      const { message, hint, step } = broken;
      throw new HandoffError('PRE_CHAT_REJECTED', { message, hint, step, details: { finding: broken.code } });
    }
    if (findings.length > 0) await warn(findings);
  };
}

/** The given values with the pre-chat values of the flags laid over them; without such flags nothing is judged here. */
export async function withPreChatFlags(
  given: GivenValues,
  flags: PreChatFlags,
  context: Context,
): Promise<GivenValues> {
  if (flags.preChat === undefined && flags.preChatFile === undefined) return given;
  return { ...given, preChat: await preChatValues(flags, given.preChat, context) };
}

function parsePair(text: string): [string, string] {
  const at = text.indexOf('=');
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
  throw new HandoffError('INVALID_ARGUMENT', {
    message: `“${text}” is not a pre-chat value`,
    hint: 'write it as --pre-chat City=Hyderabad',
  });
}

function parseFile(text: string, path: string): Record<string, unknown> {
  try {
    const content: unknown = JSON.parse(text);
    if (typeof content === 'object' && content !== null && !Array.isArray(content))
      return content as Record<string, unknown>;
  } catch (error) {
    throw new HandoffError('CONFIG_INVALID', {
      message: `${path} is not valid JSON`,
      hint: 'write it as { "City": "Hyderabad" }',
      cause: error,
    });
  }
  throw new HandoffError('CONFIG_INVALID', {
    message: `${path} holds no JSON object`,
    hint: 'write it as { "City": "Hyderabad" }',
  });
}
