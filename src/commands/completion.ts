import type { Context } from '../context.ts';
import { EXIT, HandoffError } from '../core/errors.ts';
import { completionScript, SHELLS } from './completion-scripts.ts';
import { suggest } from './completion-words.ts';
import { profilePlaces } from './profile-files.ts';

/** Prints the completion script of a shell. It asks `sf-handoff complete` for the words when Tab is pressed. */
export async function run(options: { readonly args: readonly string[] }, context: Context): Promise<number> {
  const [given = ''] = options.args;
  const shell = SHELLS.find((known) => known === given);
  if (!shell) {
    throw new HandoffError('INVALID_ARGUMENT', {
      message: `There is no completion for “${given}”`,
      hint: `use one of ${SHELLS.join(', ')}`,
    });
  }
  const script = completionScript(shell);
  if (context.io.json) await context.io.printJson({ shell, script }, 'document');
  else await context.io.printText(script);
  return EXIT.ok;
}

/** Answers the completion script: the words that may stand last after `--`, each with its meaning, then whether file names fit. */
export async function complete(words: readonly string[], context: Context): Promise<number> {
  const typed = words[0] === '--' ? words.slice(1) : words;
  const { suggestions, files } = await suggest(typed.length > 0 ? typed : [''], (kind) => namesOf(kind, context)).catch(
    () => ({ suggestions: [], files: false }),
  );
  const lines = suggestions.map(({ value, text }) => `${value}\t${text}\n`);
  await context.io.printText(`${lines.join('')}:${files ? 0 : 4}\n`);
  return EXIT.ok;
}

/** Names that the command line's own description does not hold; read only when they are asked for. */
async function namesOf(kind: string, context: Context): Promise<readonly string[]> {
  switch (kind) {
    case 'profile': {
      const places = await profilePlaces({}, context);
      return [...new Set(places.flatMap(({ file }) => Object.keys(file.profiles)))].sort();
    }
    case 'check':
      return (await import('../doctor/checks/index.ts')).ALL_CHECKS.map(({ id }) => id);
    case 'scenario':
      return (await import('../simulator/scenarios.ts')).SCENARIOS.map(({ name }) => name);
    case 'fault':
      return (await import('../simulator/faults.ts')).FAULTS.map(({ name }) => name);
    case 'cause':
      return (await import('../doctor/causes.ts')).allCauses();
    case 'topic':
      return (await import('../guide/find.ts')).guideTopics();
    default:
      return [];
  }
}
