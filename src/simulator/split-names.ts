import { FAULTS } from './faults.ts';
import { findNamed } from './find-named.ts';
import { SCENARIOS } from './scenarios.ts';

/** `transfer`, `unpublished` or `transfer,drop-stream`: at most one scenario and any faults. Throws INVALID_ARGUMENT for a name that is neither. */
export function splitNames(text: string): { scenario?: string; faults: readonly string[] } {
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  const known = [...SCENARIOS, ...FAULTS];
  for (const name of names) findNamed(known, name, 'scenario or fault');
  const scenario = names.find((name) => SCENARIOS.some((entry) => entry.name === name));
  const faults = names.filter((name) => name !== scenario);
  return scenario === undefined ? { faults } : { scenario, faults };
}
