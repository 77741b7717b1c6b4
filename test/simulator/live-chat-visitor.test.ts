import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { LiveChatMessage } from '../../src/protocol/live-chat.ts';
import { type LiveChatStage, openLiveChatStage } from '../support/live-chat-stage.ts';
import { openRawVisitor, type RawAnswer, raw, VERSION } from '../support/raw-live-chat.ts';

const BUTTON = '5738Z000000Rt9M';
const IDS = { org_id: '00D8Z000001kQ7P', deployment_id: '5728Z000000Xv2K' };
const LOOK = { 'Availability.ids': BUTTON };

function ask(stage: LiveChatStage, noun: string, query: Record<string, string>, headers = VERSION): Promise<RawAnswer> {
  return raw(`${stage.values.liveAgentUrl}/rest/${noun}?${new URLSearchParams({ ...IDS, ...query })}`, { headers });
}

/** The one message of an answer. */
function only(answer: RawAnswer): { type: string; message: Record<string, unknown> } {
  const { messages } = answer.json() as { messages: readonly { type: string; message: Record<string, unknown> }[] };
  const [message] = messages;
  if (!message || messages.length > 1) throw new Error(`not one message: ${answer.body}`);
  return message;
}

function results(answer: RawAnswer): unknown {
  return only(answer).message.results;
}

function buttonIds(answer: RawAnswer): readonly string[] {
  const buttons = only(answer).message.buttons as readonly { id: string; type: string }[];
  return buttons.map((button) => (button.type === 'Invite' ? 'invitation' : button.id));
}

describe('Availability', () => {
  test.each([BUTTON, `[${BUTTON}]`, ` ${BUTTON} `])('finds the button in the list “%s”', async (ids) => {
    await using stage = await openLiveChatStage();
    const answer = await ask(stage, 'Visitor/Availability', { 'Availability.ids': ids });
    expect(results(answer)).toEqual([{ id: BUTTON, isAvailable: true }]);
  });

  test('answers an id of 18 characters in that form', async () => {
    await using stage = await openLiveChatStage();
    const answer = await ask(stage, 'Visitor/Availability', { 'Availability.ids': '5738Z000000Rt9MQAS' });
    expect(results(answer)).toEqual([{ id: '5738Z000000Rt9MQAS', isAvailable: true }]);
  });

  test('estimates the wait where it is asked for by a release that knows it', async () => {
    await using stage = await openLiveChatStage();
    const query = { ...LOOK, 'Availability.needEstimatedWaitTime': '1' };
    const answer = await ask(stage, 'Visitor/Availability', query);
    expect(results(answer)).toEqual([{ id: BUTTON, isAvailable: true, estimatedWaitTime: 6 }]);
  });

  test('estimates nothing for an older release', async () => {
    await using stage = await openLiveChatStage();
    const query = { ...LOOK, 'Availability.needEstimatedWaitTime': '1' };
    const answer = await ask(stage, 'Visitor/Availability', query, { 'X-LIVEAGENT-API-VERSION': '46' });
    expect(results(answer)).toEqual([{ id: BUTTON, isAvailable: true }]);
  });

  test('leaves the flag out for a button that nobody knows, and malformed ids altogether', async () => {
    await using stage = await openLiveChatStage();
    const answer = await ask(stage, 'Visitor/Availability', {
      'Availability.ids': `5738Z000000Rt9W,nonsense,${BUTTON}_005`,
    });
    expect(results(answer)).toEqual([{ id: '5738Z000000Rt9W' }]);
  });

  test('leaves the flag out where nobody is online', async () => {
    await using stage = await openLiveChatStage({ scenario: { agents: 'offline' } });
    expect(results(await ask(stage, 'Visitor/Availability', LOOK))).toEqual([{ id: BUTTON }]);
  });

  test.each<[string, Record<string, string>, readonly string[]]>([
    ['a wrong deployment', { deployment_id: '5728Z000000Xv2X' }, []],
    ['an unknown deployment', {}, ['unknown-deployment']],
  ])('leaves the flag out for %s', async (_, query, faults) => {
    await using stage = await openLiveChatStage({ faults });
    expect(results(await ask(stage, 'Visitor/Availability', { ...LOOK, ...query }))).toEqual([{ id: BUTTON }]);
  });

  test.each<[string, Record<string, string>, readonly string[]]>([
    ['another organization', { org_id: '00D8Z000001kQ7X' }, []],
    ['an unknown organization', {}, ['unknown-org']],
  ])('is unavailable for %s', async (_, query, faults) => {
    await using stage = await openLiveChatStage({ faults });
    const answer = await ask(stage, 'Visitor/Availability', { ...LOOK, ...query });
    expect([answer.status, answer.body]).toEqual([503, 'The server is unavailable to handle this request right now']);
  });

  test.each(['org_id', 'deployment_id', 'Availability.ids'])('needs %s', async (name) => {
    await using stage = await openLiveChatStage();
    expect((await ask(stage, 'Visitor/Availability', { ...LOOK, [name]: '' })).status).toBe(400);
  });

  test('needs the version header', async () => {
    await using stage = await openLiveChatStage();
    expect((await ask(stage, 'Visitor/Availability', LOOK, {})).status).toBe(400);
  });

  test('has the shape of the neutral fixture', async () => {
    await using stage = await openLiveChatStage();
    const query = { 'Availability.ids': `${BUTTON},5738Z000000Rt9W`, 'Availability.needEstimatedWaitTime': '1' };
    expect((await ask(stage, 'Visitor/Availability', query)).json()).toEqual(fixture('availability-response'));
  });
});

