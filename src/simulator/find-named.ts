import { HandoffError } from '../core/errors.ts';
import { nearest } from '../core/nearest.ts';

const MOST_SUGGESTIONS = 3;
const SHORTEST_PART = 3;

/** The entry of that name, or INVALID_ARGUMENT that lists the names near it; `what` is the word for an entry. */
export function findNamed<T extends { readonly name: string }>(table: readonly T[], name: string, what: string): T {
  const found = table.find((entry) => entry.name === name);
  if (found) return found;
  const names = [...new Set(table.map((entry) => entry.name))];
  const near = nearNames(names, name);
  const meant = near.length === 0 ? '' : `; did you mean ${near.join(', ')}?`;
  throw new HandoffError('INVALID_ARGUMENT', {
    message: `There is no ${what} “${name}”${meant}`,
    hint: 'sf-handoff simulate --list',
    details: { name, nearest: near },
  });
}

/** Names that hold what was written, else the one that it may be a slip of the finger for. */
function nearNames(names: readonly string[], wanted: string): readonly string[] {
  const holding = wanted.length >= SHORTEST_PART ? names.filter((name) => name.includes(wanted)) : [];
  if (holding.length > 0) return holding.slice(0, MOST_SUGGESTIONS);
  const slip = nearest(wanted, names);
  return slip === undefined ? [] : [slip];
}
