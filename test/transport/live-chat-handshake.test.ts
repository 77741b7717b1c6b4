import { expect, test } from 'vitest';
import { SESSION, startLiveChatServer } from '../support/live-chat-server.ts';
import { liveChatBench, openChat } from '../support/live-chat-session.ts';

const switchTo = (newUrl: unknown) => ({
  status: 200,
  body: { messages: [{ type: 'SwitchServer', message: { newUrl } }] },
});

test('the handshake asks for availability, a session and the chat, in this order', async () => {
  await using bench = await liveChatBench();
  await bench.open();
  const asked = bench.server.received.map(({ method, path }) => `${method} ${path}`);
  expect(asked).toEqual(['GET Visitor/Availability', 'GET System/SessionId', 'POST Chasitor/ChasitorInit']);
});

test('availability names org, deployment and button, and needs the version alone', async () => {
  await using bench = await liveChatBench();
  await bench.open();
  const { query, headers } = await bench.server.request('Visitor/Availability');
  expect(Object.fromEntries(query)).toMatchObject({
    org_id: '00D8Z000001kQ7P',
    deployment_id: '5728Z000000Xv2K',
    'Availability.ids': '5738Z000000Rt9M',
  });
  expect(headers).toMatchObject({ 'x-liveagent-api-version': expect.stringMatching(/^\d\d$/) });
  expect(headers).not.toHaveProperty('x-liveagent-session-key');
});

test('the session is asked for with the literal affinity null and without a key', async () => {
  await using bench = await liveChatBench();
  await bench.open();
  const { headers } = await bench.server.request('System/SessionId');
  expect(headers['x-liveagent-affinity']).toBe('null');
  expect(headers).not.toHaveProperty('x-liveagent-session-key');
});

test('the request for a chat carries affinity, key and the sequence 1', async () => {
  await using bench = await liveChatBench();
  await bench.open();
  const { headers } = await bench.server.request('Chasitor/ChasitorInit');
  expect(headers).toMatchObject({
    'x-liveagent-affinity': SESSION.affinityToken,
    'x-liveagent-session-key': SESSION.key,
    'x-liveagent-sequence': '1',
    'content-type': 'application/json',
  });
});

test('the request for a chat holds every required field', async () => {
  await using bench = await liveChatBench();
  await bench.open(
    { visitorName: 'Robin', language: 'de', preChat: { Topic: 'Delivery' } },
    { preChat: { Email: 'a@b.c' } },
  );
  expect((await bench.server.request('Chasitor/ChasitorInit')).body).toEqual({
    organizationId: '00D8Z000001kQ7P',
    deploymentId: '5728Z000000Xv2K',
    buttonId: '5738Z000000Rt9M',
    sessionId: SESSION.id,
    userAgent: expect.any(String),
    language: 'de',
    screenResolution: expect.stringMatching(/^\d+x\d+$/),
    visitorName: 'Robin',
    prechatDetails: [
      { label: 'Email', value: 'a@b.c', transcriptFields: [], displayToAgent: true, entityMaps: [] },
      { label: 'Topic', value: 'Delivery', transcriptFields: [], displayToAgent: true, entityMaps: [] },
    ],
    prechatEntities: [],
    buttonOverrides: [],
    receiveQueueUpdates: true,
    isPost: true,
  });
});

test('an unnamed visitor is called Visitor and speaks English', async () => {
  await using bench = await liveChatBench();
  await bench.open();
  const { body } = await bench.server.request('Chasitor/ChasitorInit');
  expect(body).toMatchObject({ visitorName: 'Visitor', language: 'en-US', prechatDetails: [] });
});

test('the session key is a secret from then on', async () => {
  await using bench = await liveChatBench();
  await bench.open();
  expect(bench.secrets.redact(`key ${SESSION.key}`)).toBe('key [redacted]');
});

test('a key of an unheard-of form is a secret in paths as well', async () => {
  await using bench = await liveChatBench();
  bench.server.script('System/SessionId', { status: 200, body: { ...SESSION, key: 'odd!key/of+mine=' } });
  await bench.open();
  expect(bench.secrets.redact('/SessionId/odd%21key%2Fof%2Bmine%3D')).toBe('/SessionId/[redacted]');
});

test.each([404, 405])('a server that answers availability with %i may still give a chat', async (status) => {
  await using bench = await liveChatBench();
  bench.server.script('Visitor/Availability', { status, body: 'no' });
  expect((await bench.open()).id).toBe(SESSION.id);
});

test.each([500, 503])('a %i on the very first call points at ids of another org', async (status) => {
  await using bench = await liveChatBench();
  bench.server.script('Visitor/Availability', { status, body: 'down' });
  await expect(bench.open()).rejects.toMatchObject({ code: 'SERVICE_ERROR', hint: expect.stringMatching(/sandbox/) });
});

test('nobody being available does not keep the chat from being requested', async () => {
  await using bench = await liveChatBench();
  const results = [{ id: '5738Z000000Rt9M' }];
  bench.server.script('Visitor/Availability', {
    status: 200,
    body: { messages: [{ type: 'Availability', message: { results } }] },
  });
  await bench.open();
  expect(bench.server.of('Chasitor/ChasitorInit')).toHaveLength(1);
});

