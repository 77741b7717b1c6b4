import { describe, expect, test } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import { FORM, look, NOW, PUBLISHED, ping, TOKEN, tokenOf, tokenWith } from './local-miaw.ts';
import { type Handler, hang, json, statuses, text } from './local-service.ts';

const UNPUBLISHED = json({ text: 'Embedded Messaging Config is not Published' }, 412);
const UNKNOWN_NAME = text('', 400);
const NOT_API = json({ message: "Set the esDeveloperName to a deploymentType that's set to api" }, 400);

const silent: Handler = (_, response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
};

describe('a healthy service', () => {
  test('passes every check', async () => {
    const { results } = await look({}, { only: ['service', 'stream'] });
    const { 'service.admin-only': _, ...asked } = statuses(results);
    expect(new Set(Object.values(asked))).toEqual(new Set(['pass']));
  });

  test('is asked for one token in all', async () => {
    const { asked } = await look({});
    expect(asked.filter((request) => request.includes('access-token'))).toHaveLength(1);
  });

  test('is asked for no conversation', async () => {
    const { asked } = await look({});
    expect(asked.filter((request) => request.includes('/conversation'))).toEqual([]);
  });

  test('is described by its deployment, its token and its features', async () => {
    const { results } = await look({}, { only: ['service'] });
    expect(results['service.deployment']).toMatchObject({ detail: 'published, type Custom Client' });
    expect(results['service.token']).toMatchObject({ detail: 'guest, type Custom Client, expires in 6 h' });
    expect(results['service.business-hours']).toMatchObject({ detail: 'none set: always open' });
  });

  test('may be one that tells nothing but tokens', async () => {
    const missing = text('Not found', 404);
    const handlers = { 'access-token': json({ accessToken: 'opaque-token' }), 'embedded-service-config': missing };
    const { results } = await look({ ...handlers, businesshours: missing }, { only: ['service', 'stream'] });
    expect(statuses(results)).toEqual({
      'service.deployment': 'skip',
      'service.token': 'pass',
      'service.pre-chat': 'skip',
      'service.business-hours': 'skip',
      'service.features': 'skip',
      'service.admin-only': 'skip',
      'stream.open': 'pass',
    });
  });
});

describe('the deployment', () => {
  const only = ['service.deployment', 'service.token'];

  test('that was never published is named, and no token is asked for', async () => {
    const { results, asked } = await look({ 'embedded-service-config': UNPUBLISHED }, { only });
    expect(Object.values(results)).toMatchObject([
      { status: 'fail', cause: 'DEPLOYMENT_NOT_PUBLISHED', step: 'miaw.1' },
      { status: 'skip', reason: 'not asked, because service.deployment failed' },
    ]);
    expect(asked.filter((request) => request.startsWith('POST'))).toEqual([]);
  });

  test('whose name both answers refuse is unknown', async () => {
    const { results } = await look({ 'embedded-service-config': UNKNOWN_NAME, 'access-token': UNKNOWN_NAME }, { only });
    expect(results['service.deployment']).toMatchObject({
      status: 'fail',
      cause: 'DEPLOYMENT_UNKNOWN',
      step: 'miaw.2',
    });
  });

  test('whose name only the undocumented answer refuses is left to the token', async () => {
    const { results } = await look({ 'embedded-service-config': UNKNOWN_NAME }, { only });
    expect(statuses(results)).toEqual({ 'service.deployment': 'skip', 'service.token': 'pass' });
  });

  test('of the wrong type is named by the token even where its name is doubted', async () => {
    const { results } = await look({ 'embedded-service-config': UNKNOWN_NAME, 'access-token': NOT_API }, { only });
    expect(results['service.token']).toMatchObject({ status: 'fail', cause: 'DEPLOYMENT_TYPE_NOT_CUSTOM_CLIENT' });
  });

  test.each([null, [], 'text', { embeddedServiceConfig: 7 }, { embeddedServiceConfig: { deploymentType: {} } }])(
    'told in the odd shape %j crashes nothing',
    async (body) => {
      const { results } = await look({ 'embedded-service-config': json(body), 'access-token': tokenWith(body) });
      expect(Object.values(statuses(results))).not.toContain('crash');
    },
  );
});

