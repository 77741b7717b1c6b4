import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli, startCli, withFolder } from '../support/run-cli.ts';
import { WITHOUT_MODES } from '../support/systems.ts';

const VALUES = ['--org-id', '00D8Z000001kQ7P', '--base-url', 'acme.my.salesforce.com', '--developer-name', 'Acme_Bot'];
const MIAW = {
  channel: 'miaw',
  orgId: '00D8Z000001kQ7P',
  baseUrl: 'https://acme.my.salesforce-scrt.com',
  developerName: 'Acme_Bot',
};

const storeOf = (folder: string) => join(folder, 'config', 'profiles.json');
const initArgs = (name: string, ...more: string[]) => [
  'init',
  '--no-input',
  '--no-check',
  '--name',
  name,
  ...VALUES,
  ...more,
];

async function namesIn(folder: string): Promise<string[]> {
  const document = (await runCli(['profile', 'list', '--json'], folder)).json() as { profiles: { name: string }[] };
  return document.profiles.map(({ name }) => name).sort();
}

async function writeStore(folder: string, text: string): Promise<void> {
  await mkdir(join(folder, 'config'), { recursive: true });
  await writeFile(storeOf(folder), text);
}

describe('stored profiles', () => {
  it.skipIf(WITHOUT_MODES)('are readable by their owner only, also where the file was open to others before', () =>
    withFolder(async (folder) => {
      await runCli(initArgs('acme'), folder);
      expect((await stat(storeOf(folder))).mode & 0o777).toBe(0o600);
      await chmod(storeOf(folder), 0o644);
      await runCli(['profile', 'set', 'acme', 'developer-name', 'Other_Bot'], folder);
      expect((await stat(storeOf(folder))).mode & 0o777).toBe(0o600);
    }),
  );

  it('lose nothing where several processes save at once', () =>
    withFolder(async (folder) => {
      const names = Array.from({ length: 8 }, (_, index) => `p${index}`);
      const runs = await Promise.all(names.map((name) => runCli(initArgs(name), folder)));
      expect(runs.map(({ code }) => code)).toEqual(names.map(() => 0));
      expect(await namesIn(folder)).toEqual(names);
      expect((await readdir(join(folder, 'config'))).sort()).toEqual(['profiles.json']);
    }));

  it('keep every change where several processes change the same profile at once', () =>
    withFolder(async (folder) => {
      await runCli(initArgs('acme'), folder);
      const names = Array.from({ length: 6 }, (_, index) => `Key${index}`);
      await Promise.all(names.map((name) => runCli(['profile', 'set', 'acme', `pre-chat.${name}`, name], folder)));
      const shown = (await runCli(['profile', 'show', 'acme', '--json'], folder)).json();
      expect(shown).toMatchObject({ preChat: Object.fromEntries(names.map((name) => [name, name])) });
    }));

  it('are given away once where two processes want the same name', () =>
    withFolder(async (folder) => {
      const runs = await Promise.all([1, 2, 3].map(() => runCli(initArgs('acme', '--json'), folder)));
      expect(runs.map(({ code }) => code).sort()).toEqual([0, 2, 2]);
      expect(runs.filter(({ stdout }) => stdout.includes('PROFILE_EXISTS'))).toHaveLength(2);
    }));

  it('take over the lock that a crash has left behind', () =>
    withFolder(async (folder) => {
      await mkdir(`${storeOf(folder)}.lock`, { recursive: true });
      const { utimes } = await import('node:fs/promises');
      await utimes(`${storeOf(folder)}.lock`, new Date(0), new Date(0));
      expect((await runCli(initArgs('acme'), folder)).code).toBe(0);
    }));

  it.each([
    ['cut off', '{ "format": 1, "profiles": { "acme": { "chan'],
    ['empty', ''],
    ['of another kind', '[1, 2]'],
    ['of a newer format', '{ "format": 2, "profiles": {}, "shelves": [] }'],
    ['with a profile that is none', '{ "format": 1, "profiles": { "acme": 7 } }'],
  ])('are never overwritten where the file is %s', (_what, text) =>
    withFolder(async (folder) => {
      await writeStore(folder, text);
      for (const args of [initArgs('new'), ['profile', 'list'], ['profile', 'use', 'acme'], ['validate']]) {
        const result = await runCli([...args, '--json'], folder);
        expect(result.code).toBe(2);
        expect(result.json()).toMatchObject({ error: { code: 'PROFILES_UNREADABLE' } });
        expect(result.stdout).toContain(storeOf(folder));
      }
      expect(await readFile(storeOf(folder), 'utf8')).toBe(text);
    }),
  );

  it('are not half-written where a process is ended in the middle', () =>
    withFolder(async (folder) => {
      await runCli(initArgs('acme'), folder);
      const running = Array.from({ length: 6 }, (_, index) => startCli(initArgs(`p${index}`), folder));
      await running[0]?.done;
      for (const { child } of running) child.kill('SIGKILL');
      await Promise.all(running.map(({ done }) => done));
      const file = JSON.parse(await readFile(storeOf(folder), 'utf8')) as { profiles: Record<string, unknown> };
      expect(Object.keys(file.profiles)).toContain('acme');
    }));
});