test('a moved org is followed to its new server, and told', async () => {
  await using bench = await liveChatBench();
  await using other = await startLiveChatServer();
  bench.server.script('Visitor/Availability', switchTo(other.url));
  const { reader, session } = await openChat(bench);
  expect(await reader.until('unknown')).toMatchObject({ wireType: 'SwitchServer', raw: { newUrl: other.url } });
  expect(reader.types()[0]).toBe('started');
  expect(other.of('Chasitor/ChasitorInit')).toHaveLength(1);
  await session[Symbol.asyncDispose]();
});

test('a ring of servers is left after two hops', async () => {
  await using bench = await liveChatBench();
  const self = switchTo(bench.server.url);
  bench.server.script('Visitor/Availability', self, self, self, self);
  await expect(bench.open()).rejects.toMatchObject({ code: 'SERVER_MOVED' });
  expect(bench.server.of('Visitor/Availability')).toHaveLength(3);
});

test('a move to a stranger is not followed', async () => {
  await using bench = await liveChatBench();
  bench.server.script('Visitor/Availability', switchTo('https://d.example.com/chat'));
  await expect(bench.open()).rejects.toMatchObject({ code: 'SERVER_MOVED', step: 'live-chat.2' });
});

test('a host of the transposed domain is sent nothing', async () => {
  await using bench = await liveChatBench();
  const opening = bench.open({}, { liveAgentUrl: 'https://example.my.salesforce-srct.com/chat' });
  await expect(opening).rejects.toMatchObject({ code: 'BASE_URL_DOMAIN_SLIP' });
});

test.each([
  [403, 'ACCESS_DENIED'],
  [404, 'NOT_FOUND'],
  [400, 'REQUEST_REJECTED'],
  [503, 'SERVICE_ERROR'],
])('a session refused with %i is %s', async (status, code) => {
  await using bench = await liveChatBench();
  bench.server.script('System/SessionId', { status, body: 'no' });
  await expect(bench.open()).rejects.toMatchObject({ code });
});

test.each(['<html><title>Sign in</title></html>', '{}', '[]', '{"key":""}', 'OK'])(
  'something else than a session, %s, is not the service',
  async (body) => {
    await using bench = await liveChatBench();
    bench.server.script('System/SessionId', { status: 200, body });
    await expect(bench.open()).rejects.toMatchObject({ code: 'NOT_THE_SERVICE', step: 'live-chat.2' });
  },
);

test('a session id that is missing is read from the key', async () => {
  await using bench = await liveChatBench();
  bench.server.script('System/SessionId', { status: 200, body: { key: SESSION.key } });
  expect((await bench.open()).id).toBe(SESSION.id);
});

test.each([{ key: 'smuggled\r\nX-Admin: 1' }, { key: 'schlüssel→' }, { affinityToken: 'a\nb' }])(
  '%j in place of a session is not the service',
  async (more) => {
    await using bench = await liveChatBench();
    bench.server.script('System/SessionId', { status: 200, body: { ...SESSION, ...more } });
    await expect(bench.open()).rejects.toMatchObject({ code: 'NOT_THE_SERVICE', step: 'live-chat.2' });
  },
);

test('a request for a chat whose answer was lost is repeated once with the same number', async () => {
  await using bench = await liveChatBench();
  bench.server.script('Chasitor/ChasitorInit', 'drop');
  const opening = bench.open();
  await bench.clock.waitUntilSleeping(1000);
  bench.clock.advance(1000);
  await opening;
  const numbers = bench.server.of('Chasitor/ChasitorInit').map(({ headers }) => headers['x-liveagent-sequence']);
  expect(numbers).toEqual(['1', '1']);
});

test('a refused chat deletes its session first', async () => {
  await using bench = await liveChatBench();
  bench.server.script('Chasitor/ChasitorInit', { status: 400, body: 'no' });
  await expect(bench.open()).rejects.toMatchObject({ code: 'REQUEST_REJECTED' });
  expect(bench.server.received.at(-1)).toMatchObject({ method: 'DELETE', noun: 'System/SessionId' });
});

test('an abort during the request for a chat still deletes the session', async () => {
  await using bench = await liveChatBench();
  bench.server.script('Chasitor/ChasitorInit', 'hold');
  const opening = bench.open();
  await bench.server.request('Chasitor/ChasitorInit');
  bench.outside.abort(new Error('interrupted'));
  await expect(opening).rejects.toThrow('interrupted');
  expect(bench.server.received.at(-1)?.method).toBe('DELETE');
});

test.each([202, 204])('a chat accepted with %i is accepted', async (status) => {
  await using bench = await liveChatBench();
  bench.server.script('Chasitor/ChasitorInit', { status, body: '' });
  expect((await bench.open()).closed).toBe(false);
});

test('a server that is not there is an error in the terms of Live Chat', async () => {
  await using bench = await liveChatBench();
  const opening = bench.open({}, { liveAgentUrl: 'http://127.0.0.1:1/chat' });
  await expect(opening).rejects.toMatchObject({ code: 'CONNECTION_REFUSED' });
});
