import { HandoffError } from '../core/errors.ts';

const SUGGESTIONS = 3;

/** The entry of that name, or INVALID_ARGUMENT that lists the nearest names; `what` is the word for an entry. */
export function findNamed<T extends { readonly name: string }>(table: readonly T[], name: string, what: string): T {
  const found = table.find((entry) => entry.name === name);
  if (found) return found;
  const near = nearest(
    table.map((entry) => entry.name),
    name,
  );
  throw new HandoffError('INVALID_ARGUMENT', {
    message: `There is no ${what} “${name}”; the nearest are ${near.join(', ')}`,
    hint: 'sf-handoff simulate --list',
    details: { name, nearest: near },
  });
}

function nearest(names: readonly string[], wanted: string): readonly string[] {
  return names
    .map((name) => ({ name, distance: distance(name, wanted) }))
    .sort((a, b) => a.distance - b.distance || a.name.localeCompare(b.name))
    .slice(0, SUGGESTIONS)
    .map((entry) => entry.name);
}

/** Insertions, deletions and substitutions; what is only a part of the name counts as near. */
function distance(name: string, wanted: string): number {
  if (wanted.length > 2 && name.includes(wanted)) return 0;
  let row = Array.from({ length: wanted.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...name].entries()) {
    const next = [i + 1];
    for (let j = 1; j <= wanted.length; j++) {
      const swap = (row[j - 1] ?? 0) + (wanted[j - 1] === letter ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
