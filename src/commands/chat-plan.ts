import { parseExpectation } from '../chat/expectations.ts';
import type { ChatPlan, PlannedFile } from '../chat/run-chat.ts';
import { longestMs, parseScript, type ScriptStep } from '../chat/script.ts';
import type { Context } from '../context.ts';
import { HandoffError } from '../core/errors.ts';
import type { Channel } from '../core/events.ts';
import { readChatFile } from './chat-files.ts';
import { readText } from './options.ts';

/** The flags that say what a chat is to do. */
export interface PlanFlags {
  readonly message?: readonly string[];
  readonly expect?: readonly string[];
  readonly within?: number;
  readonly to?: 'agent' | 'anyone';
  readonly script?: string;
  readonly file?: readonly string[];
}

const DEFAULT_WITHIN_MS = 60_000;

/** What the flags say, with every file read and every word understood, before anything is opened. */
export async function planChat(flags: PlanFlags, context: Context): Promise<ChatPlan> {
  const steps = await stepsOf(flags, context);
  const expected = (flags.expect ?? []).map(parseExpectation);
  requireTexts(flags.message ?? []);
  const isPerson = isForPerson(flags, context);
  const files = await Promise.all(pathsOf(flags, steps).map((path) => readChatFile(path, context)));
  return {
    messages: flags.message ?? [],
    expectations: expected.length > 0 || isPerson || steps ? expected : [parseExpectation('joined')],
    withinMs: flags.within ?? (steps ? longestMs(steps) : DEFAULT_WITHIN_MS),
    // The order of a script says whom each step is for.
    to: flags.to ?? (steps ? 'anyone' : 'agent'),
    ...(steps ? { script: steps } : {}),
    ...(files.length > 0 ? { files: files satisfies readonly PlannedFile[] } : {}),
  };
}

/** Throws INVALID_ARGUMENT for what a chat of this channel never has, before anybody waits for it. */
export function refuseForeign({ expectations, script = [] }: ChatPlan, channel: Channel): void {
  if (channel !== 'live-chat') return;
  const wanted = [...expectations, ...script.flatMap((step) => (step.do === 'expect' ? [step.expectation] : []))];
  const receipt = wanted.find(({ text }) => text.startsWith('receipt:'));
  if (receipt) throw foreign(receipt.text);
  if (script.some((step) => step.do === 'form')) throw foreign('a form');
}

function foreign(what: string): HandoffError {
  return new HandoffError('INVALID_ARGUMENT', {
    message: `Live Chat has no such thing as ${what}`,
    hint: 'leave it out, or run the chat over MIAW: --channel miaw',
  });
}

/** Nothing is scripted, and somebody is at the terminal. */
export function isForPerson(flags: PlanFlags, { io }: Pick<Context, 'io'>): boolean {
  return io.interactive && !io.json && !flags.message && !flags.expect && flags.script === undefined && !flags.file;
}

function requireTexts(messages: readonly string[]): void {
  if (messages.every((text) => text.trim() !== '')) return;
  throw new HandoffError('INVALID_ARGUMENT', {
    message: 'A --message without a text cannot be sent',
    hint: 'write it as --message "Hello"',
  });
}

async function stepsOf(flags: PlanFlags, context: Context): Promise<readonly ScriptStep[] | undefined> {
  if (flags.script === undefined) return undefined;
  if (flags.message || flags.file) {
    throw new HandoffError('INVALID_ARGUMENT', {
      message: `--script says already what is sent, beside it there is no ${flags.message ? '--message' : '--file'}`,
      hint: 'put it into the script: { "send": "Hello" } or { "file": "photo.png" }',
    });
  }
  return parseScript(await readText(flags.script, context), flags.script);
}

function pathsOf(flags: PlanFlags, steps: readonly ScriptStep[] | undefined): readonly string[] {
  return flags.file ?? [...new Set((steps ?? []).flatMap((step) => (step.do === 'file' ? [step.path] : [])))];
}
