import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Where this user's state is kept: SF_HANDOFF_STATE_DIR, else `sf-handoff` in XDG_STATE_HOME, else where the system keeps what
 * belongs to a user and to this machine alone.
 */
export function stateFolder(env: Env, platform: NodeJS.Platform): string {
  if (env.SF_HANDOFF_STATE_DIR) return env.SF_HANDOFF_STATE_DIR;
  if (platform === 'win32') {
    const local = env.LOCALAPPDATA || win32.join(env.USERPROFILE || homedir(), 'AppData', 'Local');
    return env.XDG_STATE_HOME ? win32.join(env.XDG_STATE_HOME, 'sf-handoff') : win32.join(local, 'sf-handoff', 'State');
  }
  const home = env.HOME || homedir();
  const usual = platform === 'darwin' ? ['Library', 'Application Support'] : ['.local', 'state'];
  return posix.join(env.XDG_STATE_HOME || posix.join(home, ...usual), 'sf-handoff');
}
