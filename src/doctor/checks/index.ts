import type { Check } from '../../core/check.ts';
import type { Probe } from '../probe.ts';
import { ADMIN_ONLY_CHECKS, CLIENT_ONLY_CHECKS } from './admin-only.ts';
import { CHAT_CHECKS } from './chat.ts';
import { LIVE_CHAT_CHECKS } from './live-chat.ts';
import { MIAW_CHECKS } from './miaw.ts';
import { NETWORK_CHECKS } from './network.ts';
import { type CheckQuery, type CheckSelection, selectChecks } from './select.ts';
import { VALUE_CHECKS } from './values.ts';

/** Every check there is, in the order in which results are told. */
export const ALL_CHECKS: readonly Check<Probe>[] = [
  ...VALUE_CHECKS,
  ...NETWORK_CHECKS,
  ...LIVE_CHAT_CHECKS,
  ...MIAW_CHECKS,
  ...ADMIN_ONLY_CHECKS,
  ...CHAT_CHECKS,
  ...CLIENT_ONLY_CHECKS,
];

/** What to run for a channel and a level. Throws INVALID_ARGUMENT for an unknown id, or one that the level does not reach. */
export function checksFor(query: CheckQuery): CheckSelection<Probe> {
  return selectChecks(ALL_CHECKS, query);
}
