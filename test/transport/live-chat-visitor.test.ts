import { expect, test } from 'vitest';
import { askAvailability, askSettings, openAndCloseSession } from '../../src/transport/live-chat-visitor.ts';
import { SESSION } from '../support/live-chat-server.ts';
import { liveChatBench, liveChatConfig, liveChatFixture } from '../support/live-chat-session.ts';

const AVAILABILITY = 'Visitor/Availability';
const SETTINGS = 'Visitor/Settings';
const answer = (type: string, message: unknown) => ({ status: 200, body: { messages: [{ type, message }] } });

test('an available button is found with its waiting time', async () => {
  await using bench = await liveChatBench();
  bench.server.script(AVAILABILITY, { status: 200, body: liveChatFixture('availability-response') });
  expect(await askAvailability(bench.http, liveChatConfig(bench.server.url))).toEqual({
    kind: 'availability',
    found: true,
    available: true,
    estimatedWaitSeconds: 6,
  });
});

test('a listed button without the flag is not available', async () => {
  await using bench = await liveChatBench();
  bench.server.script(AVAILABILITY, { status: 200, body: liveChatFixture('availability-response') });
  const config = { ...liveChatConfig(bench.server.url), buttonId: '5738Z000000Rt9W' };
  expect(await askAvailability(bench.http, config)).toEqual({ kind: 'availability', found: true, available: false });
});

test.each([
  { results: [] },
  { results: [{ id: '5738z000000rt9m', isAvailable: true }] },
  { results: [null, 7] },
  { results: 'none' },
  null,
])('availability of %j does not know the button', async (message) => {
  await using bench = await liveChatBench();
  bench.server.script(AVAILABILITY, answer('Availability', message));
  const asked = askAvailability(bench.http, liveChatConfig(bench.server.url));
  expect(await asked).toEqual({ kind: 'availability', found: false, available: false });
});

test('only true makes a button available', async () => {
  await using bench = await liveChatBench();
  const results = [{ id: '5738Z000000Rt9M', isAvailable: 'true', estimatedWaitTime: -1 }];
  bench.server.script(AVAILABILITY, answer('Availability', { results }));
  const asked = askAvailability(bench.http, liveChatConfig(bench.server.url));
  expect(await asked).toEqual({ kind: 'availability', found: true, available: false });
});

test('a button answered in its long form is the same button', async () => {
  await using bench = await liveChatBench();
  const results = [{ id: '5738Z000000Rt9MQAS', isAvailable: true }];
  bench.server.script(AVAILABILITY, answer('Availability', { results }));
  expect(await askAvailability(bench.http, liveChatConfig(bench.server.url))).toMatchObject({ available: true });
});

test.each([askAvailability, askSettings])('a moved org answers %o with its new address', async (ask) => {
  await using bench = await liveChatBench();
  const moved = { status: 200, body: liveChatFixture('switch-server-response') };
  bench.server.script(AVAILABILITY, moved);
  bench.server.script(SETTINGS, moved);
  expect(await ask(bench.http, liveChatConfig(bench.server.url))).toEqual({
    kind: 'moved',
    newUrl: 'https://d.la3-c2-ia4.salesforceliveagent.com/chat',
  });
});

test('settings list our button and the invitations', async () => {
  await using bench = await liveChatBench();
  bench.server.script(SETTINGS, { status: 200, body: liveChatFixture('settings-response') });
  expect(await askSettings(bench.http, liveChatConfig(bench.server.url))).toEqual({
    kind: 'settings',
    found: true,
    buttons: [
      { id: '5738Z000000Rt9M', type: 'Standard', language: 'en_US', available: true },
      { id: '5738Z000000Rt9W', type: 'Invite', language: 'en_US', available: false },
    ],
  });
});

test('settings are asked for with the ids in the query', async () => {
  await using bench = await liveChatBench();
  bench.server.script(SETTINGS, answer('Settings', {}));
  await askSettings(bench.http, liveChatConfig(bench.server.url));
  expect(Object.fromEntries((await bench.server.request(SETTINGS)).query)).toMatchObject({
    org_id: '00D8Z000001kQ7P',
    deployment_id: '5728Z000000Xv2K',
    'Settings.buttonIds': '[5738Z000000Rt9M]',
  });
});

test.each([{}, { buttons: null }, { buttons: [{ type: 'Standard' }] }])(
  'settings of %j do not know the button',
  async (message) => {
    await using bench = await liveChatBench();
    bench.server.script(SETTINGS, answer('Settings', message));
    const asked = askSettings(bench.http, liveChatConfig(bench.server.url));
    expect(await asked).toEqual({ kind: 'settings', found: false, buttons: [] });
  },
);

test('a web page is not the service', async () => {
  await using bench = await liveChatBench();
  bench.server.script(AVAILABILITY, { status: 200, body: '<html><title>Login</title></html>', type: 'text/html' });
  const asked = askAvailability(bench.http, liveChatConfig(bench.server.url));
  await expect(asked).rejects.toMatchObject({ code: 'NOT_THE_SERVICE', step: 'live-chat.2' });
});

test('a 503 points at ids of another org', async () => {
  await using bench = await liveChatBench();
  bench.server.script(SETTINGS, { status: 503, body: 'no' });
  const asked = askSettings(bench.http, liveChatConfig(bench.server.url));
  await expect(asked).rejects.toMatchObject({ code: 'SERVICE_ERROR', hint: expect.stringMatching(/sandbox/) });
});

test('a question can be called off', async () => {
  await using bench = await liveChatBench();
  bench.server.script(AVAILABILITY, 'hold');
  const stop = new AbortController();
  const asked = askAvailability(bench.http, liveChatConfig(bench.server.url), stop.signal);
  await bench.server.request(AVAILABILITY);
  stop.abort(new Error('enough'));
  await expect(asked).rejects.toThrow('enough');
});

test('a session that is only tried out is deleted and rings nobody', async () => {
  await using bench = await liveChatBench();
  const tried = await openAndCloseSession(bench.http, liveChatConfig(bench.server.url), bench.secrets);
  expect(tried).toEqual({ clientPollTimeoutSeconds: 40 });
  expect(bench.server.received.map(({ method, noun }) => `${method} ${noun}`)).toEqual([
    'GET System/SessionId',
    'DELETE System/SessionId',
  ]);
});

test('the key of a session that is only tried out is a secret, too', async () => {
  await using bench = await liveChatBench();
  await openAndCloseSession(bench.http, liveChatConfig(bench.server.url), bench.secrets);
  expect(bench.secrets.redact(SESSION.key)).toBe('[redacted]');
});

test('a session that cannot be deleted was opened all the same', async () => {
  await using bench = await liveChatBench();
  bench.server.script('System/SessionId', { status: 200, body: SESSION }, 'drop');
  const tried = openAndCloseSession(bench.http, liveChatConfig(bench.server.url), bench.secrets);
  expect(await tried).toEqual({ clientPollTimeoutSeconds: 40 });
});