describe('Settings', () => {
  test('has the keys of the neutral fixture, for the button and for an invitation', async () => {
    await using stage = await openLiveChatStage();
    const query = { 'Settings.buttonIds': `[${BUTTON}]`, 'Settings.needEstimatedWaitTime': '1' };
    const answer = await ask(stage, 'Visitor/Settings', query);
    expect(keysOf(answer.json())).toEqual(keysOf(fixture('settings-response')));
  });

  test('names the button that was asked for before the invitations', async () => {
    await using stage = await openLiveChatStage();
    const answer = await ask(stage, 'Visitor/Settings', { 'Settings.buttonIds': `[${BUTTON}]` });
    expect(buttonIds(answer)).toEqual([BUTTON, 'invitation']);
  });

  test('does not name a button that the deployment does not have', async () => {
    await using stage = await openLiveChatStage();
    const answer = await ask(stage, 'Visitor/Settings', { 'Settings.buttonIds': '5738Z000000Rt9W' });
    expect(buttonIds(answer)).toEqual(['invitation']);
  });

  test('names nothing for a deployment that nobody knows', async () => {
    await using stage = await openLiveChatStage({ faults: ['unknown-deployment'] });
    const answer = await ask(stage, 'Visitor/Settings', { 'Settings.buttonIds': BUTTON });
    expect(buttonIds(answer)).toEqual([]);
  });

  test('needs the ids of buttons', async () => {
    await using stage = await openLiveChatStage();
    expect((await ask(stage, 'Visitor/Settings', {})).status).toBe(400);
  });
});

