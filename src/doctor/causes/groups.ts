import { ADDRESS_CAUSES } from './addresses.ts';
import type { CauseGroup } from './cause.ts';
import { CHAT_CAUSES } from './chat.ts';
import { ID_CAUSES } from './ids.ts';
import { LIVE_AGENT_URL_CAUSES } from './live-agent-url.ts';
import { NAME_CAUSES } from './names.ts';
import { NETWORK_CAUSES } from './network.ts';
import { PRE_CHAT_CAUSES } from './pre-chat.ts';
import { PROGRAM_CAUSES } from './program.ts';
import { SERVICE_CAUSES } from './service.ts';

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
