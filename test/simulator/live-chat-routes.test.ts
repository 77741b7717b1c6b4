import { describe, expect, test } from 'vitest';
import { openLiveChatStage } from '../support/live-chat-stage.ts';
import { INIT_BODY, openRawVisitor, raw, VERSION } from '../support/raw-live-chat.ts';

const SESSION_GONE = 'Session required but was invalid or not found';
const UNAVAILABLE = 'The server is unavailable to handle this request right now';
const SERVER_ERROR = 'There was an error on the server and the request could not be completed';

describe('SessionId', () => {
  test('answers id, key, affinity token and the poll timeout in seconds in their known shapes', async () => {
    await using stage = await openLiveChatStage();
    const answer = await raw(`${stage.values.liveAgentUrl}/rest/System/SessionId`, { headers: VERSION });
    expect(answer.json()).toEqual({
      clientPollTimeout: 40,
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/),
      key: expect.stringMatching(/^[0-9a-f-]{36}!\d{13}![A-Za-z0-9+/]{27}=$/),
      affinityToken: expect.stringMatching(/^[0-9a-f]{8}$/),
    });
  });

  test('gives a key whose first part is the id', async () => {
    await using stage = await openLiveChatStage();
    const visitor = await openRawVisitor(stage.values.liveAgentUrl);
    expect(visitor.key.split('!')[0]).toBe(visitor.id);
  });

  test('does not notice wrong ids, as the real one does not', async () => {
    await using stage = await openLiveChatStage({ faults: ['unknown-org'] });
    const answer = await raw(`${stage.values.liveAgentUrl}/rest/System/SessionId`, { headers: VERSION });
    expect(answer.status).toBe(200);
  });
});

describe('paths and verbs', () => {
  test.each([
    '/chat/rest/System/Nothing',
    '/chat/rest/Chasitor/Nothing',
    '/chat/rest/Visitor/Nothing',
    '/chat/rest/system/sessionid',
    '/chat/rest//System/SessionId',
    '/chat/rest/System/SessionId/',
    '/chat/rest/chat/rest/System/SessionId',
    '/chat/rest/',
    '/services/liveagent/cdm',
    '/chat//rest/System/SessionId',
  ])('there is nothing at %s', async (path) => {
    await using stage = await openLiveChatStage();
    const answer = await raw(stage.baseUrl + path, { headers: VERSION });
    expect(answer.status).toBe(404);
  });

  test.each([
    ['POST', 'System/SessionId', 'GET'],
    ['DELETE', 'System/Messages', 'GET'],
    ['GET', 'Chasitor/ChatMessage', 'POST'],
    ['GET', 'Chasitor/ChasitorInit', 'POST'],
    ['GET', 'System/MultiNoun', 'POST'],
    ['POST', 'Visitor/Availability', 'GET'],
    ['GET', 'Visitor/Breadcrumb', 'POST'],
    ['GET', 'System/SessionId/some-key', 'DELETE'],
    ['PUT', 'System/SessionId', 'GET'],
  ])('%s is not a verb of %s', async (method, noun, allowed) => {
    await using stage = await openLiveChatStage();
    const answer = await raw(`${stage.values.liveAgentUrl}/rest/${noun}`, { method });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, allowed]);
  });

  test('telemetry of mobile clients is accepted under any noun', async () => {
    await using stage = await openLiveChatStage();
    const visitor = await openRawVisitor(stage.values.liveAgentUrl);
    expect((await visitor.post('WebEvent/BatchedEvents', { events: [] })).body).toBe('OK');
  });
});

