import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Context } from '../context.ts';
import { EXIT, HandoffError } from '../core/errors.ts';
import { nearest } from '../core/nearest.ts';
import { allCauses, CAUSE_GROUPS, explanationOf } from '../doctor/causes.ts';
import { type CauseView, causeLines, causesMarkdown } from '../ui/cause-pages.ts';
import { ensureWritable } from './options.ts';

interface ExplainOptions {
  readonly explain?: string;
  readonly format?: string;
  readonly output?: string;
}

/** Explains one cause, or with `all` every one; as Markdown that is the page of the documentation. */
export async function explain(options: ExplainOptions, context: Context): Promise<number> {
  const { io } = context;
  const causes = wanted(options.explain ?? '');
  if (options.format === 'markdown') await printPage(options.output, context);
  else if (io.json || options.format === 'json') await io.printJson({ causes }, 'document');
  else {
    const width = Math.min(io.width, 100);
    await io.print(causes.flatMap((cause, index) => [...(index > 0 ? [['']] : []), ...causeLines(cause, { width })]));
  }
  return EXIT.ok;
}

function wanted(name: string): readonly CauseView[] {
  if (name.toLowerCase() === 'all') return GROUPS.flatMap(({ causes }) => causes);
  const code = name.trim().toUpperCase().replaceAll('-', '_');
  const cause = explanationOf(code);
  if (cause) return [{ code, ...cause }];
  const near = nearest(code, allCauses());
  throw new HandoffError('INVALID_ARGUMENT', {
    message: `There is no cause “${name}”${near ? `; “${near}” comes close` : ''}`,
    hint: near ? `sf-handoff doctor --explain ${near}` : 'sf-handoff doctor --explain all',
  });
}

const GROUPS = CAUSE_GROUPS.map(({ title, causes }) => ({
  title,
  causes: Object.entries(causes).map(([code, cause]): CauseView => ({ code, ...cause })),
}));

async function printPage(output: string | undefined, context: Context): Promise<void> {
  const page = causesMarkdown(GROUPS);
  if (output === undefined) return context.io.printText(page);
  await ensureWritable(output, context);
  await writeFile(resolve(context.cwd, output), page);
}