describe('the token', () => {
  const only = ['service.token', 'service.pre-chat', 'stream.open'];

  test.each([
    ['the wrong type', NOT_API, 'DEPLOYMENT_TYPE_NOT_CUSTOM_CLIENT'],
    ['user verification', json({ message: 'Set the auth mode to false.' }, 400), 'USER_VERIFICATION_ON'],
    ['too many requests', json({ message: 'slow down' }, 429), 'RATE_LIMITED'],
    ['a failing server', text('oops', 500), 'SERVICE_ERROR'],
    ['a page', text('<html></html>', 200, 'text/html'), 'NOT_THE_SERVICE'],
    ['an answer without a token', json({}), 'NOT_THE_SERVICE'],
  ] as const)('refused for %s is %3$s, and what needs it is skipped', async (_, handler, cause) => {
    const { results } = await look({ 'access-token': handler }, { only });
    expect(Object.values(results)).toMatchObject([
      { status: 'fail', cause },
      { status: 'skip', reason: 'not asked, because service.token failed' },
      { status: 'skip' },
    ]);
  });

  test('given for a deployment of another type is a failure all the same', async () => {
    const { results } = await look({ 'access-token': tokenWith({ deploymentType: 'Web' }) }, { only });
    expect(results['service.token']).toMatchObject({
      cause: 'DEPLOYMENT_TYPE_NOT_CUSTOM_CLIENT',
      message: 'The deployment is of type Web, not Custom Client',
    });
  });

  test.each(['api', 'API', 'Api', 'CustomClient'])('of type %s is that of a Custom Client', async (deploymentType) => {
    const { results } = await look({ 'access-token': tokenWith({ deploymentType }) }, { only });
    expect(results['service.token']?.status).toBe('pass');
  });

  test('of a channel that verifies its users is a failure', async () => {
    const config = { deploymentType: 'api', embeddedServiceMessagingChannel: { authMode: 'Auth' } };
    const { results } = await look({ 'access-token': tokenWith(config) }, { only });
    expect(results['service.token']).toMatchObject({ status: 'fail', cause: 'USER_VERIFICATION_ON' });
  });

  test('that is about to expire is a warning', async () => {
    const late = { ...systemClock, now: () => NOW + 6 * 3_600_000 - 30_000 };
    const { results } = await look({}, { only, clock: late });
    expect(results['service.token']).toMatchObject({
      status: 'warn',
      cause: 'TOKEN_EXPIRES_SOON',
      message: 'The token expires in 30 s',
    });
  });

  test('never appears in a result', async () => {
    const { results } = await look({});
    expect(JSON.stringify(results)).not.toContain(String(TOKEN.accessToken));
  });

  test('is waited for no longer than the time limit', async () => {
    const { results } = await look({ 'access-token': hang }, { only, timeoutMs: 150, clock: systemClock });
    expect(results['service.token']).toMatchObject({ status: 'fail', cause: 'TIMED_OUT' });
  });
});

