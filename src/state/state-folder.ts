import { homedir } from 'node:os';
import { join } from 'node:path';

type Env = Readonly<Record<string, string | undefined>>;

/** Where this user's state is kept: SF_HANDOFF_STATE_DIR, else `sf-handoff` in XDG_STATE_HOME or in ~/.local/state. */
export function stateFolder(env: Env): string {
  if (env.SF_HANDOFF_STATE_DIR) return env.SF_HANDOFF_STATE_DIR;
  const base = env.XDG_STATE_HOME || join(env.HOME || homedir(), '.local', 'state');
  return join(base, 'sf-handoff');
}
