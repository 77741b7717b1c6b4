import { CHAT_SCENARIOS } from './chat-scenarios.ts';
import { findNamed } from './find-named.ts';
import type { Scenario } from './model.ts';
import { ROUTING_SCENARIOS } from './routing-scenarios.ts';
import { STRESS_SCENARIOS } from './stress-scenarios.ts';

export const DEFAULT_SCENARIO = 'happy-path';

/** Every scenario, in the order in which lists show them. */
export const SCENARIOS: readonly Scenario[] = [...CHAT_SCENARIOS, ...ROUTING_SCENARIOS, ...STRESS_SCENARIOS];

/** Throws INVALID_ARGUMENT with the nearest names. */
export function findScenario(name: string): Scenario {
  return findNamed(SCENARIOS, name, 'scenario');
}