describe('the pre-chat form', () => {
  const only = ['service.pre-chat'];

  test('that has every name passes', async () => {
    const { results } = await look({}, { only });
    expect(results['service.pre-chat']).toMatchObject({
      detail: '_firstName, _lastName, _email: in the published form',
    });
  });

  test('that lacks a name is a warning', async () => {
    const { results } = await look({}, { only, preChat: { ...FORM, Pincode: '500032' } });
    expect(results['service.pre-chat']).toMatchObject({ status: 'warn', cause: 'PRE_CHAT_NOT_IN_FORM' });
  });

  test('that spells a name otherwise is a warning', async () => {
    const { results } = await look({}, { only, preChat: { ...FORM, topic: 'Billing' } });
    expect(results['service.pre-chat']).toMatchObject({ status: 'warn', cause: 'PRE_CHAT_NAME_CASE' });
  });

  test('that takes fewer characters than a value has is a failure', async () => {
    const { results } = await look({}, { only, preChat: { ...FORM, Order_Number: '1'.repeat(21) } });
    expect(results['service.pre-chat']).toMatchObject({ status: 'fail', cause: 'PRE_CHAT_TOO_LONG' });
  });

  test('that knows other choices is a warning', async () => {
    const { results } = await look({}, { only, preChat: { ...FORM, Topic: 'Weather' } });
    expect(results['service.pre-chat']).toMatchObject({ status: 'warn', cause: 'PRE_CHAT_NOT_A_CHOICE' });
  });

  test('that requires a value the profile lacks is a failure', async () => {
    const { results } = await look({}, { only, preChat: { _firstName: 'Ada', _lastName: 'Byron' } });
    expect(results['service.pre-chat']).toMatchObject({ status: 'fail', cause: 'PRE_CHAT_REQUIRED_MISSING' });
  });

  test('that requires values is only a warning where the profile has none at all', async () => {
    const { results } = await look({}, { only, preChat: {} });
    expect(results['service.pre-chat']).toMatchObject({ status: 'warn', cause: 'PRE_CHAT_REQUIRED_MISSING' });
  });

  test('may keep its hidden fields in a list of their own', async () => {
    const forms = [{ formType: 'PreChat', formFields: [], hiddenFormFields: [{ name: 'City' }] }];
    const { results } = await look({ 'access-token': tokenWith({ forms }) }, { only, preChat: { City: 'Hyderabad' } });
    expect(results['service.pre-chat']).toMatchObject({
      status: 'pass',
      data: { fields: [{ name: 'City', required: false, hidden: true }] },
    });
  });

  test('is taken from the deployment where the token answer tells none', async () => {
    const { results } = await look({ 'access-token': json(TOKEN_ONLY) }, { only });
    expect(results['service.pre-chat']?.status).toBe('pass');
  });

  test.each([[7], ['text'], [[null, 7]], [[{ formFields: 'x' }]], [[{ formFields: [{ name: 7 }, null] }]]])(
    'of the odd shape %j crashes nothing',
    async (forms) => {
      const { results } = await look({ 'access-token': tokenWith({ forms }) }, { only });
      expect(results['service.pre-chat']).toMatchObject({ status: 'warn', cause: 'PRE_CHAT_NOT_IN_FORM' });
    },
  );
});

const TOKEN_ONLY = { accessToken: 'opaque-token' };

