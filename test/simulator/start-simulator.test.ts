import { X509Certificate } from 'node:crypto';
import { request as requestTls } from 'node:https';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { selfSigned } from '../../src/simulator/certificate.ts';
import { createJournal } from '../../src/simulator/journal.ts';
import type { SimulatedRequest } from '../../src/simulator/model.ts';
import { startSimulator } from '../../src/simulator/start-simulator.ts';
import { manualClock } from '../support/manual-clock.ts';
import { openRawVisitor } from '../support/raw-live-chat.ts';
import { API, call, GUEST_TOKEN, STREAM, tokenBody, visit } from './raw-visitor.ts';

const CONFIG = '/embeddedservice/v1/embedded-service-config?orgId=00D8Z000001kQ7P&esConfigName=Acme_Bot&language=en_US';
const HOURS = '/embeddedservice/v1/businesshours?orgId=00D8Z000001kQ7P&esConfigName=Acme_Bot';

async function ask(path: string, faults: readonly string[] = []) {
  await using simulator = await startSimulator({ faults, clock: manualClock() });
  const { status, text: body } = await call(simulator, 'GET', path);
  return { status, body: body === '' ? undefined : JSON.parse(body) };
}

test('the values are those to enter, on a port of this computer', async () => {
  await using simulator = await startSimulator();
  const baseUrl = `http://127.0.0.1:${simulator.port}`;
  const ids = { orgId: '00D8Z000001kQ7P', deploymentId: '5728Z000000Xv2K', buttonId: '5738Z000000Rt9M' };
  expect(simulator.values).toEqual({
    'live-chat': { channel: 'live-chat', liveAgentUrl: `${baseUrl}/chat`, ...ids },
    miaw: { channel: 'miaw', orgId: ids.orgId, baseUrl, developerName: 'Acme_Bot' },
  });
  expect(simulator.urls).toEqual({ 'live-chat': `${baseUrl}/chat`, miaw: baseUrl });
});

test('a port that is taken is an error with a code', async () => {
  await using first = await startSimulator();
  await expect(startSimulator({ port: first.port })).rejects.toMatchObject({ code: 'PORT_IN_USE' });
});

test.each([-1, 70_000, 1.5])('%d is no port', async (port) => {
  await expect(startSimulator({ port })).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
});

test('stopping breaks open streams and frees the port', async () => {
  const simulator = await startSimulator();
  const visitor = await visit(simulator);
  await using stream = await visitor.stream();
  await visitor.create();
  await simulator[Symbol.asyncDispose]();
  expect([await stream.ended(), simulator.openChats()]).toEqual(['broken', []]);
  await using next = await startSimulator({ port: simulator.port });
  expect(next.port).toBe(simulator.port);
});

test('stopping twice is harmless', async () => {
  const simulator = await startSimulator();
  await simulator[Symbol.asyncDispose]();
  await expect(simulator[Symbol.asyncDispose]()).resolves.toBeUndefined();
});

test('a wait for a request ends with the simulator', async () => {
  const simulator = await startSimulator();
  const waiting = simulator.waitForRequest(() => false);
  waiting.catch(() => undefined);
  await simulator[Symbol.asyncDispose]();
  await expect(waiting).rejects.toThrow('stopped');
});

