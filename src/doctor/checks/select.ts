import type { Check, CheckLevel } from '../../core/check.ts';
import { HandoffError } from '../../core/errors.ts';
import type { Channel } from '../../core/events.ts';
import { nearest } from '../../core/nearest.ts';

/** `only` and `skip` hold ids or whole areas (`network`). */
export interface CheckQuery {
  readonly channel: Channel;
  readonly level: CheckLevel;
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
}

/** `checks` also holds those that others need; `reported` the ids that were asked for. */
export interface CheckSelection<P> {
  readonly checks: readonly Check<P>[];
  readonly reported: ReadonlySet<string>;
}

const LEVELS: readonly CheckLevel[] = ['offline', 'service', 'chat'];

/** Those of `all` that a query asks for. Throws INVALID_ARGUMENT for an unknown id, or one that the level does not reach. */
export function selectChecks<P>(all: readonly Check<P>[], query: CheckQuery): CheckSelection<P> {
  const known = all.map((check) => check.id);
  const skip = idsOf(query.skip ?? [], known);
  const only = idsOf(query.only ?? [], known);
  const possible = all.filter((check) => check.channels.includes(query.channel) && !skip.has(check.id));
  const reached = possible.filter((check) => LEVELS.indexOf(check.level) <= LEVELS.indexOf(query.level));
  if (only.size === 0) return { checks: reached, reported: new Set(reached.map((check) => check.id)) };
  const asked = possible.filter((check) => only.has(check.id));
  const tooFar = asked.find((check) => !reached.includes(check) && query.only?.includes(check.id));
  if (tooFar) throw beyondLevel(tooFar);
  const reported = new Set(asked.filter((check) => reached.includes(check)).map((check) => check.id));
  const needed = withNeeds(reported, reached);
  return { checks: reached.filter((check) => needed.has(check.id)), reported };
}

function idsOf(words: readonly string[], known: readonly string[]): ReadonlySet<string> {
  return new Set(words.flatMap((word) => idsNamed(word, known)));
}

function idsNamed(word: string, ids: readonly string[]): readonly string[] {
  const named = ids.filter((id) => id === word || id.startsWith(`${word}.`));
  if (named.length > 0) return named;
  const areas = new Set(ids.map((id) => id.split('.', 1).join('')));
  const close = nearest(word, [...ids, ...areas]);
  throw new HandoffError('INVALID_ARGUMENT', {
    message: `There is no check “${word}”${close ? `; “${close}” comes close` : ''}`,
    hint: 'sf-handoff doctor --list',
  });
}

function beyondLevel(check: Pick<Check<never>, 'id' | 'level'>): HandoffError {
  return new HandoffError('INVALID_ARGUMENT', {
    message: `The check ${check.id} belongs to level ${check.level}`,
    hint: `sf-handoff doctor --level ${check.level} --only ${check.id}`,
  });
}

/** The ids and, to any depth, what they need. A need is always declared earlier, so one pass from the end is enough. */
function withNeeds(
  ids: ReadonlySet<string>,
  checks: readonly Pick<Check<never>, 'id' | 'needs'>[],
): ReadonlySet<string> {
  const needed = new Set(ids);
  for (const check of checks.toReversed()) {
    if (needed.has(check.id)) for (const need of check.needs ?? []) needed.add(need);
  }
  return needed;
}