describe('business hours', () => {
  const only = ['service.business-hours'];
  const hours = (...businessHours: unknown[]) => json({ businessHoursInfo: { businessHours } });
  const HOUR = 3_600_000;

  test('that are running pass with their end', async () => {
    const { results } = await look({ businesshours: hours({ startTime: NOW - HOUR, endTime: NOW + HOUR }) }, { only });
    expect(results['service.business-hours']).toMatchObject({ detail: 'open until 2026-01-01 01:00 UTC' });
  });

  test('that are over are a warning with the next opening', async () => {
    const later = [NOW + 50 * HOUR, NOW + 8 * HOUR].map((startTime) => ({ startTime, endTime: startTime + HOUR }));
    const { results } = await look({ businesshours: hours({ startTime: 1, endTime: NOW }, ...later) }, { only });
    expect(results['service.business-hours']).toMatchObject({
      status: 'warn',
      cause: 'OUTSIDE_BUSINESS_HOURS',
      message: expect.stringContaining('opens at 2026-01-01 08:00 UTC'),
      data: { opensAt: '2026-01-01T08:00:00.000Z' },
    });
  });

  test('without another opening are a warning too', async () => {
    const { results } = await look({ businesshours: hours({ startTime: NOW - 2, endTime: NOW - 1 }) }, { only });
    expect(results['service.business-hours']).toMatchObject({
      message: expect.stringMatching(/^Closed now, and no opening is told; .* meanwhile$/),
    });
  });

  test('at a moment that no calendar has crash nothing', async () => {
    const { results } = await look({ businesshours: hours({ startTime: 1e300, endTime: 1e301 }) }, { only });
    expect(results['service.business-hours']).toMatchObject({ status: 'warn' });
  });

  test.each([401, 403, 405, 412, 501])('that the server does not tell (%d) are no alarm', async (status) => {
    const { results } = await look({ businesshours: text('', status) }, { only });
    expect(results['service.business-hours']?.status).toBe('skip');
  });

  test.each([429, 500, 502, 503])('that the server fails to tell (%d) are no alarm', async (status) => {
    const { results } = await look({ businesshours: text('oops', status) }, { only });
    expect(results['service.business-hours']).toMatchObject({ reason: expect.stringContaining(String(status)) });
  });

  test.each([
    [0, 0],
    [0, 86_400_000],
    [0, 86_399_000],
    [0, 86_399],
  ])('from midnight to midnight (%d to %d) mean that it is always open', async (startTime, endTime) => {
    const { results } = await look({ businesshours: hours({ startTime, endTime }) }, { only });
    expect(results['service.business-hours']).toMatchObject({ status: 'pass', detail: 'none set: always open' });
  });

  test('that begin and end at one moment last a day', async () => {
    const midnight = NOW - 8 * HOUR;
    const { results } = await look({ businesshours: hours({ startTime: midnight, endTime: midnight }) }, { only });
    expect(results['service.business-hours']).toMatchObject({ detail: 'open until 2026-01-01 16:00 UTC' });
  });

  test('beside a day that is told as 0 to 0 are judged by themselves', async () => {
    const over = { startTime: NOW - 9 * HOUR, endTime: NOW - HOUR };
    const { results } = await look({ businesshours: hours({ startTime: 0, endTime: 0 }, over) }, { only });
    expect(results['service.business-hours']?.status).toBe('warn');
  });

  test('told as times of day of an unknown zone are left alone', async () => {
    const nine = { startTime: 9 * HOUR, endTime: 17 * HOUR };
    const { results } = await look({ businesshours: hours(nine) }, { only });
    expect(results['service.business-hours']?.status).toBe('skip');
  });

  test('are judged by the clock of the service, not by a wrong one of ours', async () => {
    const dated: Handler = (request, response) => {
      response.setHeader('date', new Date(NOW + 5 * HOUR).toUTCString());
      json({ embeddedServiceConfig: PUBLISHED })(request, response);
    };
    const open = { startTime: NOW + 4 * HOUR, endTime: NOW + 6 * HOUR };
    const { results } = await look({ 'embedded-service-config': dated, businesshours: hours(open) }, { only });
    expect(results['service.business-hours']?.status).toBe('pass');
  });
});

describe('features', () => {
  const only = ['service.features'];

  test('that are switched on are told', async () => {
    const config = { attachments: { endUserToAgent: true }, transcript: { allowTranscriptDownload: false } };
    const { results } = await look({ 'access-token': tokenWith(config) }, { only });
    expect(results['service.features']).toMatchObject({
      status: 'pass',
      detail: 'attachments on, transcript download off',
    });
  });

  test.each([
    [{ attachments: { endUserToAgent: false } }, 'ATTACHMENTS_OFF', 'miaw.capabilities'],
    [{ embeddedServiceMessagingChannel: { shouldShowReadReceipts: false } }, 'READ_RECEIPTS_OFF', 'miaw.capabilities'],
    [{ embeddedServiceMessagingChannel: { showTypingIndicators: false } }, 'TYPING_OFF', 'miaw.capabilities'],
    [{ shouldShowDeliveryReceipts: false }, 'DELIVERY_RECEIPTS_OFF', 'miaw.capabilities'],
    [{ termsAndConditions: { isTermsAndConditionsRequired: true } }, 'TERMS_REQUIRED', 'miaw.1'],
  ])('that a handoff misses are a warning: %j', async (config, cause, step) => {
    const { results } = await look({ 'access-token': tokenWith(config) }, { only });
    expect(results['service.features']).toMatchObject({ status: 'warn', cause, step });
  });

  test('terms that nobody is shown need no consent', async () => {
    const termsAndConditions = { isTermsAndConditionsEnabled: false, isTermsAndConditionsRequired: true };
    const { results } = await look({ 'access-token': tokenWith({ termsAndConditions }) }, { only });
    expect(results['service.features']?.status).toBe('pass');
  });

  test('that are not told are no warning', async () => {
    const { results } = await look({ 'access-token': tokenWith({ attachments: null }) }, { only });
    expect(results['service.features']?.status).toBe('skip');
  });
});

