import type { Context } from '../context.ts';
import { EXIT, HandoffError } from '../core/errors.ts';
import { GUIDE_STEPS } from '../core/guide-step.ts';
import { nearest } from '../core/nearest.ts';
import { guideFor } from '../guide/find.ts';
import { guideLines } from '../ui/guide-pages.ts';

/** Prints the whole guide, one track, or one step. */
export async function run(options: { readonly args: readonly string[] }, context: Context): Promise<number> {
  const [topic] = options.args;
  const entries = guideFor(topic);
  if (!entries) throw unknownTopic(topic ?? '');
  const { io } = context;
  if (io.json) await io.printJson({ steps: entries }, 'document');
  else
    await io.print(
      guideLines(entries, { width: Math.min(io.width, 100), unicode: io.unicode, overview: topic === undefined }),
    );
  return EXIT.ok;
}

function unknownTopic(topic: string): HandoffError {
  const near = nearest(topic, ['live-chat', 'miaw', 'metadata', ...GUIDE_STEPS]);
  return new HandoffError('INVALID_ARGUMENT', {
    message: `The guide has no “${topic}”`,
    hint: near ? `did you mean ${near}?` : 'sf-handoff guide shows every step',
  });
}
