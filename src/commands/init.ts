import type { Context } from '../context.ts';
import type { Validation } from '../core/config.ts';
import { EXIT, HandoffError } from '../core/errors.ts';
import { Pasted } from '../ui/questions.ts';
import { valuesReport } from '../ui/values-report.ts';
import { checkService, reportLines } from './init-check.ts';
import type { Draft } from './init-draft.ts';
import { announce, offerTestChat } from './init-end.ts';
import { absorb } from './init-paste.ts';
import { begin, finish } from './init-questions.ts';
import { type Saved, saveValues } from './init-save.ts';
import type { InitOptions, Talk } from './init-talk.ts';
import { withPreChatFlags } from './pre-chat.ts';
import { resolveTarget, type Target, withTarget } from './target.ts';

/** Takes the values in, checks them here and at the service, saves them, and prints the form for Kore.ai. */
export async function run(options: InitOptions, context: Context): Promise<number> {
  if (options.simulate !== undefined)
    return withTarget(options, context, (target) => unattended(target, options, context));
  if (context.io.interactive && !context.io.json) return converse(options, context);
  return unattended(await resolveTarget(options, context), options, context);
}

/** With a person: every question can be gone back to until the values are saved. */
async function converse(options: InitOptions, context: Context): Promise<number> {
  const talk: Talk = { options, context, prompter: await context.prompter(), told: new Set() };
  const { name, editing, draft: begun } = await begin(talk);
  const settings = editing === undefined ? options : { ...options, editing };
  let draft: Draft = begun;
  for (;;) {
    const finished = await finish(draft, talk);
    draft = finished.draft;
    const target: Target = { name, ...finished.target };
    const next = await askService(target, talk);
    if (next === 'leave') return EXIT.no;
    if (next === 'back') continue;
    const { config } = target.validation;
    const saved = config
      ? await saveValues(config, target.given, settings, context)
      : refuse(target.validation, context);
    if (saved instanceof Pasted) {
      draft = await absorb(draft, saved.text, talk);
      continue;
    }
    await announce(target.validation, saved, true, context);
    return offerTestChat(target, options, context);
  }
}

type Next = 'save' | 'back' | 'leave';

/** Asks the service, and what to do where it is not ready. */
async function askService(target: Target, { options, context, prompter }: Talk): Promise<Next> {
  for (;;) {
    if (options.check === false) return 'save';
    const service = await checkService(target, options, context);
    await context.io.print(reportLines(service, context));
    if (service.ok) return 'save';
    if (options.yes) return 'leave';
    const next = await prompter.select<Next | 'again'>('The service is not ready for these values. What now?', [
      { value: 'back', name: 'Go back and correct a value' },
      { value: 'again', name: 'Ask the service again', hint: 'a fresh publish can take ten minutes' },
      { value: 'save', name: 'Save them all the same' },
      { value: 'leave', name: 'Leave without saving' },
    ]);
    if (next !== 'again') return next;
  }
}

/** With nobody to ask, or against the simulator: what was given is all there is. */
async function unattended(target: Target, options: InitOptions, context: Context): Promise<number> {
  const { validation } = target;
  const { io } = context;
  if (!io.json) await io.print(valuesReport(validation, { width: io.width, unicode: io.unicode, verbose: io.verbose }));
  const { config } = validation;
  if (!config) return refuse(validation, context);
  const given = await withPreChatFlags(target.given, options, context);
  const service = options.check === false ? undefined : await checkService(target, options, context);
  if (service && !io.json) await io.print(reportLines(service, context));
  if (service && !service.ok) return notReady(validation, service, context);
  const editing = options.profile ?? (context.env.SF_HANDOFF_PROFILE || undefined);
  const saved = await saveValues(config, given, editing === undefined ? options : { ...options, editing }, context);
  if (saved instanceof Pasted) return EXIT.no;
  await announce(validation, saved, service?.ok, context);
  return offerTestChat(target, options, context);
}

function refuse(validation: Validation, context: Context): never {
  const row = validation.values.find((value) => value.value === null);
  const finding = row?.findings[0];
  throw new HandoffError('VALUES_INVALID', {
    message: finding?.message ?? 'The values cannot be used together',
    hint: finding?.hint ?? 'sf-handoff validate',
    ...(finding ? { step: finding.step } : {}),
    details: { validation: validation.values, interactive: context.io.interactive },
  });
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

export type { InitOptions, Saved };