describe('profile commands', () => {
  it('change the default, the name and the values', () =>
    withFolder(async (folder) => {
      await runCli(initArgs('one'), folder);
      await runCli(initArgs('two'), folder);
      await runCli(['profile', 'use', 'two'], folder);
      await runCli(['profile', 'rename', 'two', 'three'], folder);
      await runCli(['profile', 'remove', 'one'], folder);
      await runCli(['profile', 'set', 'three', 'base-url', 'https://other.my.salesforce-scrt.com'], folder);
      expect((await runCli(['profile', 'list', '--json'], folder)).json()).toMatchObject({
        profiles: [
          { name: 'three', default: true, source: 'profile', baseUrl: 'https://other.my.salesforce-scrt.com' },
        ],
      });
    }));

  it('name the nearest profile and the nearest value', () =>
    withFolder(async (folder) => {
      await runCli(initArgs('acme'), folder);
      expect((await runCli(['profile', 'show', 'acne'], folder)).stderr).toContain('did you mean acme?');
      expect((await runCli(['profile', 'set', 'acme', 'bas-url', 'x'], folder)).stderr).toContain('baseUrl');
    }));

  it('refuse to store a secret, and do not repeat it', () =>
    withFolder(async (folder) => {
      await runCli(initArgs('acme'), folder);
      const token = '00D8Z000001kQ7P!AQ8AQFs3cr3tS3cr3tS3cr3tS3cr3tS3cr3t.abc';
      const result = await runCli(['profile', 'set', 'acme', 'org-id', token], folder);
      expect(result.code).toBe(1);
      expect(result.stdout + result.stderr).not.toContain('AQ8AQFs3cr3t');
      expect(await readFile(storeOf(folder), 'utf8')).not.toContain('AQ8AQFs3cr3t');
    }));

  it('show and list the profiles of the project file too', () =>
    withFolder(async (folder) => {
      await writeFile(join(folder, 'sf-handoff.json'), JSON.stringify({ profiles: { shared: MIAW } }));
      await runCli(initArgs('mine'), folder);
      expect(await namesIn(folder)).toEqual(['mine', 'shared']);
      expect((await runCli(['profile', 'show', 'shared', '--json'], folder)).json()).toMatchObject({
        source: 'project',
        orgId: MIAW.orgId,
      });
    }));
});