describe('the order of checks', () => {
  test('a wrong verb is told before the missing version', async () => {
    await using stage = await openLiveChatStage();
    const answer = await raw(`${stage.values.liveAgentUrl}/rest/Chasitor/ChatMessage`);
    expect(answer.status).toBe(405);
  });

  test('a missing version is told before a foreign affinity', async () => {
    await using stage = await openLiveChatStage();
    const answer = await raw(`${stage.values.liveAgentUrl}/rest/System/Messages`);
    expect(answer.status).toBe(400);
  });

  test.each(['34', '34.0', '48', '67'])('release %s is understood', async (version) => {
    await using stage = await openLiveChatStage();
    const headers = { 'X-LIVEAGENT-API-VERSION': version };
    const answer = await raw(`${stage.values.liveAgentUrl}/rest/System/SessionId`, { headers });
    expect(answer.status).toBe(200);
  });

  test.each(['', 'abc', '34.5', 'v34'])('“%s” is no release', async (version) => {
    await using stage = await openLiveChatStage();
    const headers = { 'X-LIVEAGENT-API-VERSION': version };
    const answer = await raw(`${stage.values.liveAgentUrl}/rest/System/SessionId`, { headers });
    expect(answer.status).toBe(400);
  });

  test('a foreign affinity is an unavailable server, whatever the key', async () => {
    await using stage = await openLiveChatStage();
    const headers = { ...VERSION, 'X-LIVEAGENT-AFFINITY': 'deadbeef', 'X-LIVEAGENT-SESSION-KEY': 'no' };
    const answer = await raw(`${stage.values.liveAgentUrl}/rest/System/Messages`, { headers });
    expect([answer.status, answer.body]).toEqual([503, UNAVAILABLE]);
  });

  test('an unknown key meets no session', async () => {
    await using stage = await openLiveChatStage();
    const visitor = await openRawVisitor(stage.values.liveAgentUrl);
    const headers = { ...visitor.headers(), 'X-LIVEAGENT-SESSION-KEY': 'no' };
    const answer = await raw(`${stage.values.liveAgentUrl}/rest/System/Messages`, { headers });
    expect([answer.status, answer.body]).toEqual([403, SESSION_GONE]);
  });

  test('a key with the affinity of another session is an unavailable server', async () => {
    await using stage = await openLiveChatStage();
    const visitor = await openRawVisitor(stage.values.liveAgentUrl);
    const other = await openRawVisitor(stage.values.liveAgentUrl);
    visitor.affinity = other.affinity;
    expect((await visitor.poll()).status).toBe(503);
  });

  test('a gap in the numbers is told before a bad body', async () => {
    await using stage = await openLiveChatStage();
    const visitor = await openRawVisitor(stage.values.liveAgentUrl);
    await visitor.init({}, 1);
    const answer = await visitor.post('Chasitor/ChatMessage', '{broken', 5);
    expect([answer.status, answer.body]).toEqual([409, 'Out of sync Ack. Expected 5. Actual 1']);
  });

  test('a bad body is told before a chat that is not established', async () => {
    await using stage = await openLiveChatStage();
    const visitor = await openRawVisitor(stage.values.liveAgentUrl);
    await visitor.init({}, 1);
    expect((await visitor.post('Chasitor/ChatMessage', '{broken', 2)).status).toBe(400);
  });

  test.each(['[]', '"text"', 'null', '7'])('the body %s is no object', async (body) => {
    await using stage = await openLiveChatStage();
    const visitor = await openRawVisitor(stage.values.liveAgentUrl);
    expect((await visitor.post('Chasitor/ChasitorTyping', body)).status).toBe(400);
  });

  test('acting before the chat is established is a server error', async () => {
    await using stage = await openLiveChatStage();
    const visitor = await openRawVisitor(stage.values.liveAgentUrl);
    await visitor.init();
    const answer = await visitor.post('Chasitor/ChatMessage', { text: 'too early' });
    expect([answer.status, answer.body]).toEqual([500, SERVER_ERROR]);
  });

  test('a chat whose establishment was not yet polled is not established', async () => {
    await using stage = await openLiveChatStage();
    const visitor = await openRawVisitor(stage.values.liveAgentUrl);
    await visitor.init();
    stage.chats[0]?.emit({ type: 'joined', participant: { name: 'Sam A', role: 'agent' } });
    expect((await visitor.post('Chasitor/ChasitorTyping', {})).status).toBe(500);
  });
});

describe('deleting a session', () => {
  test.each([
    ['encoded', encodeURIComponent],
    ['as it is', (key: string) => key],
  ])('ends it, with the key in the path %s', async (_, write) => {
    await using stage = await openLiveChatStage();
    const visitor = await openRawVisitor(stage.values.liveAgentUrl);
    const url = `${stage.values.liveAgentUrl}/rest/System/SessionId/${write(visitor.key)}`;
    const answer = await raw(url, { method: 'DELETE', headers: visitor.headers() });
    expect([answer.body, (await visitor.poll()).status]).toEqual(['OK', 403]);
  });

  test('frees a held poll, which then meets no session', async () => {
    await using stage = await openLiveChatStage({ pace: 1 });
    const visitor = await openRawVisitor(stage.values.liveAgentUrl);
    await visitor.init();
    const held = visitor.poll(-1);
    const url = `${stage.values.liveAgentUrl}/rest/System/SessionId/${encodeURIComponent(visitor.key)}`;
    await raw(url, { method: 'DELETE', headers: visitor.headers() });
    expect((await held).status).toBe(403);
  });

  test('closes the chat for the script', async () => {
    await using stage = await openLiveChatStage();
    const visitor = await openRawVisitor(stage.values.liveAgentUrl);
    await visitor.init();
    const url = `${stage.values.liveAgentUrl}/rest/System/SessionId/${encodeURIComponent(visitor.key)}`;
    await raw(url, { method: 'DELETE', headers: visitor.headers() });
    expect([stage.chats[0]?.over.aborted, stage.openChats()]).toEqual([true, []]);
  });

  test('of an unknown key meets no session', async () => {
    await using stage = await openLiveChatStage();
    const visitor = await openRawVisitor(stage.values.liveAgentUrl);
    const url = `${stage.values.liveAgentUrl}/rest/System/SessionId/unknown`;
    expect((await raw(url, { method: 'DELETE', headers: visitor.headers() })).status).toBe(403);
  });
});

