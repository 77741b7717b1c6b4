import { expect, test } from 'vitest';
import { startSimulator } from '../../src/simulator/start-simulator.ts';
import { manualClock } from '../support/manual-clock.ts';
import { API, call, GUEST_TOKEN, STREAM, tokenBody, visit, visitorWith } from './raw-visitor.ts';
import { differences, fixture } from './shape.ts';

const VERIFIED_TOKEN = `${API}/authorization/authenticated/access-token`;
const CONTINUATION = `${API}/authorization/continuation-access-token`;

function jwt(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'RS256', kid: 'key-1' })}.${part(claims)}.c2lnbmF0dXJl`;
}

function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
}

async function refusal(faults: readonly string[], more: Record<string, unknown>) {
  await using simulator = await startSimulator({ faults });
  const answer = await call(simulator, 'POST', GUEST_TOKEN, tokenBody(simulator, more));
  return { status: answer.status, message: answer.json().message };
}

test('the token answer has the members of the wire reference', async () => {
  await using simulator = await startSimulator();
  const answer = await call(simulator, 'POST', GUEST_TOKEN, tokenBody(simulator));
  const expected = fixture('token-response.json');
  expected.context.configuration.embeddedServiceConfig = fixture('embedded-service-config.json');
  expect(differences(answer.json(), expected)).toEqual([]);
});

test('the token is a JWT with the claims of a guest', async () => {
  const clock = manualClock();
  await using simulator = await startSimulator({ clock });
  const { token } = await visit(simulator);
  const issuedAt = clock.now() / 1000;
  expect(claimsOf(token)).toEqual({
    sub: expect.stringMatching(/^v2\/iamessage\/UNAUTH\/NA\/uid:[0-9a-f-]{36}$/),
    orgId: simulator.values.miaw.orgId,
    channelAddId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    clientId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    iat: issuedAt,
    exp: issuedAt + 21_600,
  });
});

test('an 18-character organization id is accepted', async () => {
  await using simulator = await startSimulator();
  const body = tokenBody(simulator, { orgId: `${simulator.values.miaw.orgId}UAU` });
  expect((await call(simulator, 'POST', GUEST_TOKEN, body)).status).toBe(200);
});

test('the device id that a client gives comes back', async () => {
  await using simulator = await startSimulator();
  const answer = await call(simulator, 'POST', GUEST_TOKEN, tokenBody(simulator, { deviceId: 'my-device' }));
  expect(answer.json()).toMatchObject({ context: { deviceId: 'my-device' } });
});

test.each([
  ['orgId', { orgId: undefined }],
  ['esDeveloperName', { esDeveloperName: '' }],
  ['capabilitiesVersion', { capabilitiesVersion: 1 }],
  ['platform', { platform: 'Desktop' }],
  ['context', { context: 'text' }],
])('a wrong %s is named in the refusal', async (field, more) => {
  expect(await refusal([], more)).toEqual({ status: 400, message: expect.stringContaining(field) });
});

test('a body that is no JSON object is refused', async () => {
  await using simulator = await startSimulator();
  expect((await call(simulator, 'POST', GUEST_TOKEN, '{"orgId"')).status).toBe(400);
});

test('a refusal carries its symbol and the path', async () => {
  await using simulator = await startSimulator();
  const answer = await call(simulator, 'POST', GUEST_TOKEN, '[]');
  expect(answer.json()).toEqual({ message: expect.any(String), code: 'BAD_REQUEST', path: GUEST_TOKEN });
});

test.each([
  ['another organization', [], { orgId: '00D000000000001' }, 400],
  ['a cut organization id', [], { orgId: '00D8Z000001kQ7PUA' }, 400],
  ['the fault unknown-org', ['unknown-org'], {}, 400],
  ['a name with wrong capitals', [], { esDeveloperName: 'acme_bot' }, 400],
  ['the fault unknown-deployment', ['unknown-deployment'], {}, 400],
  ['a deployment that was never published', ['unpublished'], {}, 412],
  ['too many requests', ['rate-limit'], {}, 429],
  ['a missing context where it is demanded', ['strict-context'], {}, 400],
])('%s is refused', async (_case, faults, more, status) => {
  expect((await refusal(faults, more)).status).toBe(status);
});

test('a deployment of the wrong type is refused in the words of the service', async () => {
  const message = "Set the esDeveloperName to a deploymentType that's set to api";
  expect(await refusal(['wrong-type'], {})).toEqual({ status: 400, message });
});

test('a guest is refused on a channel with user verification', async () => {
  expect(await refusal(['user-verification'], {})).toEqual({ status: 400, message: 'Set the auth mode to false.' });
});

test('a token request with a context passes where context is demanded', async () => {
  await using simulator = await startSimulator({ faults: ['strict-context'] });
  const body = tokenBody(simulator, { context: { appName: 'test', clientVersion: '1' } });
  expect((await call(simulator, 'POST', GUEST_TOKEN, body)).status).toBe(200);
});

test('the wrong type is reported before the missing publication', async () => {
  expect((await refusal(['unpublished', 'wrong-type'], {})).status).toBe(400);
});

test('a token request by GET is not allowed', async () => {
  await using simulator = await startSimulator();
  const answer = await call(simulator, 'GET', GUEST_TOKEN);
  expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
});

test('a continuation token is another one for the same subject with the same end', async () => {
  await using simulator = await startSimulator();
  const visitor = await visit(simulator);
  const answer = (await visitor.request('GET', CONTINUATION)).json();
  const renewed = claimsOf(String(answer.accessToken));
  const old = claimsOf(visitor.token);
  expect([renewed.sub, renewed.exp, renewed.clientId === old.clientId]).toEqual([old.sub, old.exp, false]);
});

test('a continuation token opens the conversation of the old one', async () => {
  await using simulator = await startSimulator({ scenario: 'never-routed' });
  const visitor = await visit(simulator);
  const id = await visitor.create();
  const { accessToken } = (await visitor.request('GET', CONTINUATION)).json();
  const renewed = visitorWith(simulator, String(accessToken));
  expect((await renewed.request('GET', `${API}/conversation/${id}`)).status).toBe(200);
});

test('a continuation answer has a position to replay from', async () => {
  await using simulator = await startSimulator();
  const visitor = await visit(simulator);
  expect((await visitor.request('GET', CONTINUATION)).json().lastEventId).toMatch(/^\d+$/);
});

test.each([
  ['no token', {}],
  ['a foreign token', { authorization: `Bearer ${jwt({ sub: 'x' })}` }],
  ['a basic login', { authorization: 'Basic YTpi' }],
])('%s is answered 401', async (_case, headers: Record<string, string>) => {
  await using simulator = await startSimulator();
  expect((await call(simulator, 'GET', CONTINUATION, undefined, headers)).status).toBe(401);
});

test('an expired token is answered 401 in plain words', async () => {
  const clock = manualClock();
  await using simulator = await startSimulator({ clock });
  const visitor = await visit(simulator);
  clock.advance(21_600_000);
  const answer = await visitor.request('GET', CONTINUATION);
  expect([answer.status, answer.text]).toEqual([401, 'Jwt is expired']);
});

test('tokens last five seconds under the fault token-expires', async () => {
  const clock = manualClock();
  await using simulator = await startSimulator({ clock, faults: ['token-expires'] });
  const visitor = await visit(simulator);
  clock.advance(5000);
  expect((await visitor.request('GET', CONTINUATION)).status).toBe(401);
});

test('a token of the other API version is refused with its number', async () => {
  await using simulator = await startSimulator({ faults: ['foreign-token'] });
  const visitor = await visit(simulator);
  const answer = await visitor.request('GET', `${API}/conversation/list`);
  expect([answer.status, answer.json().code]).toEqual([401, 900_020]);
});

test('a verified user gets a subject with the name of the configuration', async () => {
  await using simulator = await startSimulator({ faults: ['user-verification'] });
  const body = { ...tokenBody(simulator), authorizationType: 'JWT', customerIdentityToken: jwt({ sub: 'dana' }) };
  const { accessToken } = (await call(simulator, 'POST', VERIFIED_TOKEN, body)).json();
  expect(claimsOf(String(accessToken)).sub).toMatch(/^v2\/iamessage\/AUTH\/\w+\/uid:dana$/);
});

test('an identity token without a subject is refused in the words of the service', async () => {
  await using simulator = await startSimulator({ faults: ['user-verification'] });
  const body = { ...tokenBody(simulator), authorizationType: 'JWT', customerIdentityToken: 'rubbish' };
  const answer = await call(simulator, 'POST', VERIFIED_TOKEN, body);
  expect([answer.status, answer.json()]).toEqual([
    401,
    { message: 'User verification configuration has no active AuthSchemes.' },
  ]);
});

test('a failed verification can yield a guest without a word', async () => {
  await using simulator = await startSimulator({ faults: ['user-verification', 'silent-guest'] });
  const body = { ...tokenBody(simulator), authorizationType: 'JWT', customerIdentityToken: 'rubbish' };
  const { accessToken } = (await call(simulator, 'POST', VERIFIED_TOKEN, body)).json();
  expect(claimsOf(String(accessToken)).sub).toContain('/UNAUTH/');
});

test('the endpoint for verified users is refused on a channel for guests', async () => {
  await using simulator = await startSimulator();
  const body = { ...tokenBody(simulator), authorizationType: 'JWT', customerIdentityToken: jwt({ sub: 'dana' }) };
  expect((await call(simulator, 'POST', VERIFIED_TOKEN, body)).status).toBe(400);
});

test('a revoked token is worth nothing', async () => {
  await using simulator = await startSimulator();
  const visitor = await visit(simulator);
  const revoked = await visitor.request('DELETE', VERIFIED_TOKEN);
  const later = await visitor.request('GET', CONTINUATION);
  expect([revoked.status, later.status]).toEqual([204, 401]);
});

test('a login can be linked to a running guest', async () => {
  await using simulator = await startSimulator();
  const visitor = await visit(simulator);
  const answer = await visitor.request('GET', `${API}/authorization/authlink`);
  expect(answer.json()).toEqual({ auth_link_key: expect.any(String) });
});

test('the event stream takes the expired token for what it is', async () => {
  const clock = manualClock();
  await using simulator = await startSimulator({ clock, faults: ['token-expires'] });
  const visitor = await visit(simulator);
  clock.advance(6000);
  const headers = { 'x-org-id': simulator.values.miaw.orgId };
  expect((await visitor.request('GET', STREAM, undefined, headers)).text).toBe('Jwt is expired');
});

test('of a thousand guests the oldest is forgotten, but none with an open chat', async () => {
  await using simulator = await startSimulator();
  const [busy, gone] = [await visit(simulator), await visit(simulator)];
  const open = await busy.create();
  for (let guests = 0; guests < 1000; guests += 1) await visit(simulator);
  const status = async ({ request }: typeof busy, id: string) =>
    (await request('GET', `${API}/conversation/${id}`)).status;
  expect([await status(busy, open), await status(gone, open)]).toEqual([200, 401]);
});