describe('profile export', () => {
  const exported = async (folder: string, ...args: string[]) => {
    await runCli(initArgs('acme', '--pre-chat', 'City=Hyderabad'), folder);
    return runCli(['profile', 'export', 'acme', ...args], folder);
  };

  it('prints a project file that works as one', () =>
    withFolder(async (folder) => {
      const { stdout } = await exported(folder);
      await writeFile(join(folder, 'sf-handoff.json'), stdout);
      const env = { SF_HANDOFF_CONFIG_DIR: join(folder, 'elsewhere') };
      expect((await runCli(['validate', '--json'], folder, { env })).json()).toMatchObject({
        ok: true,
        values: [{ source: 'project' }, { source: 'project' }, { source: 'project' }],
      });
      expect(JSON.parse(stdout)).toMatchObject({ profiles: { acme: { preChat: { City: 'Hyderabad' } } } });
    }));

  it('prints variables that work as an environment, and says what they cannot carry', () =>
    withFolder(async (folder) => {
      const { stdout, stderr } = await exported(folder, '--format', 'env');
      const env = Object.fromEntries(
        stdout
          .trim()
          .split('\n')
          .map((line) => line.split('=') as [string, string]),
      );
      expect(stderr).toContain('City');
      const result = await runCli(['validate', '--json'], folder, {
        env: { ...env, SF_HANDOFF_CONFIG_DIR: join(folder, 'elsewhere') },
      });
      expect(result.json()).toMatchObject({ ok: true, channel: 'miaw', values: [{ source: 'environment' }, {}, {}] });
    }));

  it('prints the env block of a GitHub workflow', () =>
    withFolder(async (folder) => {
      const { stdout } = await exported(folder, '--format', 'github');
      expect(stdout).toBe(
        [
          'env:',
          '  SF_HANDOFF_CHANNEL: "miaw"',
          '  SF_HANDOFF_ORG_ID: "00D8Z000001kQ7P"',
          '  SF_HANDOFF_BASE_URL: "https://acme.my.salesforce-scrt.com"',
          '  SF_HANDOFF_DEVELOPER_NAME: "Acme_Bot"',
          '',
        ].join('\n'),
      );
    }));

  it.each(['json', 'env', 'github'])('is one document with --json --format %s', (format) =>
    withFolder(async (folder) => {
      const result = await exported(folder, '--format', format, '--json');
      expect(result.json()).toMatchObject({ schemaVersion: 1, name: 'acme', format, text: expect.any(String) });
    }),
  );
});

describe('the project file', () => {
  const path = (folder: string) => join(folder, 'sf-handoff.json');

  it('loses nothing where several processes save to it at once', () =>
    withFolder(async (folder) => {
      const names = Array.from({ length: 6 }, (_, index) => `p${index}`);
      await Promise.all(names.map((name) => runCli(initArgs(name, '--project'), folder)));
      const file = JSON.parse(await readFile(path(folder), 'utf8')) as { profiles: object };
      expect(Object.keys(file.profiles).sort()).toEqual(names);
      expect((await readdir(folder)).filter((name) => name.startsWith('sf-handoff'))).toEqual(['sf-handoff.json']);
    }));

  it('keeps its schema, its default and fields that we do not know', () =>
    withFolder(async (folder) => {
      const before = { $schema: './s.json', default: 'a', note: 'ours', profiles: { a: { ...MIAW, comment: 'x' } } };
      await writeFile(path(folder), JSON.stringify(before));
      await runCli(initArgs('b', '--project'), folder);
      expect(JSON.parse(await readFile(path(folder), 'utf8'))).toEqual({
        ...before,
        profiles: { ...before.profiles, b: MIAW },
      });
    }));

  it('becomes one of several profiles where it held one alone', () =>
    withFolder(async (folder) => {
      await writeFile(path(folder), JSON.stringify(MIAW));
      await runCli(initArgs('b', '--project'), folder);
      expect(JSON.parse(await readFile(path(folder), 'utf8'))).toEqual({
        default: 'default',
        profiles: { default: MIAW, b: MIAW },
      });
    }));

  it('is never overwritten where it cannot be read', () =>
    withFolder(async (folder) => {
      await writeFile(path(folder), '{ "profiles": ');
      const result = await runCli(initArgs('b', '--project', '--json'), folder);
      expect(result.code).toBe(2);
      expect(result.json()).toMatchObject({ error: { code: 'CONFIG_INVALID' } });
      expect(await readFile(path(folder), 'utf8')).toBe('{ "profiles": ');
    }));

  it('is asked before a profile in it is replaced, and --force answers', () =>
    withFolder(async (folder) => {
      await writeFile(path(folder), JSON.stringify({ profiles: { acme: { ...MIAW, developerName: 'Old' } } }));
      const refused = await runCli(initArgs('acme', '--project', '--json'), folder);
      expect(refused.json()).toMatchObject({ error: { code: 'PROFILE_EXISTS' } });
      await runCli(initArgs('acme', '--project', '--force'), folder);
      expect(await readFile(path(folder), 'utf8')).toContain('Acme_Bot');
    }));

  it('takes back what init changes in one of its profiles', () =>
    withFolder(async (folder) => {
      await writeFile(path(folder), JSON.stringify({ profiles: { acme: { ...MIAW, developerName: 'Old' } } }));
      const args = ['init', '--no-input', '--no-check', '--profile', 'acme', '--developer-name', 'New_Bot'];
      expect((await runCli(args, folder)).code).toBe(0);
      expect(JSON.parse(await readFile(path(folder), 'utf8'))).toEqual({
        default: 'acme',
        profiles: { acme: { ...MIAW, developerName: 'New_Bot' } },
      });
    }));
});

