import { mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openProfiles, type Profiles } from '../../src/config/profiles.ts';
import { systemClock } from '../../src/core/clock.ts';
import { type Folder, makeFolder } from '../support/folder.ts';
import { manualClock } from '../support/manual-clock.ts';
import { WITHOUT_MODES } from '../support/systems.ts';

const MIAW = { channel: 'miaw', orgId: '00D8Z000001kQ7P' } as const;
const LIVE = { channel: 'live-chat', orgId: '00D8Z000001kQ7P', preChat: { City: 'Rome' } } as const;

const open = (folder: Folder): Profiles => openProfiles({ folder: folder.path, clock: systemClock });
const stored = async (profiles: Profiles) => JSON.parse(await readFile(profiles.path, 'utf8'));

describe('saved profiles', () => {
  test('at first there are none', async () => {
    await using folder = await makeFolder();
    expect(open(folder).read()).toEqual({ profiles: {} });
  });

  test('looking at them writes no file', async () => {
    await using folder = await makeFolder();
    open(folder).read();
    expect(await readdir(folder.path)).toEqual([]);
  });

  test('what was saved is read again', async () => {
    await using folder = await makeFolder();
    await open(folder).save('acme', LIVE);
    expect(open(folder).read().profiles).toEqual({ acme: LIVE });
  });

  test('the first one saved is the default', async () => {
    await using folder = await makeFolder();
    const profiles = open(folder);
    await profiles.save('acme', MIAW);
    await profiles.save('other', LIVE);
    expect(profiles.read().default).toBe('acme');
  });

  test('saving again replaces', async () => {
    await using folder = await makeFolder();
    const profiles = open(folder);
    await profiles.save('acme', LIVE);
    await profiles.save('acme', MIAW);
    expect(profiles.read().profiles).toEqual({ acme: MIAW });
  });

  test.skipIf(WITHOUT_MODES)('only the user may read the file', async () => {
    await using folder = await makeFolder();
    const profiles = open(folder);
    await profiles.save('acme', MIAW);
    expect((await stat(profiles.path)).mode & 0o777).toBe(0o600);
  });

  test.skipIf(WITHOUT_MODES)('a file that others could read is closed to them with the next change', async () => {
    await using folder = await makeFolder();
    const profiles = open(folder);
    await writeFile(profiles.path, '{}', { mode: 0o644 });
    await profiles.save('acme', MIAW);
    expect((await stat(profiles.path)).mode & 0o777).toBe(0o600);
  });

  test('the file says in which format it is', async () => {
    await using folder = await makeFolder();
    const profiles = open(folder);
    await profiles.save('acme', MIAW);
    expect(await stored(profiles)).toEqual({ format: 1, default: 'acme', profiles: { acme: MIAW } });
  });

  test('a change leaves nothing but the file behind', async () => {
    await using folder = await makeFolder();
    await open(folder).save('acme', MIAW);
    expect(await readdir(folder.path)).toEqual(['profiles.json']);
  });

  test('the folder is made where it is missing', async () => {
    await using folder = await makeFolder();
    const profiles = openProfiles({ folder: join(folder.path, 'a/b'), clock: systemClock });
    await profiles.save('acme', MIAW);
    expect(await readdir(join(folder.path, 'a/b'))).toEqual(['profiles.json']);
  });

  test.each(['', ' ', 'a b', '../x', '.hidden', '-flag', '__proto__', 'a\nb', 'a/b', 'ä', 'x'.repeat(65)])(
    '“%s” cannot be a name',
    async (name) => {
      await using folder = await makeFolder();
      await expect(open(folder).save(name, MIAW)).rejects.toMatchObject({ code: 'INVALID_ARGUMENT', exitCode: 2 });
    },
  );

  test.each(['a', 'acme-prod', 'acme.eu_1', '7', 'constructor', 'x'.repeat(64)])('“%s” can be one', async (name) => {
    await using folder = await makeFolder();
    const profiles = open(folder);
    await profiles.save(name, MIAW);
    expect(Object.entries(profiles.read().profiles)).toEqual([[name, MIAW]]);
  });
});

describe('changing', () => {
  async function withTwo(folder: Folder): Promise<Profiles> {
    const profiles = open(folder);
    await profiles.save('a', MIAW);
    await profiles.save('b', LIVE);
    return profiles;
  }

  test('another becomes the default', async () => {
    await using folder = await makeFolder();
    const profiles = await withTwo(folder);
    await profiles.use('b');
    expect(profiles.read().default).toBe('b');
  });

  test('one is removed, the others stay', async () => {
    await using folder = await makeFolder();
    const profiles = await withTwo(folder);
    await profiles.remove('b');
    expect(profiles.read()).toEqual({ default: 'a', profiles: { a: MIAW } });
  });

  test('without the default there is none', async () => {
    await using folder = await makeFolder();
    const profiles = await withTwo(folder);
    await profiles.remove('a');
    expect(profiles.read()).toEqual({ profiles: { b: LIVE } });
  });

  test('the default stays the default under its new name', async () => {
    await using folder = await makeFolder();
    const profiles = await withTwo(folder);
    await profiles.rename('a', 'c');
    expect(profiles.read()).toEqual({ default: 'c', profiles: { c: MIAW, b: LIVE } });
  });

  test('a new name does not cover another profile', async () => {
    await using folder = await makeFolder();
    const profiles = await withTwo(folder);
    await expect(profiles.rename('a', 'b')).rejects.toMatchObject({ code: 'PROFILE_EXISTS' });
  });

  test('the same name as before changes nothing', async () => {
    await using folder = await makeFolder();
    const profiles = await withTwo(folder);
    await profiles.rename('a', 'a');
    expect(Object.keys(profiles.read().profiles)).toEqual(['a', 'b']);
  });

  test('a bad new name is refused', async () => {
    await using folder = await makeFolder();
    const profiles = await withTwo(folder);
    await expect(profiles.rename('a', '../x')).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
  });

  test.each<[string, (profiles: Profiles) => Promise<void>]>([
    ['use', (profiles) => profiles.use('c')],
    ['remove', (profiles) => profiles.remove('c')],
    ['rename', (profiles) => profiles.rename('c', 'd')],
  ])('%s of what is not there changes nothing', async (_what, change) => {
    await using folder = await makeFolder();
    const profiles = await withTwo(folder);
    const before = await stored(profiles);
    await expect(change(profiles)).rejects.toMatchObject({ code: 'PROFILE_NOT_FOUND', exitCode: 2 });
    expect(await stored(profiles)).toEqual(before);
  });

  test('after a change that failed the next one works', async () => {
    await using folder = await makeFolder();
    const profiles = await withTwo(folder);
    await profiles.use('c').catch(() => undefined);
    await profiles.use('b');
    expect(profiles.read().default).toBe('b');
  });
});