describe('VisitorId and Breadcrumb', () => {
  test('a new visitor gets a UUID', async () => {
    await using stage = await openLiveChatStage();
    const answer = await ask(stage, 'Visitor/VisitorId', {});
    expect(only(answer)).toEqual({
      type: 'VisitorId',
      message: { sessionId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    });
  });

  test('a known visitor keeps the id', async () => {
    await using stage = await openLiveChatStage();
    expect(only(await ask(stage, 'Visitor/VisitorId', { sid: 'mine' }))).toMatchObject({
      message: { sessionId: 'mine' },
    });
  });

  test.each([
    [200, { location: 'https://shop.example.com' }],
    [400, {}],
  ])('a breadcrumb is answered %i for %j', async (status, body) => {
    await using stage = await openLiveChatStage();
    const url = `${stage.values.liveAgentUrl}/rest/Visitor/Breadcrumb?${new URLSearchParams(IDS)}`;
    const answer = await raw(url, { method: 'POST', headers: VERSION, body: JSON.stringify(body) });
    expect(answer.status).toBe(status);
  });

  test.each([
    ['without a query', '', 200],
    ['of another organization', '?org_id=00D000000000001', 503],
  ])('a breadcrumb %s', async (_case, query, status) => {
    await using stage = await openLiveChatStage();
    const url = `${stage.values.liveAgentUrl}/rest/Visitor/Breadcrumb${query}`;
    const body = JSON.stringify({ location: 'https://shop.example.com' });
    expect((await raw(url, { method: 'POST', headers: VERSION, body })).status).toBe(status);
  });
});

describe('JSONP twins', () => {
  const script = { callback: 'liveagent._.handlePing', version: '42' };

  function unwrap(answer: RawAnswer): readonly LiveChatMessage[] {
    const inner = /^liveagent\._\.handlePing\((.*)\);$/s.exec(answer.body)?.[1] ?? '';
    return (JSON.parse(inner) as { messages: readonly LiveChatMessage[] }).messages;
  }

  test('one noun is answered as a script that calls back', async () => {
    await using stage = await openLiveChatStage();
    const query = { ...script, 'Availability.prefix': 'Visitor', ...LOOK };
    const answer = await ask(stage, 'Visitor/Availability.jsonp', query, {});
    expect([answer.headers.get('content-type'), unwrap(answer)]).toEqual([
      expect.stringContaining('javascript'),
      [{ type: 'Availability', message: { results: [{ id: BUTTON, isAvailable: true }] } }],
    ]);
  });

  test('several nouns are answered in one script', async () => {
    await using stage = await openLiveChatStage();
    const query = { ...script, nouns: 'VisitorId,Settings', 'Settings.buttonIds': `[${BUTTON}]` };
    const answer = await ask(stage, 'System/MultiNoun.jsonp', query, {});
    expect(unwrap(answer).map((message) => message.type)).toEqual(['VisitorId', 'Settings']);
  });

  test('bad data is told in a message, as a script cannot see a status', async () => {
    await using stage = await openLiveChatStage();
    const answer = await ask(stage, 'Visitor/Availability.jsonp', script, {});
    expect([answer.status, unwrap(answer)[0]]).toEqual([
      200,
      { type: 'Error', message: { text: 'Availability.ids is required' } },
    ]);
  });

  test('an unknown organization stays an unavailable server', async () => {
    await using stage = await openLiveChatStage({ faults: ['unknown-org'] });
    expect((await ask(stage, 'Visitor/Availability.jsonp', { ...script, ...LOOK }, {})).status).toBe(503);
  });

  test.each<[string, Record<string, string>]>([
    ['version is required', { callback: 'f' }],
    ['version must be a number', { callback: 'f', version: 'v48' }],
    ['callback is required', { version: '42' }],
    ['callback is not a name', { version: '42', callback: 'alert(1)//' }],
  ])('%s', async (words, query) => {
    await using stage = await openLiveChatStage();
    const { status, body } = await ask(stage, 'Visitor/Availability.jsonp', { ...LOOK, ...query }, {});
    expect([status, body]).toEqual([400, words]);
  });

  test('the page configuration is found by its developer name', async () => {
    await using stage = await openLiveChatStage();
    const query = {
      ...script,
      'Settings.prefix': 'EmbeddedService',
      'EmbeddedServiceConfig.configName': 'Acme_Bot',
    };
    const answer = await ask(stage, 'EmbeddedService/EmbeddedServiceConfig.jsonp', query, {});
    expect(unwrap(answer)[0]).toMatchObject({ type: 'EmbeddedServiceConfig', message: { buttonId: BUTTON } });
  });

  test.each([
    ['of another name', 'Web_Support', []],
    ['under the fault unknown-deployment', 'Acme_Bot', ['unknown-deployment']],
  ])('a page configuration %s is told as an error', async (_case, name, faults) => {
    await using stage = await openLiveChatStage({ faults });
    const query = { ...script, 'EmbeddedServiceConfig.configName': name };
    const answer = await ask(stage, 'EmbeddedService/EmbeddedServiceConfig.jsonp', query, {});
    expect(unwrap(answer)[0]).toMatchObject({ type: 'EmbeddedServiceError', message: { shouldRetry: false } });
  });

  test('a moved org is told once, before anything else', async () => {
    await using stage = await openLiveChatStage({ faults: ['switch-server'] });
    const query = { ...script, nouns: 'VisitorId,Settings', 'Settings.buttonIds': BUTTON };
    const answer = await ask(stage, 'System/MultiNoun.jsonp', query, {});
    expect(unwrap(answer).map((message) => message.type)).toEqual(['SwitchServer']);
  });
});

describe('a moved org', () => {
  test.each(['Availability', 'Settings', 'VisitorId'])('is told by %s under the name it was left', async (noun) => {
    await using stage = await openLiveChatStage({ faults: ['switch-server'] });
    const query = { ...LOOK, 'Settings.buttonIds': BUTTON };
    const answer = await ask(stage, `Visitor/${noun}`, query);
    const newUrl = `http://localhost:${stage.port}/chat`;
    expect(answer.json()).toEqual({ messages: [{ type: 'SwitchServer', message: { newUrl } }] });
  });

  test('has the shape of the neutral fixture', async () => {
    await using stage = await openLiveChatStage({ faults: ['switch-server'] });
    expect(keysOf((await ask(stage, 'Visitor/Availability', LOOK)).json())).toEqual(
      keysOf(fixture('switch-server-response')),
    );
  });

  test('answers as usual under the new name', async () => {
    await using stage = await openLiveChatStage({ faults: ['switch-server'] });
    const url = `http://localhost:${stage.port}/chat/rest/Visitor/Availability?${new URLSearchParams({ ...IDS, ...LOOK })}`;
    expect(results(await raw(url, { headers: VERSION }))).toEqual([{ id: BUTTON, isAvailable: true }]);
  });

  test('still opens chats under the old name, but they reach nobody', async () => {
    await using stage = await openLiveChatStage({ faults: ['switch-server'] });
    const visitor = await openRawVisitor(stage.values.liveAgentUrl);
    const accepted = await visitor.init();
    expect([accepted.body, stage.chats.length, (await visitor.poll(-1)).status]).toEqual(['OK', 0, 204]);
  });

  test('opens chats under the new name', async () => {
    await using stage = await openLiveChatStage({ faults: ['switch-server'] });
    const visitor = await openRawVisitor(`http://localhost:${stage.port}/chat`);
    await visitor.init();
    expect(stage.chats).toHaveLength(1);
  });

  test('in a loop each server refers to the other', async () => {
    await using stage = await openLiveChatStage({ faults: ['switch-loop'] });
    const query = new URLSearchParams({ ...IDS, ...LOOK });
    const hosts = ['127.0.0.1', 'localhost'];
    const answers = await Promise.all(
      hosts.map((host) =>
        raw(`http://${host}:${stage.port}/chat/rest/Visitor/Availability?${query}`, { headers: VERSION }),
      ),
    );
    expect(answers.map((answer) => only(answer).message.newUrl)).toEqual([
      `http://localhost:${stage.port}/chat`,
      `http://127.0.0.1:${stage.port}/chat`,
    ]);
  });
});

function fixture(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../fixtures/wire/live-chat/${name}.json`, import.meta.url), 'utf8'));
}

/** Keys and types of a value without its contents. */
function keysOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(keysOf);
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, keysOf(inner)]));
}
