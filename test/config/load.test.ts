import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadValues, type ValueOptions } from '../../src/config/load.ts';
import type { Profile, ProfileFile } from '../../src/config/project-file.ts';
import { makeFolder } from '../support/folder.ts';

const MIAW = { channel: 'miaw', orgId: 'org', baseUrl: 'base', developerName: 'dev' } as const;
const LIVE = {
  channel: 'live-chat',
  liveAgentUrl: 'live',
  orgId: 'live-org',
  deploymentId: 'depl',
  buttonId: 'butt',
} as const;
const NONE: ProfileFile = { profiles: {} };

interface Surroundings {
  readonly env?: Readonly<Record<string, string>>;
  readonly stored?: ProfileFile;
  readonly stdin?: string;
  /** Files in the working directory's parent; the working directory is `work`. */
  readonly files?: Readonly<Record<string, unknown>>;
}

async function load(options: ValueOptions, { env = {}, stored = NONE, stdin = '', files = {} }: Surroundings = {}) {
  await using folder = await makeFolder();
  await folder.write('work/.keep', '');
  for (const [name, content] of Object.entries(files)) await folder.write(name, content);
  const asked: string[] = [];
  const loaded = await loadValues(options, {
    env,
    cwd: join(folder.path, 'work'),
    readStdin: async () => {
      asked.push('stdin');
      return stdin;
    },
    storedProfiles: async () => {
      asked.push('profiles');
      return stored;
    },
  });
  return { ...loaded, asked };
}

/** `field: text (kind)` of everything that was found. */
async function found(options: ValueOptions, surroundings?: Surroundings): Promise<Record<string, string>> {
  const { given } = await load(options, surroundings);
  return Object.fromEntries(
    Object.entries(given.values).map(([field, value]) => [field, `${value.text} (${value.source.kind})`]),
  );
}

const fileOf = (profile: Profile, name = 'acme'): ProfileFile => ({ profiles: { [name]: profile } });

describe('one source', () => {
  test('nothing given is nothing found', async () => {
    const { given, name } = await load({});
    expect([given.values, given.channel, name]).toEqual([{}, undefined, 'flags']);
  });

  test('flags', async () => {
    expect(await found({ orgId: 'a', baseUrl: 'b', developerName: 'c' })).toEqual({
      orgId: 'a (flag)',
      baseUrl: 'b (flag)',
      developerName: 'c (flag)',
    });
  });

  test('the environment', async () => {
    const env = {
      SF_HANDOFF_LIVE_AGENT_URL: 'a',
      SF_HANDOFF_ORG_ID: 'b',
      SF_HANDOFF_DEPLOYMENT_ID: 'c',
      SF_HANDOFF_BUTTON_ID: 'd',
    };
    expect(await found({}, { env })).toEqual({
      liveAgentUrl: 'a (environment)',
      orgId: 'b (environment)',
      deploymentId: 'c (environment)',
      buttonId: 'd (environment)',
    });
  });

  test('an empty variable is no value', async () => {
    expect(await found({}, { env: { SF_HANDOFF_ORG_ID: '', SF_HANDOFF_PROFILE: '' } })).toEqual({});
  });

  test('the file named by --config, from the working directory', async () => {
    const { given, name } = await load({ config: 'my.json' }, { files: { 'work/my.json': fileOf(MIAW) } });
    expect([given.values.orgId?.source, name]).toEqual([{ kind: 'config', name: 'acme' }, 'acme']);
  });

  test('the project file in the working directory', async () => {
    const { given } = await load({}, { files: { 'work/sf-handoff.json': fileOf(MIAW) } });
    expect(given.values.baseUrl).toEqual({ text: 'base', source: { kind: 'project', name: 'acme' } });
  });

  test('the project file above the working directory', async () => {
    expect(await found({}, { files: { 'sf-handoff.json': fileOf(MIAW) } })).toMatchObject({ orgId: 'org (project)' });
  });

  test('the default among the stored profiles', async () => {
    const { given, name } = await load({}, { stored: { default: 'b', profiles: { a: LIVE, b: MIAW } } });
    expect([given.values.orgId?.source, name]).toEqual([{ kind: 'profile', name: 'b' }, 'b']);
  });

  test('a paste, with the lines of its values', async () => {
    const { given, name } = await load(
      { from: '-' },
      { stdin: 'SF_HANDOFF_ORG_ID=00D8Z000001kQ7P\nSF_HANDOFF_BASE_URL=https://acme.my.salesforce-scrt.com\n' },
    );
    expect(name).toBe('paste');
    expect(given.values.baseUrl?.source).toEqual({ kind: 'paste', name: '-', line: 2 });
  });

  test('a pasted file, read from the working directory', async () => {
    const files = { 'work/snippet.json': { OrganizationId: '00D8Z000001kQ7P', DeveloperName: 'Acme_Bot' } };
    const { given } = await load({ from: 'snippet.json' }, { files });
    expect(given.values.developerName).toMatchObject({
      text: 'Acme_Bot',
      source: { kind: 'paste', name: 'snippet.json' },
    });
  });

  test('a pasted file that is not there', async () => {
    await expect(load({ from: 'none.txt' })).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
      exitCode: 2,
      message: 'none.txt could not be read',
    });
  });
});