describe('a file that cannot be used', () => {
  test.each<[string, string, string]>([
    ['broken', '{ nope', 'it is not valid JSON'],
    ['empty', '', 'it is not valid JSON'],
    ['a list', '[]', 'it holds no JSON object'],
    ['of a newer format', '{"format":2,"profiles":{}}', 'a newer sf-handoff wrote it'],
    ['without an object of profiles', '{"format":1,"profiles":[]}', '“profiles” is not an object'],
    ['with a profile that is none', '{"profiles":{"a":5}}', 'profile “a” is not an object'],
    [
      'with a value that is no text',
      '{"profiles":{"a":{"channel":"miaw","orgId":5}}}',
      '“orgId” of profile “a” is not text',
    ],
  ])('because it is %s says so, and what it is called', async (_what, text, why) => {
    await using folder = await makeFolder();
    const path = await folder.write('profiles.json', text);
    expect(() => open(folder).read()).toThrow(
      expect.objectContaining({ code: 'PROFILES_UNREADABLE', exitCode: 2, message: `${path} cannot be used: ${why}` }),
    );
  });

  test('is not written over', async () => {
    await using folder = await makeFolder();
    const path = await folder.write('profiles.json', '{ nope');
    await expect(open(folder).save('acme', MIAW)).rejects.toMatchObject({ code: 'PROFILES_UNREADABLE' });
    expect(await readFile(path, 'utf8')).toBe('{ nope');
  });

  test('can still be named', async () => {
    await using folder = await makeFolder();
    const path = await folder.write('profiles.json', '{ nope');
    expect(open(folder).path).toBe(path);
  });

  test('with a byte order mark can be used', async () => {
    await using folder = await makeFolder();
    await folder.write('profiles.json', `\ufeff${JSON.stringify({ profiles: { a: MIAW } })}`);
    expect(open(folder).read().profiles).toEqual({ a: MIAW });
  });

  test('whose default is not there can be mended', async () => {
    await using folder = await makeFolder();
    await folder.write('profiles.json', { default: 'gone', profiles: { a: MIAW } });
    const profiles = open(folder);
    await profiles.use('a');
    expect(profiles.read().default).toBe('a');
  });

  test('because its folder is a file is said in plain words', async () => {
    await using folder = await makeFolder();
    const file = await folder.write('file', '');
    expect(() => openProfiles({ folder: file, clock: systemClock })).toThrow(
      expect.objectContaining({ code: 'PROFILES_UNREADABLE', hint: expect.stringContaining('SF_HANDOFF_CONFIG_DIR') }),
    );
  });
});

describe('several at once', () => {
  test('no change of another is lost', async () => {
    await using folder = await makeFolder();
    const [one, two] = [open(folder), open(folder)];
    const names = Array.from({ length: 20 }, (_, index) => `p${index}`);
    await Promise.all(names.map((name, index) => (index % 2 ? one : two).save(name, MIAW)));
    expect(Object.keys(open(folder).read().profiles).sort()).toEqual([...names].sort());
  });

  test('a lock left behind long ago is taken over', async () => {
    await using folder = await makeFolder();
    const profiles = open(folder);
    const lock = `${profiles.path}.lock`;
    await mkdir(lock);
    const longAgo = new Date(Date.now() - 60_000);
    await utimes(lock, longAgo, longAgo);
    await profiles.save('acme', MIAW);
    expect(await readdir(folder.path)).toEqual(['profiles.json']);
  });

  test('a lock that is held is waited for, but not for ever', async () => {
    await using folder = await makeFolder();
    const clock = manualClock(Date.now());
    const profiles = openProfiles({ folder: folder.path, clock });
    const lock = `${profiles.path}.lock`;
    await mkdir(lock);
    const saving = profiles.save('acme', MIAW);
    await clock.waitUntilSleeping();
    clock.advance(5000);
    await expect(saving).rejects.toMatchObject({ code: 'FILE_UNWRITABLE', hint: expect.stringContaining(lock) });
  });

  test('the lock of another is left alone', async () => {
    await using folder = await makeFolder();
    const clock = manualClock(Date.now());
    const profiles = openProfiles({ folder: folder.path, clock });
    await mkdir(`${profiles.path}.lock`);
    const saving = profiles.save('acme', MIAW).catch(() => undefined);
    await clock.waitUntilSleeping();
    clock.advance(5000);
    await saving;
    expect(await readdir(folder.path)).toEqual(['profiles.json.lock']);
  });
});
