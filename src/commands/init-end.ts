import type { Context } from '../context.ts';
import type { Validation } from '../core/config.ts';
import { EXIT } from '../core/errors.ts';
import type { Line } from '../core/line.ts';
import { shellWord } from '../core/shell-word.ts';
import { koreForm } from '../ui/values-report.ts';
import type { Saved } from './init-save.ts';
import { whatIsLeft } from './init-steps.ts';
import type { InitOptions } from './init-talk.ts';
import type { Target } from './target.ts';

/** Says what was saved, and gives the form for Kore.ai with the steps that are left. */
export async function announce(
  validation: Validation,
  saved: Saved,
  ready: boolean | undefined,
  context: Context,
): Promise<void> {
  const { io } = context;
  const { channel } = validation;
  if (io.json) {
    await io.printJson({ ok: ready !== false, saved, channel, koreForm: validation.koreForm }, 'document');
    return;
  }
  const tick = io.unicode ? '✔' : '+';
  const next: Line = ['Next: ', { text: `sf-handoff test-chat --profile ${shellWord(saved.name)}`, tone: 'accent' }];
  await io.print([
    [''],
    [{ text: `${tick} `, tone: 'ok' }, `saved as ${saved.name} in ${saved.path}`],
    ...koreForm(validation, io.width),
    ...whatIsLeft(channel, context),
    [''],
    next,
  ]);
}

/** A test chat right away, where somebody is there and wants it. */
export async function offerTestChat(target: Target, options: InitOptions, context: Context): Promise<number> {
  const { config } = target.validation;
  if (!config || !context.io.interactive || context.io.json || options.testChat === false) return EXIT.ok;
  const whose = options.simulate === undefined ? 'It rings a real agent.' : 'The simulator answers it.';
  const isWanted =
    options.testChat ?? (await (await context.prompter()).confirm(`Open a test chat now? ${whose}`, false));
  if (!isWanted) return EXIT.ok;
  const { run: testChat } = await import('./test-chat.ts');
  const { preChat: _, ...values } = config;
  return testChat({ ...networkOf(options), ...values, ownSimulator: options.simulate !== undefined }, context);
}

function networkOf(options: InitOptions) {
  return {
    ...(options.timeout === undefined ? {} : { timeout: options.timeout }),
    ...(options.caFile === undefined ? {} : { caFile: options.caFile }),
    ...(options.resolve ? { resolve: options.resolve } : {}),
    ...(options.connectTo ? { connectTo: options.connectTo } : {}),
  };
}
