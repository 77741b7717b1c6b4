import type { Cause } from './causes/cause.ts';
import { CAUSE_GROUPS } from './causes/groups.ts';

export type { Cause, CauseGroup } from './causes/cause.ts';
export { CAUSE_GROUPS } from './causes/groups.ts';

export function explanationOf(code: string): Cause | undefined {
  return CAUSE_GROUPS.flatMap(({ causes }) => (Object.hasOwn(causes, code) ? causes[code] : undefined)).find(Boolean);
}

export function allCauses(): readonly string[] {
  return CAUSE_GROUPS.flatMap(({ causes }) => Object.keys(causes));
}
