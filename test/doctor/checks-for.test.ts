import { describe, expect, test } from 'vitest';
import { ALL_CHECKS, checksFor } from '../../src/doctor/checks/index.ts';
import { GUIDE } from '../../src/guide/steps.ts';

const ids = (query: Parameters<typeof checksFor>[0]) => checksFor(query).checks.map((check) => check.id);

describe('the list of checks', () => {
  test('has every id once', () => {
    const all = ALL_CHECKS.map((check) => check.id);
    expect(new Set(all).size).toBe(all.length);
  });

  test('names ids as area and kebab-case', () => {
    const pattern = /^(values|network|service|stream|chat)\.[a-z][a-z0-9]*(-[a-z]+)*$/;
    expect(ALL_CHECKS.filter((check) => !pattern.test(check.id))).toEqual([]);
  });

  test('declares every need before the check that has it', () => {
    const late = ALL_CHECKS.flatMap((check, index) =>
      (check.needs ?? []).filter((need) => ALL_CHECKS.findIndex(({ id }) => id === need) >= index),
    );
    expect(late).toEqual([]);
  });

  test('needs only checks that exist', () => {
    const known = ALL_CHECKS.map((check) => check.id);
    expect(ALL_CHECKS.flatMap((check) => check.needs ?? []).filter((need) => !known.includes(need))).toEqual([]);
  });

  test('keeps titles short', () => {
    expect(ALL_CHECKS.filter((check) => check.title.length > 16)).toEqual([]);
  });

  test('points only to guide steps that exist', () => {
    const steps = ALL_CHECKS.flatMap((check) => check.hint.match(/(?<=guide )[\w.-]+/g) ?? []);
    const topics = new Set(GUIDE.flatMap((entry) => [entry.id, entry.track] as string[]));
    expect(steps.filter((step) => !topics.has(step))).toEqual([]);
  });

  test('is the documented one', () => {
    expect(ALL_CHECKS.map((check) => check.id)).toMatchInlineSnapshot(`
      [
        "values.live-agent-url",
        "values.org-id",
        "values.base-url",
        "values.developer-name",
        "values.deployment-id",
        "values.button-id",
        "values.together",
        "values.pre-chat",
        "values.suppressions",
        "network.dns",
        "network.tcp",
        "network.ipv6",
        "network.tls",
        "network.http",
        "network.clock",
        "service.retirement",
        "service.settings",
        "service.availability",
        "service.session",
        "service.deployment",
        "service.token",
        "service.pre-chat",
        "service.business-hours",
        "service.features",
        "stream.open",
        "service.admin-only",
        "chat.open",
        "chat.every-session",
        "chat.routing",
        "chat.agent",
        "chat.message",
        "chat.close",
        "chat.client-only",
      ]
    `);
  });
});

describe('level and channel', () => {
  test('offline asks nothing of the network', () => {
    const areas = new Set(ids({ channel: 'miaw', level: 'offline' }).map((id) => id.split('.')[0]));
    expect([...areas]).toEqual(['values']);
  });

  test('service opens no chat', () => {
    expect(ids({ channel: 'miaw', level: 'service' }).filter((id) => id.startsWith('chat.'))).toEqual([]);
  });

  test('chat has everything', () => {
    expect(ids({ channel: 'live-chat', level: 'chat' })).toContain('chat.close');
  });

  test('a channel has no checks of the other', () => {
    expect(ids({ channel: 'miaw', level: 'chat' })).not.toContain('service.availability');
  });

  test('everything is reported where nothing in particular is asked for', () => {
    const { checks, reported } = checksFor({ channel: 'miaw', level: 'chat' });
    expect(checks.every((check) => reported.has(check.id))).toBe(true);
  });
});

describe('only', () => {
  test('runs what the check needs, to any depth, and reports the check alone', () => {
    const { checks, reported } = checksFor({ channel: 'miaw', level: 'service', only: ['service.features'] });
    expect([...reported]).toEqual(['service.features']);
    expect(checks.map((check) => check.id)).toEqual([
      'network.dns',
      'network.tcp',
      'network.tls',
      'network.http',
      'service.deployment',
      'service.token',
      'service.features',
    ]);
  });

  test('takes a whole area', () => {
    const { reported } = checksFor({ channel: 'miaw', level: 'service', only: ['network'] });
    const ids = ['network.dns', 'network.tcp', 'network.ipv6', 'network.tls', 'network.http', 'network.clock'];
    expect([...reported]).toEqual(ids);
  });

  test('may name a check of the other channel, for runs over several profiles', () => {
    expect(ids({ channel: 'miaw', level: 'service', only: ['values.button-id'] })).toEqual([]);
  });

  test('refuses a check that the level does not reach, and says which does', () => {
    expect(() => checksFor({ channel: 'miaw', level: 'service', only: ['chat.agent'] })).toThrow(
      expect.objectContaining({ code: 'INVALID_ARGUMENT', hint: expect.stringContaining('--level chat') }),
    );
  });

  test('names the nearest check for one that does not exist', () => {
    expect(() => checksFor({ channel: 'miaw', level: 'service', only: ['network.dsn'] })).toThrow(
      expect.objectContaining({
        code: 'INVALID_ARGUMENT',
        message: 'There is no check “network.dsn”; “network.dns” comes close',
      }),
    );
  });
});

describe('skip', () => {
  test('leaves a check out, and what needs it still runs', () => {
    const left = ids({ channel: 'miaw', level: 'service', skip: ['service.deployment'] });
    expect([left.includes('service.deployment'), left.includes('service.token')]).toEqual([false, true]);
  });

  test('goes before only', () => {
    const query = { channel: 'miaw', level: 'service', only: ['network'], skip: ['network.tls'] } as const;
    expect(ids(query)).toEqual(['network.dns', 'network.tcp', 'network.ipv6', 'network.http', 'network.clock']);
  });

  test('refuses what nothing comes close to without a guess', () => {
    expect(() => checksFor({ channel: 'miaw', level: 'service', skip: ['weather'] })).toThrow(
      'There is no check “weather”',
    );
  });
});