describe('which source wins', () => {
  const env = { SF_HANDOFF_ORG_ID: 'env' };
  const files = {
    'work/my.json': fileOf({ channel: 'miaw', orgId: 'config' }),
    'work/sf-handoff.json': fileOf({ channel: 'miaw', orgId: 'project' }),
  };
  const stored = fileOf({ channel: 'miaw', orgId: 'stored' });
  const stdin = 'SF_HANDOFF_ORG_ID=00D8Z000001kQ7P';

  test.each<[string, ValueOptions, Surroundings]>([
    ['flag (flag)', { orgId: 'flag', from: '-', config: 'my.json' }, { env, files, stored, stdin }],
    ['00D8Z000001kQ7P (paste)', { from: '-', config: 'my.json' }, { env, files, stored, stdin }],
    ['env (environment)', { config: 'my.json' }, { env, files, stored }],
    ['config (config)', { config: 'my.json' }, { files, stored }],
    ['project (project)', {}, { files, stored }],
    ['stored (profile)', {}, { stored }],
  ])('%s', async (expected, options, surroundings) => {
    expect((await found(options, surroundings)).orgId).toBe(expected);
  });

  test('each value is looked up for itself', async () => {
    const surroundings = { env: { SF_HANDOFF_BASE_URL: 'env' }, stored: fileOf(MIAW) };
    expect(await found({ orgId: 'flag' }, surroundings)).toEqual({
      orgId: 'flag (flag)',
      baseUrl: 'env (environment)',
      developerName: 'dev (profile)',
    });
  });

  test('pre-chat values come from the highest that has any', async () => {
    const { given } = await load(
      {},
      {
        files: { 'work/sf-handoff.json': fileOf({ channel: 'miaw', orgId: 'x', preChat: { a: '1' } }) },
        stored: fileOf({ ...MIAW, preChat: { b: '2' } }),
      },
    );
    expect(given.preChat).toEqual({ a: '1' });
  });

  test('where a project file has all values, nothing of another profile is mixed in', async () => {
    const { given } = await load(
      {},
      { files: { 'work/sf-handoff.json': fileOf(MIAW) }, stored: fileOf({ ...MIAW, preChat: { b: '2' } }) },
    );
    expect(given.preChat).toBeUndefined();
  });
});

describe('what is not read', () => {
  const all = { orgId: 'a', baseUrl: 'b', developerName: 'c' };

  test('stored profiles, where flags say everything', async () => {
    expect((await load(all)).asked).toEqual([]);
  });

  test('stored profiles, where the project file says everything', async () => {
    expect((await load({}, { files: { 'work/sf-handoff.json': fileOf(MIAW) } })).asked).toEqual([]);
  });

  test('a broken project file, where flags say everything', async () => {
    const { given } = await load(all, { files: { 'work/sf-handoff.json': '{ nope' } });
    expect(given.values.orgId?.text).toBe('a');
  });

  test('but a broken project file is named where it is needed', async () => {
    await expect(load({ orgId: 'a' }, { files: { 'work/sf-handoff.json': '{ nope' } })).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
    });
  });

  test('and a file named by --config is always read', async () => {
    await expect(load({ ...all, config: 'none.json' })).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  });

  test('and a profile named by --profile is always looked up', async () => {
    await expect(load({ ...all, profile: 'none' })).rejects.toMatchObject({ code: 'PROFILE_NOT_FOUND' });
  });
});