describe('a refusal without a word', () => {
  test.each([401, 403])(
    'by %i sends the reader to the values, and not to another page of the guide',
    async (status) => {
      const { results } = await look({ 'access-token': text('', status) }, { only: ['service.token'] });
      expect(results['service.token']).toMatchObject({
        cause: 'ACCESS_DENIED',
        step: 'miaw.2',
        hint: expect.stringMatching(/^compare organization ID, Base URL and Developer Name/),
      });
    },
  );
});

describe('the event stream', () => {
  const only = ['stream.open'];

  test('that speaks at once passes and is closed again', async () => {
    let closed = () => {};
    const gone = new Promise<void>((resolve) => {
      closed = resolve;
    });
    const watched: Handler = (request, response) => {
      response.once('close', closed);
      ping(request, response);
    };
    const { results } = await look({ sse: watched }, { only });
    expect(results['stream.open']).toMatchObject({ status: 'pass', detail: expect.stringMatching(/^open after/) });
    await gone;
  });

  test('that opens and stays silent passes, since a heartbeat may still come', async () => {
    const { results } = await look({ sse: silent }, { only, timeoutMs: 200, clock: systemClock });
    expect(results['stream.open']).toMatchObject({
      status: 'pass',
      detail: expect.stringContaining('no heartbeat yet'),
    });
  });

  test('that is never answered is silent', async () => {
    const { results } = await look({ sse: hang }, { only, timeoutMs: 200, clock: systemClock });
    expect(results['stream.open']).toMatchObject({ status: 'fail', cause: 'STREAM_SILENT', step: 'miaw.capabilities' });
  });

  test('that ends before its first byte is lost', async () => {
    const cut: Handler = (_, response) => response.writeHead(200, { 'content-type': 'text/event-stream' }).end();
    const { results } = await look({ sse: cut }, { only });
    expect(results['stream.open']).toMatchObject({ status: 'fail', cause: 'CONNECTION_LOST' });
  });

  test('that refuses a fresh token denies access', async () => {
    const { results } = await look({ sse: json({ status: 401, error: 'Unauthorized' }, 401) }, { only });
    expect(results['stream.open']).toMatchObject({
      status: 'fail',
      cause: 'ACCESS_DENIED',
      hint: expect.stringMatching(/00D\w{12} belongs to 127\.0\.0\.1/),
    });
  });

  test('that is of another org than the token is a mismatch', async () => {
    const { results } = await look({ sse: text('OrgId in the header and token must match', 400) }, { only });
    expect(results['stream.open']).toMatchObject({ status: 'fail', cause: 'ORG_MISMATCH' });
  });

  test.each([
    ['without a word', text('', 400)],
    ['as a Spring service does', json({ status: 400, error: 'Bad Request', path: '/eventrouter/v1/sse' }, 400)],
  ])('that refuses %s what the token call took is a mismatch', async (_, sse) => {
    const { results } = await look({ sse }, { only });
    expect(results['stream.open']).toMatchObject({ status: 'fail', cause: 'ORG_MISMATCH', step: 'miaw.2' });
  });

  test('that the host of the token does not have is a matter of the way there', async () => {
    const { results } = await look({ sse: text('', 404) }, { only });
    expect(results['stream.open']).toMatchObject({ cause: 'NOT_FOUND', step: 'miaw.capabilities' });
  });

  test('that is closed before anything came is a matter of the way there', async () => {
    const closes: Handler = (_, response) => response.writeHead(200, { 'content-type': 'text/event-stream' }).end();
    const { results } = await look({ sse: closes }, { only });
    expect(results['stream.open']).toMatchObject({ cause: 'CONNECTION_LOST', step: 'miaw.capabilities' });
  });

  test('that comes as a page is not the service', async () => {
    const { results } = await look({ sse: text('<html>Sign in</html>', 200, 'text/html') }, { only });
    expect(results['stream.open']).toMatchObject({
      status: 'fail',
      cause: 'NOT_THE_SERVICE',
      step: 'miaw.capabilities',
    });
  });

  test('gets the 15-character id and the place of the token answer', async () => {
    let headers: Record<string, unknown> = {};
    const noting: Handler = (request, response) => {
      headers = request.headers;
      ping(request, response);
    };
    await look({ sse: noting }, { only });
    expect(headers).toMatchObject({ 'x-org-id': '00D8Z000001kQ7P', 'last-event-id': '0', accept: 'text/event-stream' });
  });
});

