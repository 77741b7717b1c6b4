import type { Context } from '../context.ts';
import { EXIT, HandoffError } from '../core/errors.ts';
import type { Line } from '../core/line.ts';

/** Lists every check: id, level, channels, title. */
export async function listChecks(options: { readonly format?: string }, context: Context): Promise<number> {
  const { ALL_CHECKS } = await import('../doctor/checks/index.ts');
  if (context.io.json || options.format === 'json') {
    const checks = ALL_CHECKS.map(({ id, title, level, channels, needs = [] }) => ({
      id,
      title,
      level,
      channels,
      needs,
    }));
    await context.io.printJson({ checks }, 'document');
    return EXIT.ok;
  }
  const columns = Math.max(...ALL_CHECKS.map((check) => check.id.length)) + 2;
  const row = (check: (typeof ALL_CHECKS)[number]): Line => [
    `  ${check.id.padEnd(columns)}${check.level.padEnd(9)}`,
    { text: `${check.channels.join(', ').padEnd(17)} `, tone: 'dim' },
    check.title,
  ];
  await context.io.print(ALL_CHECKS.map(row));
  return EXIT.ok;
}

/** Level chat may ring a person: ask first, where somebody is there to ask. */
export async function confirmRinging(context: Context): Promise<void> {
  if (!context.io.interactive) return;
  const prompter = await context.prompter();
  if (await prompter.confirm('This opens a test chat and may ring a real agent. Go on?', false)) return;
  throw new HandoffError('INTERRUPTED', {
    message: 'Nothing was opened',
    hint: 'sf-handoff doctor checks everything short of a chat; --yes opens one without asking',
  });
}
