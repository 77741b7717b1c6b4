import { ADDRESS_CAUSES } from './causes/addresses.ts';
import type { Cause, CauseGroup } from './causes/cause.ts';
import { CHAT_CAUSES } from './causes/chat.ts';
import { ID_CAUSES } from './causes/ids.ts';
import { LIVE_AGENT_URL_CAUSES } from './causes/live-agent-url.ts';
import { NAME_CAUSES } from './causes/names.ts';
import { NETWORK_CAUSES } from './causes/network.ts';
import { PRE_CHAT_CAUSES } from './causes/pre-chat.ts';
import { PROGRAM_CAUSES } from './causes/program.ts';
import { SERVICE_CAUSES } from './causes/service.ts';

export type { Cause, CauseGroup } from './causes/cause.ts';

/** Every cause that a check, a finding or an error can name, in the order of the documentation. */
export const CAUSE_GROUPS: readonly CauseGroup[] = [
  { title: 'Service', causes: SERVICE_CAUSES },
  { title: 'Test chat', causes: CHAT_CAUSES },
  { title: 'Network', causes: NETWORK_CAUSES },
  { title: 'Pre-chat values', causes: PRE_CHAT_CAUSES },
  { title: 'Ids', causes: ID_CAUSES },
  { title: 'Addresses', causes: ADDRESS_CAUSES },
  { title: 'Live Agent URL', causes: LIVE_AGENT_URL_CAUSES },
  { title: 'Names, values together, and pastes', causes: NAME_CAUSES },
  { title: 'Command line and files', causes: PROGRAM_CAUSES },
];

export function explanationOf(code: string): Cause | undefined {
  return CAUSE_GROUPS.flatMap(({ causes }) => (Object.hasOwn(causes, code) ? causes[code] : undefined)).find(Boolean);
}

export function allCauses(): readonly string[] {
  return CAUSE_GROUPS.flatMap(({ causes }) => Object.keys(causes));
}