describe('where each value comes from', () => {
  const setUp = async (folder: string) => {
    const profile = (developerName: string) => ({ profiles: { acme: { ...MIAW, developerName } } });
    await runCli(initArgs('acme'), folder);
    await writeFile(join(folder, 'sf-handoff.json'), JSON.stringify(profile('From_Project')));
    await writeFile(join(folder, 'named.json'), JSON.stringify(profile('From_Config')));
    await writeFile(join(folder, 'paste.txt'), 'Developer Name: From_Paste');
  };
  const env = { SF_HANDOFF_DEVELOPER_NAME: 'From_Environment' };
  const layers: [string, string[], Record<string, string>, object][] = [
    [
      'a flag before a paste',
      ['--developer-name', 'From_Flag', '--from', 'paste.txt', '--config', 'named.json'],
      env,
      { source: 'flag', sourceName: '--developer-name', value: 'From_Flag' },
    ],
    [
      'a paste before the environment',
      ['--from', 'paste.txt', '--config', 'named.json', '--profile', 'acme'],
      env,
      { source: 'paste', sourceName: 'paste.txt', line: 1, value: 'From_Paste' },
    ],
    [
      'the environment before --config',
      ['--config', 'named.json'],
      env,
      { source: 'environment', sourceName: 'SF_HANDOFF_DEVELOPER_NAME', value: 'From_Environment' },
    ],
    [
      '--config before the project file',
      ['--config', 'named.json'],
      {},
      { source: 'config', sourceName: 'acme', value: 'From_Config' },
    ],
    ['the project file before the stored profile', [], {}, { source: 'project', sourceName: 'acme' }],
  ];

  it.each(layers)('is %s, in validate', (_what, args, extra, expected) =>
    withFolder(async (folder) => {
      await setUp(folder);
      const result = await runCli(['validate', '--json', ...args], folder, { env: extra });
      const { values } = result.json() as { values: { field: string }[] };
      expect(values.find(({ field }) => field === 'developerName')).toMatchObject(expected);
    }),
  );

  it.each([
    ['validate', [], 'SF_HANDOFF_DEVELOPER_NAME'],
    ['doctor', ['--level', 'offline', '--verbose'], 'environment'],
  ])('is shown by %s beside each value', (command, args, variable) =>
    withFolder(async (folder) => {
      await setUp(folder);
      const result = await runCli([command, ...args, '--org-id', '00D8Z000001kQ7P'], folder, { env });
      expect(result.stdout).toMatch(/Organization ID.*\(--org-id\)/);
      expect(result.stdout).toMatch(/Base URL.*\(project acme\)/);
      expect(result.stdout.replace(/\s+/g, ' ')).toMatch(new RegExp(`Developer Name.*\\(${variable}\\)`));
    }),
  );
});