test('a wait for a request ends with its own signal', async () => {
  await using simulator = await startSimulator();
  await expect(simulator.waitForRequest(() => false, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
});

test('chats are open until somebody ends them', async () => {
  await using simulator = await startSimulator({ scenario: 'never-routed' });
  const visitor = await visit(simulator);
  const [one, two] = [await visitor.create(), await visitor.create()];
  await visitor.request('DELETE', `${API}/conversation/${one}?esDeveloperName=Acme_Bot`);
  expect(simulator.openChats()).toEqual([two]);
});

test('the journal keeps requests in order, with their answers', async () => {
  await using simulator = await startSimulator();
  const visitor = await visit(simulator);
  await visitor.request('GET', `${API}/conversation/list?limit=3`);
  await call(simulator, 'GET', '/elsewhere');
  expect(simulator.journal).toMatchObject([
    { channel: 'miaw', method: 'POST', path: GUEST_TOKEN, status: 200 },
    { channel: 'miaw', method: 'GET', path: `${API}/conversation/list`, query: { limit: '3' }, status: 200 },
    { channel: 'other', method: 'GET', path: '/elsewhere', status: 404 },
  ]);
});

test('the journal holds no secret', async () => {
  await using simulator = await startSimulator();
  const visitor = await visit(simulator);
  const key = '3f0c9b1e-7a52-4d7e-9c31-5b8e2a64d0f7!1718200455123!H3cA+ShTTNySJ+kCdi30odTCar8=';
  await visitor.request('POST', `${API}/conversation?token=${visitor.token}`, { token: visitor.token });
  await call(simulator, 'DELETE', `/chat/rest/System/SessionId/${encodeURIComponent(key)}`, undefined, {
    'x-liveagent-session-key': key,
  });
  const written = JSON.stringify(simulator.journal);
  expect([written.includes(visitor.token), written.includes('H3cA'), written.includes('[redacted]')]).toEqual([
    false,
    false,
    true,
  ]);
});

test('a request that has been made already is found at once', async () => {
  await using simulator = await startSimulator();
  await visit(simulator);
  const found = await simulator.waitForRequest(({ path, status }) => path === GUEST_TOKEN && status === 200);
  expect(found.body).toContain('capabilitiesVersion');
});

test('the journal keeps the latest requests, and counts all of them', async () => {
  const journal = createJournal();
  const notes = Array.from({ length: 2003 }, (_, at) => journal.add(arrival(at)));
  notes[0]?.(500);
  notes[2002]?.(200);
  const [first, last] = [journal.requests[0], journal.requests.at(-1)];
  expect([journal.total(), journal.requests.length, first?.at, first?.status, last?.at, last?.status]).toEqual([
    2003, 2000, 3, 0, 2002, 200,
  ]);
});

test('the journal keeps at most 8 KB of a body, and no half of a secret', () => {
  const journal = createJournal();
  const token = `eyJhbGciOiJSUzI1NiJ9.${'a'.repeat(40)}.${'b'.repeat(40)}`;
  journal.add(arrival(1, `${'x'.repeat(8 * 1024 - 30)} ${token} ${'y'.repeat(100)}`));
  const { body = '' } = journal.requests[0] ?? {};
  expect([body.length, body.includes('eyJ')]).toEqual([8193, false]);
});

function arrival(at: number, body = '') {
  const url = new URL('http://127.0.0.1/x');
  return { at, channel: 'other', method: 'POST', url, headers: {}, body: Buffer.from(body) } as const;
}

test('requests and chats are counted, and told with their status', async () => {
  const told: string[] = [];
  const onRequest = ({ method, path, status }: SimulatedRequest) => void told.push(`${method} ${path} ${status}`);
  await using simulator = await startSimulator({ scenario: 'never-routed', onRequest });
  const visitor = await visit(simulator);
  await visitor.create();
  const legacy = await openRawVisitor(simulator.urls['live-chat']);
  await legacy.init();
  expect(simulator.totals()).toEqual({ requests: 4, chats: 2 });
  expect(told).toEqual([
    `POST ${GUEST_TOKEN} 200`,
    `POST ${API}/conversation 201`,
    'GET /chat/rest/System/SessionId 200',
    'POST /chat/rest/Chasitor/ChasitorInit 200',
  ]);
});

test('a path of neither service is not found', async () => {
  expect(await ask('/services/data')).toEqual({ status: 404, body: { message: 'Not Found' } });
});

test('the legacy service answers on the same port', async () => {
  await using simulator = await startSimulator();
  await call(simulator, 'GET', '/chat/rest/System/SessionId');
  expect(simulator.journal).toMatchObject([{ channel: 'live-chat' }]);
});

test('a body over six megabytes is refused', async () => {
  await using simulator = await startSimulator();
  const answer = await call(simulator, 'POST', GUEST_TOKEN, 'x'.repeat(6 * 1024 * 1024 + 1));
  expect(answer.status).toBe(413);
});

test('a request line that is no URL harms nobody', async () => {
  await using simulator = await startSimulator();
  const socket = connect(simulator.port, '127.0.0.1');
  socket.end('GET http://[ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  expect(await text(socket)).toMatch(/^HTTP\/1.1 40[04] /);
});

test('a request target may be the whole URL, as proxies write it', async () => {
  await using simulator = await startSimulator();
  const socket = connect(simulator.port, '127.0.0.1');
  const target = `http://127.0.0.1:${simulator.port}${CONFIG}`;
  socket.end(`GET ${target} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`);
  expect(await text(socket)).toMatch(/^HTTP\/1.1 200 /);
});

const ROUTER = { timestamp: expect.any(Number), status: 500, error: 'Internal Server Error', path: STREAM };
test.each<[string, string, unknown]>([
  ['Live Chat', '/chat/rest/System/SessionId', /^There was an error on the server/],
  ['MIAW', GUEST_TOKEN, { message: expect.any(String), code: 'INTERNAL_SERVER_ERROR', path: GUEST_TOKEN }],
  ['the event router', STREAM, ROUTER],
  ['the public endpoints', CONFIG, { text: expect.any(String) }],
])('%s fails in its own form', async (_case, path, expected) => {
  await using simulator = await startSimulator({ faults: ['http-500'] });
  const answer = await call(simulator, 'GET', path);
  expect(answer.status).toBe(500);
  if (expected instanceof RegExp) expect(answer.text).toMatch(expected);
  else expect(answer.json()).toEqual(expected);
});

test('Live Chat refuses a large body in plain text', async () => {
  await using simulator = await startSimulator();
  const path = '/chat/rest/Chasitor/ChatMessage';
  const answer = await call(simulator, 'POST', path, 'x'.repeat(6 * 1024 * 1024 + 1));
  expect([answer.status, answer.headers.get('content-type')]).toEqual([413, expect.stringContaining('text/plain')]);
});

test('a preflight from any page is allowed, with the headers it names', async () => {
  await using simulator = await startSimulator({ faults: ['http-500'] });
  const answer = await call(simulator, 'OPTIONS', `${API}/conversation/x`, undefined, {
    origin: 'https://pages.example.com',
    'access-control-request-method': 'DELETE',
    'access-control-request-headers': 'authorization,x-org-id,last-event-id,cache-control',
  });
  expect([answer.status, Object.fromEntries(answer.headers)]).toMatchObject([
    204,
    {
      'access-control-allow-origin': 'https://pages.example.com',
      'access-control-allow-methods': expect.stringContaining('DELETE'),
      'access-control-allow-headers': 'authorization,x-org-id,last-event-id,cache-control',
    },
  ]);
});

test('answers and the stream can be read by any page', async () => {
  await using simulator = await startSimulator();
  const visitor = await visit(simulator);
  await using stream = await visitor.stream({ origin: 'https://pages.example.com' });
  const answer = await call(simulator, 'POST', GUEST_TOKEN, tokenBody(simulator));
  const origins = [stream.headers, answer.headers].map((headers) => headers.get('access-control-allow-origin'));
  expect(origins).toEqual(['https://pages.example.com', '*']);
});

test.each([
  ['http-500', 500, /Something went wrong/],
  ['html', 200, /^<!DOCTYPE html>/],
  ['empty-error', 400, /^$/],
])('every request is answered alike under the fault %s', async (fault, status, body) => {
  await using simulator = await startSimulator({ faults: [fault] });
  const answer = await call(simulator, 'GET', CONFIG);
  expect([answer.status, answer.text]).toEqual([status, expect.stringMatching(body)]);
});

test('answers take three seconds under the fault slow', async () => {
  const clock = manualClock();
  await using simulator = await startSimulator({ faults: ['slow'], clock });
  const answering = call(simulator, 'GET', CONFIG);
  await clock.waitUntilSleeping(3000);
  const before = simulator.journal[0]?.status;
  clock.advance(3000);
  expect([before, (await answering).status]).toEqual([0, 200]);
});

test('the published configuration needs no token, and hidden fields stand apart', async () => {
  const { status, body } = await ask(CONFIG);
  const [form] = body.embeddedServiceConfig.forms;
  const names = (fields: { name: string }[]) => fields.map(({ name }) => name);
  expect(status).toBe(200);
  expect(names(form.formFields)).toEqual(['_firstName', '_lastName', '_email', 'Topic']);
  expect(names(form.hiddenFormFields)).toEqual(['City', 'Country', 'Pincode']);
});

test.each([
  ['an unpublished deployment', CONFIG, ['unpublished'], 412, 'Embedded Messaging Config is not Published'],
  ['an unknown deployment', CONFIG.replace('Acme_Bot', 'Other'), [], 404, expect.any(String)],
  ['the fault unknown-deployment', CONFIG, ['unknown-deployment'], 404, expect.any(String)],
  ['another organization', CONFIG.replace('00D8Z', '00D9Z'), [], 400, expect.any(String)],
  ['business hours of an unknown deployment', HOURS.replace('Acme_Bot', 'Other'), [], 404, expect.any(String)],
])('%s is refused by the public endpoints', async (_case, path, faults, status, words) => {
  expect(await ask(path, faults)).toEqual({ status, body: { text: words } });
});

test.each([
  ['wrong-type', { deploymentType: 'web' }],
  ['user-verification', { embeddedServiceMessagingChannel: { authMode: 'Auth' } }],
  ['form-per-session', { forms: [{ displayContext: 'Session' }] }],
])('the configuration shows the fault %s', async (fault, expected) => {
  expect((await ask(CONFIG, [fault])).body.embeddedServiceConfig).toMatchObject(expected);
});

test('without business hours there is nothing to say', async () => {
  expect(await ask(HOURS)).toEqual({ status: 204, body: undefined });
});

test('business hours begin later when it is closed now', async () => {
  const { body } = await ask(HOURS, ['closed-hours']);
  const [{ startTime, endTime }] = body.businessHoursInfo.businessHours;
  expect([startTime > manualClock().now(), endTime > startTime]).toEqual([true, true]);
});

test('both services speak TLS with a certificate made on the spot', async () => {
  const tls = await selfSigned();
  await using simulator = await startSimulator({ tls });
  const answer = await new Promise<number | undefined>((resolve, reject) => {
    const url = `${simulator.values.miaw.baseUrl}${CONFIG}`;
    requestTls(url, { ca: tls.cert, agent: false }, (response) => resolve(response.resume().statusCode))
      .once('error', reject)
      .end();
  });
  expect([answer, simulator.values['live-chat'].liveAgentUrl]).toEqual([
    200,
    `https://127.0.0.1:${simulator.port}/chat`,
  ]);
});

test('the certificate is for this computer and vouches for itself', async () => {
  const certificate = new X509Certificate((await selfSigned()).cert);
  expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1');
  expect(certificate.checkIP('::1')).toBe('::1');
  expect(certificate.checkHost('localhost')).toBe('localhost');
  expect(certificate.verify(certificate.publicKey)).toBe(true);
});

test('no two certificates are alike', async () => {
  const [one, two] = [await selfSigned(), await selfSigned()];
  expect(new X509Certificate(one.cert).serialNumber).not.toBe(new X509Certificate(two.cert).serialNumber);
});
