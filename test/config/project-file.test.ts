import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  existing,
  findProjectFile,
  inferChannel,
  parseProfileFile,
  pickProfile,
  readProfileFile,
} from '../../src/config/project-file.ts';
import { makeFolder } from '../support/folder.ts';

const MIAW = {
  channel: 'miaw',
  orgId: '00D8Z000001kQ7P',
  baseUrl: 'https://acme.my.salesforce-scrt.com',
  developerName: 'Acme_Bot',
} as const;
const LIVE = { channel: 'live-chat', liveAgentUrl: 'https://d.la1.salesforceliveagent.com/chat' } as const;

const parse = (content: unknown) =>
  parseProfileFile(typeof content === 'string' ? content : JSON.stringify(content), 'sf-handoff.json');

describe('a project file', () => {
  test('holds profiles by name, and which is the default', () => {
    const file = { $schema: 'x', default: 'prod', profiles: { prod: MIAW, old: LIVE } };
    expect(parse(file)).toEqual({ default: 'prod', profiles: { prod: MIAW, old: LIVE } });
  });

  test('may be one profile alone', () => {
    expect(parse(MIAW)).toEqual({ default: 'default', profiles: { default: MIAW } });
  });

  test('may leave the channel to the values', () => {
    const { channel: _, ...values } = MIAW;
    expect(parse({ profiles: { prod: values } }).profiles.prod).toEqual(MIAW);
  });

  test('may hold pre-chat values of any kind, to be judged later', () => {
    expect(parse({ ...MIAW, preChat: { City: 'Rome', Age: 7 } }).profiles.default?.preChat).toEqual({
      City: 'Rome',
      Age: 7,
    });
  });

  test('may begin with a byte order mark', () => {
    expect(parse(`\ufeff${JSON.stringify(MIAW)}`).profiles.default).toEqual(MIAW);
  });

  test('may hold no profile', () => {
    expect(parse({ profiles: {} })).toEqual({ profiles: {} });
  });

  test('may call a profile __proto__ without harm', () => {
    const file = parse(`{"profiles":{"__proto__":${JSON.stringify(MIAW)}}}`);
    expect(Object.keys(file.profiles)).toEqual(['__proto__']);
  });

  test.each<[string, unknown, string]>([
    ['text that is no JSON', '{ nope', 'it is not valid JSON'],
    ['nothing', '', 'it is not valid JSON'],
    ['a list', [], 'it holds no JSON object'],
    ['null', 'null', 'it holds no JSON object'],
    ['profiles that are a list', { profiles: [] }, '“profiles” is not an object'],
    ['profiles that are null', { profiles: null }, '“profiles” is not an object'],
    ['a profile that is text', { profiles: { a: 'x' } }, 'profile “a” is not an object'],
    ['a value that is a number', { profiles: { a: { ...MIAW, orgId: 1 } } }, '“orgId” of profile “a” is not text'],
    ['an unknown channel', { ...MIAW, channel: 'sms' }, '“channel” of the file is neither live-chat nor miaw'],
    ['no channel at all', { orgId: 'x' }, '“channel” of the file is neither live-chat nor miaw'],
    ['pre-chat values in a list', { ...MIAW, preChat: ['a'] }, '“preChat” of the file is not an object'],
    ['a default that is a number', { default: 1, profiles: {} }, '“default” is not a name'],
    ['a default that is not there', { default: 'b', profiles: { a: MIAW } }, '“default” names “b”'],
  ])('with %s is refused', (_what, content, why) => {
    expect(() => parse(content)).toThrow(
      expect.objectContaining({
        code: 'CONFIG_INVALID',
        exitCode: 2,
        message: expect.stringContaining(`sf-handoff.json cannot be used: ${why}`),
      }),
    );
  });
});

describe('reading', () => {
  test('a file that is not there is said so', async () => {
    await using folder = await makeFolder();
    await expect(readProfileFile(join(folder.path, 'none.json'))).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
      message: expect.stringContaining('none.json'),
    });
  });

  test('a file that is there is parsed', async () => {
    await using folder = await makeFolder();
    expect(await readProfileFile(await folder.write('a.json', MIAW))).toMatchObject({ default: 'default' });
  });
});

describe('finding', () => {
  test('the file in the working directory comes first', async () => {
    await using folder = await makeFolder();
    await folder.write('sf-handoff.json', MIAW);
    const near = await folder.write('a/sf-handoff.json', MIAW);
    expect(await findProjectFile(join(folder.path, 'a'))).toBe(near);
  });

  test('the nearest above is taken where there is none', async () => {
    await using folder = await makeFolder();
    const above = await folder.write('a/sf-handoff.json', MIAW);
    await folder.write('a/b/c/other.txt', '');
    expect(await findProjectFile(join(folder.path, 'a/b/c'))).toBe(above);
  });

  test('a folder of that name is no project file', async () => {
    await using folder = await makeFolder();
    const above = await folder.write('sf-handoff.json', MIAW);
    await folder.write('a/sf-handoff.json/x.txt', '');
    expect(await findProjectFile(join(folder.path, 'a'))).toBe(above);
  });
});

describe('picking', () => {
  const file = { default: 'a', profiles: { a: MIAW, b: LIVE } };

  test.each<[string | undefined, string | undefined]>([
    ['b', 'b'],
    [undefined, 'a'],
    ['c', undefined],
    ['constructor', undefined],
  ])('%s gives %s', (name, picked) => {
    expect(pickProfile(file, name)?.name).toBe(picked);
  });

  test('the only one needs no default', () => {
    expect(pickProfile({ profiles: { a: MIAW } }, undefined)).toEqual({ name: 'a', profile: MIAW });
  });

  test('of several without a default none is picked', () => {
    expect(pickProfile({ profiles: file.profiles }, undefined)).toBeUndefined();
  });

  test('one that must exist is named with the nearest', () => {
    expect(() => existing({ profiles: { acme: MIAW } }, 'acne')).toThrow(
      expect.objectContaining({ code: 'PROFILE_NOT_FOUND', hint: 'did you mean acme?' }),
    );
  });

  test('where none is near, the list is the hint', () => {
    expect(() => existing({ profiles: { acme: MIAW } }, 'production')).toThrow(
      expect.objectContaining({ hint: 'sf-handoff profile list' }),
    );
  });
});

describe('which channel values are meant for', () => {
  test.each([
    [{ baseUrl: 'x' }, 'miaw'],
    [{ orgId: 'x', developerName: 'y' }, 'miaw'],
    [{ buttonId: 'x' }, 'live-chat'],
    [{ liveAgentUrl: 'x', deploymentId: 'y', baseUrl: 'z' }, 'live-chat'],
    [{ orgId: 'x' }, undefined],
    [{ baseUrl: 'x', buttonId: 'y' }, undefined],
    [{ baseUrl: '' }, undefined],
    [{}, undefined],
  ])('%o: %s', (values, channel) => {
    expect(inferChannel(values)).toBe(channel);
  });
});
