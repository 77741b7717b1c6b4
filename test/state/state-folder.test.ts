import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';
import { expect, test } from 'vitest';
import { stateFolder } from '../../src/state/state-folder.ts';

test.each<[NodeJS.Platform, Record<string, string>, string]>([
  ['linux', { HOME: '/home/ada' }, '/home/ada/.local/state/sf-handoff'],
  ['linux', { HOME: '/home/ada', XDG_STATE_HOME: '/state' }, '/state/sf-handoff'],
  ['darwin', { HOME: '/Users/ada' }, '/Users/ada/Library/Application Support/sf-handoff'],
  ['darwin', { HOME: '/Users/ada', XDG_STATE_HOME: '/state' }, '/state/sf-handoff'],
  ['win32', { LOCALAPPDATA: 'D:\\local', USERPROFILE: 'C:\\Users\\ada' }, 'D:\\local\\sf-handoff\\State'],
  [
    'win32',
    { USERPROFILE: 'C:\\Users\\ada', HOME: '/c/Users/ada' },
    'C:\\Users\\ada\\AppData\\Local\\sf-handoff\\State',
  ],
  ['win32', { LOCALAPPDATA: 'D:\\local', XDG_STATE_HOME: 'E:\\state' }, 'E:\\state\\sf-handoff'],
  ['win32', { LOCALAPPDATA: 'D:\\local', SF_HANDOFF_STATE_DIR: 'E:\\mine' }, 'E:\\mine'],
  ['darwin', { HOME: '/Users/ada', SF_HANDOFF_STATE_DIR: '/mine' }, '/mine'],
])('on %s with %o state is kept in %s', (platform, env, folder) => {
  expect(stateFolder(env, platform)).toBe(folder);
});

test('without any of these variables the home is what the system says', () => {
  expect(stateFolder({}, 'linux')).toBe(posix.join(homedir(), '.local/state/sf-handoff'));
  expect(stateFolder({}, 'win32')).toBe(win32.join(homedir(), 'AppData\\Local\\sf-handoff\\State'));
});