describe('a profile by name', () => {
  const files = { 'work/sf-handoff.json': { default: 'a', profiles: { a: MIAW, b: { ...MIAW, orgId: 'b-org' } } } };

  test('is taken from the project file', async () => {
    const { given, name } = await load({ profile: 'b' }, { files });
    expect([given.values.orgId?.text, name]).toEqual(['b-org', 'b']);
  });

  test('may be named by the environment', async () => {
    expect(await found({}, { files, env: { SF_HANDOFF_PROFILE: 'b' } })).toMatchObject({ orgId: 'b-org (project)' });
  });

  test('is named by the flag rather than by the environment', async () => {
    expect(await found({ profile: 'b' }, { files, env: { SF_HANDOFF_PROFILE: 'a' } })).toMatchObject({
      orgId: 'b-org (project)',
    });
  });

  test('is found among the stored where the project file has it not', async () => {
    expect(await found({ profile: 'mine' }, { files, stored: fileOf(LIVE, 'mine') })).toMatchObject({
      orgId: 'live-org (profile)',
    });
  });

  test('that is nowhere is said so, with the nearest', async () => {
    await expect(load({ profile: 'acne' }, { files, stored: fileOf(MIAW) })).rejects.toMatchObject({
      code: 'PROFILE_NOT_FOUND',
      hint: 'did you mean acme?',
    });
  });
});

describe('a file named by --config that leaves open which profile is meant', () => {
  test('is not passed over', async () => {
    const files = { 'work/my.json': { profiles: { a: MIAW, b: LIVE } } };
    await expect(load({ config: 'my.json' }, { files, stored: fileOf(MIAW) })).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
      message: 'my.json holds several profiles: a, b',
      hint: 'say which: --profile a',
    });
  });

  test('is not passed over where it holds none', async () => {
    const files = { 'work/my.json': { profiles: {} } };
    await expect(load({ config: 'my.json' }, { files })).rejects.toMatchObject({ message: 'my.json holds no profile' });
  });
});

describe('the channel', () => {
  test.each<[string, string | undefined, ValueOptions, Surroundings]>([
    ['is what the flag says', 'live-chat', { channel: 'live-chat', baseUrl: 'x' }, {}],
    ['is what the environment says', 'miaw', { buttonId: 'x' }, { env: { SF_HANDOFF_CHANNEL: 'miaw' } }],
    ['is rather what the flag says', 'miaw', { channel: 'miaw' }, { env: { SF_HANDOFF_CHANNEL: 'live-chat' } }],
    ['follows from the values', 'miaw', { developerName: 'x' }, {}],
    ['follows from the highest that tells', 'live-chat', { orgId: 'x' }, { env: { SF_HANDOFF_BUTTON_ID: 'x' } }],
    ['follows from the profile', 'live-chat', { orgId: 'x' }, { stored: fileOf(LIVE) }],
    ['stays open where nothing tells', undefined, { orgId: 'x' }, {}],
  ])('%s: %s', async (_what, channel, options, surroundings) => {
    expect((await load(options, surroundings)).given.channel).toBe(channel);
  });

  test('that is none is refused', async () => {
    await expect(load({}, { env: { SF_HANDOFF_CHANNEL: 'sms' } })).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
      message: '“sms” is not a channel',
    });
  });

  test('keeps out a profile of the other one', async () => {
    const { given, name } = await load({ baseUrl: 'x' }, { stored: fileOf({ ...LIVE, preChat: { a: '1' } }) });
    expect([given.values.orgId, given.preChat, name]).toEqual([undefined, undefined, 'flags']);
  });

  test('keeps out a project file of the other one, not what is stored', async () => {
    const files = { 'work/sf-handoff.json': fileOf(LIVE) };
    expect(await found({ baseUrl: 'x' }, { files, stored: fileOf(MIAW) })).toEqual({
      baseUrl: 'x (flag)',
      orgId: 'org (profile)',
      developerName: 'dev (profile)',
    });
  });

  test('does not count what it keeps out among what is given', async () => {
    const files = { 'work/sf-handoff.json': fileOf(LIVE) };
    expect(await found({ baseUrl: 'x', developerName: 'y' }, { files, stored: fileOf(MIAW) })).toMatchObject({
      orgId: 'org (profile)',
    });
  });
});