describe('ChasitorInit', () => {
  test('answers OK and opens one chat under the session id', async () => {
    await using stage = await openLiveChatStage();
    const visitor = await openRawVisitor(stage.values.liveAgentUrl);
    const answer = await visitor.init();
    expect([answer.status, answer.body, stage.openChats()]).toEqual([200, 'OK', [visitor.id]]);
  });

  test.each(Object.keys(INIT_BODY).filter((name) => name !== 'buttonOverrides'))('needs %s', async (name) => {
    await using stage = await openLiveChatStage();
    const visitor = await openRawVisitor(stage.values.liveAgentUrl);
    expect((await visitor.init({ [name]: undefined })).status).toBe(400);
  });

  test('needs the id of its own session', async () => {
    await using stage = await openLiveChatStage();
    const visitor = await openRawVisitor(stage.values.liveAgentUrl);
    expect((await visitor.init({ sessionId: 'another' })).status).toBe(400);
  });

  test('accepts details under either name of the entity maps', async () => {
    await using stage = await openLiveChatStage();
    const visitor = await openRawVisitor(stage.values.liveAgentUrl);
    const detail = { label: 'Email', value: '', transcriptFields: [], entityFieldMaps: [] };
    expect((await visitor.init({ prechatDetails: [detail, { ...detail, entityMaps: [] }] })).body).toBe('OK');
  });

  test('accepts a detail that does not say where it is kept', async () => {
    await using stage = await openLiveChatStage();
    const visitor = await openRawVisitor(stage.values.liveAgentUrl);
    expect((await visitor.init({ prechatDetails: [{ label: 'Email', value: 'a@example.com' }] })).body).toBe('OK');
  });

  test.each([{ label: 'Email' }, { label: 'Email', value: null, transcriptFields: [] }, 'Email', null])(
    'refuses the pre-chat detail %j',
    async (detail) => {
      await using stage = await openLiveChatStage();
      const visitor = await openRawVisitor(stage.values.liveAgentUrl);
      expect((await visitor.init({ prechatDetails: [detail] })).status).toBe(400);
    },
  );

  test.each([
    ['18-character ids', { organizationId: '00D8Z000001kQ7PUAU', buttonId: '5738Z000000Rt9MQAS' }],
    ['a button among overrides', { buttonId: undefined, buttonOverrides: ['0058Z000004Hn3T_5738Z000000Rt9M'] }],
    ['an agent with fallback', { agentId: '0058Z000004Hn3T', doFallback: true }],
    ['an empty agent', { agentId: '' }],
    ['a tracking id', { trackingId: 'x' }],
    ['isPost false', { isPost: false }],
  ])('opens a chat with %s', async (_, overrides) => {
    await using stage = await openLiveChatStage();
    const visitor = await openRawVisitor(stage.values.liveAgentUrl);
    await visitor.init(overrides);
    expect(stage.chats).toHaveLength(1);
  });

  test.each([
    ['Unavailable', 'an unknown button', { buttonId: '5738Z000000Rt9W' }],
    ['Unavailable', 'an unknown deployment', { deploymentId: '5728Z000000Xv2X' }],
    ['Unavailable', 'an agent without fallback', { agentId: '0058Z000004Hn3T' }],
    ['Unavailable', 'a button in the wrong case', { buttonId: '5738Z000000RT9M' }],
    ['InternalFailure', 'another organization', { organizationId: '00D8Z000001kQ7X' }],
  ])('is answered OK and then fails as %s for %s', async (reason, _, overrides) => {
    await using stage = await openLiveChatStage();
    const visitor = await openRawVisitor(stage.values.liveAgentUrl);
    const answer = await visitor.init(overrides);
    const [failed] = await visitor.pollUntil('ChatRequestFail');
    expect([answer.body, failed]).toEqual([
      'OK',
      { type: 'ChatRequestFail', message: { reason, attachedRecords: [] } },
    ]);
  });

  test('a second one is a server error', async () => {
    await using stage = await openLiveChatStage();
    const visitor = await openRawVisitor(stage.values.liveAgentUrl);
    await visitor.init();
    expect((await visitor.init()).status).toBe(500);
  });
});

describe('faults of the whole service', () => {
  test.each([
    ['retired', 403],
    ['retired-404', 404],
    ['retired-503', 503],
    ['rate-limit', 429],
  ])('%s answers %i to everything', async (fault, status) => {
    await using stage = await openLiveChatStage({ faults: [fault] });
    const paths = ['System/SessionId', 'Visitor/Availability', 'System/Messages'];
    const answers = await Promise.all(
      paths.map((path) => raw(`${stage.values.liveAgentUrl}/rest/${path}`, { headers: VERSION })),
    );
    expect(answers.map((answer) => answer.status)).toEqual([status, status, status]);
  });
});
