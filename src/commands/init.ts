import type { ValueOptions } from '../config/load.ts';
import type { Context } from '../context.ts';
import type { HandoffConfig, Validation } from '../core/config.ts';
import { EXIT, HandoffError } from '../core/errors.ts';
import type { Line } from '../core/line.ts';
import { koreForm, valuesReport } from '../ui/values-report.ts';
import { checkService, reportLines } from './init-check.ts';
import { askForValues } from './init-questions.ts';
import { type SaveOptions, saveValues } from './init-save.ts';
import type { TargetOptions } from './options.ts';
import { type Target, withTarget } from './target.ts';
import { run as testChat } from './test-chat.ts';

export type InitOptions = TargetOptions & SaveOptions & { readonly check?: boolean; readonly testChat?: boolean };

/** Takes the values in, checks them here and at the service, saves them, and prints the form for Kore.ai. */
export async function run(options: InitOptions, context: Context): Promise<number> {
  if (options.simulate !== undefined)
    return withTarget(options, context, (target) => proceed(target, options, context));
  return proceed(await collect(options, context), options, context);
}

async function collect(options: InitOptions, context: Context): Promise<Target> {
  if (context.io.interactive && !context.io.json) return askForValues(options, context);
  const { resolveTarget } = await import('./target.ts');
  return resolveTarget(options as ValueOptions, context);
}

async function proceed(target: Target, options: InitOptions, context: Context): Promise<number> {
  const { validation } = target;
  const { io } = context;
  const config = validation.config;
  if (!io.json) await io.print(valuesReport(validation, { width: io.width, unicode: io.unicode, verbose: io.verbose }));
  if (!config || !isUsable(validation)) return refuse(validation, context);
  const service = options.check === false ? undefined : await checkService(target, options, context);
  if (service && !io.json) await io.print(reportLines(service, context));
  if (service && !service.ok && !(await saveAnyway(context))) return notReady(validation, service, context);
  const saved = await saveValues(config, target.given, options, context);
  await announce(validation, config, saved, service?.ok, context);
  return offerTestChat(target, options, context);
}

/** Mended values are fine here: what is saved and shown is the mended form. */
function isUsable(validation: Validation): boolean {
  return validation.values.every((row) => row.value !== null);
}

async function refuse(validation: Validation, context: Context): Promise<number> {
  const row = validation.values.find((value) => value.value === null);
  const finding = row?.findings[0];
  throw new HandoffError('VALUES_INVALID', {
    message: finding?.message ?? 'The values cannot be used together',
    hint: finding?.hint ?? 'sf-handoff validate',
    ...(finding ? { step: finding.step } : {}),
    details: { validation: validation.values, interactive: context.io.interactive },
  });
}

async function saveAnyway(context: Context): Promise<boolean> {
  if (!context.io.interactive) return false;
  return (await context.prompter()).confirm(
    'The service is not ready for these values. Save them all the same?',
    false,
  );
}

async function notReady(validation: Validation, service: object, context: Context): Promise<number> {
  if (context.io.json)
    await context.io.printJson({ ok: false, saved: null, koreForm: validation.koreForm, check: service }, 'document');
  else
    await context.io.print([
      [''],
      ['Nothing was saved. Correct what is marked above, or save without asking the service: --no-check'],
    ]);
  return EXIT.no;
}

async function announce(
  validation: Validation,
  config: HandoffConfig,
  saved: { name: string; path: string },
  ready: boolean | undefined,
  context: Context,
): Promise<void> {
  const { io } = context;
  if (io.json) {
    await io.printJson(
      { ok: ready !== false, saved, channel: config.channel, koreForm: validation.koreForm },
      'document',
    );
    return;
  }
  const tick = io.unicode ? '✔' : '+';
  const next: Line = [
    'Then publish the bot. Next: ',
    { text: `sf-handoff test-chat --profile ${saved.name}`, tone: 'accent' },
  ];
  await io.print([
    [''],
    [{ text: `${tick} `, tone: 'ok' }, `saved as ${saved.name} in ${saved.path}`],
    ...koreForm(validation),
    [''],
    next,
  ]);
}

async function offerTestChat(target: Target, options: InitOptions, context: Context): Promise<number> {
  if (!context.io.interactive || context.io.json || options.testChat === false) return EXIT.ok;
  const question =
    options.simulate === undefined
      ? 'Open a test chat now? It rings a real agent.'
      : 'Open a test chat with the simulator now?';
  if (!(await (await context.prompter()).confirm(question, false))) return EXIT.ok;
  const config = target.validation.config;
  if (!config) return EXIT.ok;
  const { preChat: _, ...values } = config;
  return testChat({ ...networkOf(options), ...values }, context);
}

function networkOf(options: InitOptions) {
  return {
    ...(options.timeout === undefined ? {} : { timeout: options.timeout }),
    ...(options.caFile === undefined ? {} : { caFile: options.caFile }),
    ...(options.resolve ? { resolve: options.resolve } : {}),
    ...(options.connectTo ? { connectTo: options.connectTo } : {}),
  };
}