test('the organization that a token names is left for the stream to judge', async () => {
  const { results } = await look({ 'access-token': json(tokenOf('00DAd000004kTbN')) }, { only: ['service.token'] });
  expect(results['service.token']?.status).toBe('pass');
});

describe('a token refused without a reason', () => {
  const only = ['service.token'];
  const published = (more: object) => json({ embeddedServiceConfig: { ...PUBLISHED, ...more } });

  test.each([
    [{ deploymentType: 'Web' }, 'DEPLOYMENT_TYPE_NOT_CUSTOM_CLIENT'],
    [{ embeddedServiceMessagingChannel: { authMode: 'Auth' } }, 'USER_VERIFICATION_ON'],
  ])('is explained by the published configuration: %j', async (more, cause) => {
    const handlers = { 'embedded-service-config': published(more), 'access-token': UNKNOWN_NAME };
    const { results } = await look(handlers, { only });
    expect(results['service.token']).toMatchObject({ status: 'fail', cause, step: 'miaw.1' });
  });

  test('for want of a login is a matter of the organization where the host knows no such deployment', async () => {
    const handlers = { 'embedded-service-config': text('', 404), 'access-token': text('', 401) };
    const { results } = await look(handlers, { only });
    expect(results['service.token']).toMatchObject({ status: 'fail', cause: 'ORG_MISMATCH', step: 'miaw.2' });
  });
});

test('a server that has no question about deployments (501) is no alarm', async () => {
  const { results } = await look({ 'embedded-service-config': text('', 501) }, { only: ['service'] });
  expect(statuses(results)).toMatchObject({ 'service.deployment': 'skip', 'service.token': 'pass' });
});

describe('the name of the deployment', () => {
  test('in other capitals is told with the right ones, and no token is asked for', async () => {
    const config = json({ embeddedServiceConfig: { ...PUBLISHED, name: 'ACME_Bot' } });
    const { results, asked } = await look({ 'embedded-service-config': config }, { only: ['service'] });
    expect(results['service.deployment']).toMatchObject({
      status: 'fail',
      cause: 'DEPLOYMENT_NAME_CASE',
      hint: expect.stringContaining('ACME_Bot'),
    });
    expect(asked.filter((request) => request.startsWith('POST'))).toEqual([]);
  });
});

describe('what is asked', () => {
  test('is asked once each', async () => {
    const { asked } = await look({});
    expect([...asked].sort()).toEqual([...new Set(asked)].sort());
  });

  test('a field that the service does not recognise is named', async () => {
    const refusal = json({ message: 'Unrecognized field "platform"' }, 400);
    const { results } = await look({ 'access-token': refusal }, { only: ['service.token'] });
    expect(results['service.token']).toMatchObject({
      cause: 'REQUEST_REJECTED',
      step: 'miaw.capabilities',
      message: expect.stringContaining('platform'),
    });
  });
});
