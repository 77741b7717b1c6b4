import { describe, expect, test } from 'vitest';
import type { CheckResult } from '../../src/core/check.ts';
import {
  doctor,
  type Handler,
  hang,
  json,
  liveChatConfig,
  serve,
  statuses,
  text,
  validValues,
  wireFixture,
} from './local-service.ts';

const AVAILABLE = json(wireFixture('live-chat/availability-response'));
const SETTINGS = json(wireFixture('live-chat/settings-response'));
const MOVED = json(wireFixture('live-chat/switch-server-response'));
const SESSION = json(wireFixture('live-chat/session-id-response'));
const BUTTON = '5738Z000000Rt9M';

const availability = (...results: unknown[]) => json({ messages: [{ type: 'Availability', message: { results } }] });
const settings = (...buttons: unknown[]) => json({ messages: [{ type: 'Settings', message: { buttons } }] });

async function look(handlers: Readonly<Record<string, Handler>>, only: readonly string[], timeoutMs = 2000) {
  const healthy = { Availability: AVAILABLE, Settings: SETTINGS, SessionId: SESSION };
  await using service = await serve({ ...healthy, ...handlers });
  const results = await doctor(validValues(liveChatConfig(service.url)), { only, timeoutMs });
  return { results, asked: service.asked };
}

describe('a healthy service', () => {
  test('passes everything but the retirement, which is always a warning', async () => {
    const { results } = await look({}, ['service']);
    expect(statuses(results)).toEqual({
      'service.retirement': 'warn',
      'service.settings': 'pass',
      'service.availability': 'pass',
      'service.session': 'pass',
      'service.admin-only': 'skip',
    });
  });

  test('is told that Live Chat is retired', async () => {
    const { results } = await look({}, ['service.retirement']);
    expect(results['service.retirement']).toMatchObject({ cause: 'LIVE_CHAT_RETIRED', step: 'miaw.1' });
  });

  test('gets its session back', async () => {
    const { asked } = await look({}, ['service.session']);
    expect(asked.filter((request) => request.startsWith('DELETE'))).toHaveLength(1);
  });

  test('is asked for each fact once', async () => {
    const { asked } = await look({}, ['service']);
    expect(asked.filter((request) => request.endsWith('Settings'))).toHaveLength(1);
  });

  test('opens no chat', async () => {
    const { asked } = await look({}, ['service']);
    expect(asked.filter((request) => request.includes('Chasitor'))).toEqual([]);
  });

  test('tells how long an agent will take', async () => {
    const { results } = await look({}, ['service.availability']);
    expect(results['service.availability']).toMatchObject({ detail: 'an agent is online, about 6 s to wait' });
  });
});

/** What stands out of a run but the retirement, which always does. */
function alarmsOf(results: Readonly<Record<string, CheckResult>>) {
  return Object.values(results).flatMap((result) =>
    (result.status === 'warn' || result.status === 'fail') && result.id !== 'service.retirement'
      ? [[result.id, result.status, result.cause, result.step]]
      : [],
  );
}

describe('nobody online', () => {
  test('is one warning where the answer is empty', async () => {
    const { results } = await look({ Availability: text('', 204) }, ['network.http', 'service']);
    expect(alarmsOf(results)).toEqual([['service.availability', 'warn', 'NO_AGENT_AVAILABLE', 'live-chat.verify']]);
  });

  test('is one warning where both answers are empty', async () => {
    const nothing = text('', 204);
    const { results } = await look({ Availability: nothing, Settings: nothing }, ['network.http', 'service']);
    expect(alarmsOf(results)).toEqual([['service.availability', 'warn', 'NO_AGENT_AVAILABLE', 'live-chat.verify']]);
  });

  test('is a warning', async () => {
    const { results } = await look({ Availability: availability({ id: BUTTON }) }, ['service.availability']);
    expect(results['service.availability']).toMatchObject({ status: 'warn', cause: 'NO_AGENT_AVAILABLE' });
  });

  test('is a warning too where the button is left out of the answer', async () => {
    const { results } = await look({ Availability: availability() }, ['service.availability']);
    expect(results['service.availability']).toMatchObject({ status: 'warn', cause: 'NO_AGENT_AVAILABLE' });
  });
});

describe('the settings', () => {
  test('without the button make it unknown', async () => {
    const handlers = { Settings: settings(), Availability: availability({ id: BUTTON }) };
    const { results } = await look(handlers, ['service']);
    expect(results['service.settings']).toMatchObject({ status: 'fail', cause: 'BUTTON_UNKNOWN', step: 'live-chat.5' });
    expect(results['service.availability']).toMatchObject({ reason: 'not asked, because service.settings failed' });
  });

  test('without the button are believed less than an agent who waits for it', async () => {
    const { results } = await look({ Settings: settings() }, ['service.settings']);
    expect(results['service.settings']?.status).toBe('pass');
  });

  test('may be unknown to a server that tells the availability', async () => {
    const { results } = await look({ Settings: text('', 404) }, ['service']);
    expect(statuses(results)).toMatchObject({ 'service.settings': 'skip', 'service.availability': 'pass' });
  });

  test.each([405, 501])('may be beyond a server that speaks a part of the protocol (%d)', async (status) => {
    const { results } = await look({ Settings: text('', status) }, ['service']);
    expect(statuses(results)).toMatchObject({ 'service.settings': 'skip', 'service.availability': 'pass' });
  });

  test.each([200, 400, 404])(
    'that a switched-off service answers in words (%d) tell the retirement',
    async (status) => {
      const gone = text('Legacy chat has been retired', status);
      const { results } = await look({ Settings: gone, Availability: gone, SessionId: gone }, ['service.settings']);
      expect(results['service.settings']).toMatchObject({ status: 'fail', cause: 'LIVE_CHAT_RETIRED', step: 'miaw.1' });
    },
  );

  test('that are refused as malformed point to the ids', async () => {
    const handlers = { Settings: text('', 400), Availability: availability({ id: BUTTON }) };
    const { results } = await look(handlers, ['service']);
    expect(alarmsOf(results)).toEqual([['service.settings', 'fail', 'REQUEST_REJECTED', 'live-chat.3']]);
  });

  test('that are refused as malformed stop nothing while an agent waits for the button', async () => {
    const { results } = await look({ Settings: text('', 400) }, ['service']);
    expect(alarmsOf(results)).toEqual([['service.settings', 'warn', 'REQUEST_REJECTED', 'live-chat.3']]);
  });

  test('that are answered with nothing are no alarm', async () => {
    const { results } = await look({ Settings: text('', 204) }, ['service']);
    expect(alarmsOf(results)).toEqual([]);
  });

  test.each([500, 502, 503])('that fail (%d) while the rest works are one warning', async (status) => {
    const { results } = await look({ Settings: text('oops', status) }, ['service']);
    expect(alarmsOf(results)).toEqual([['service.settings', 'warn', 'SERVICE_ERROR', undefined]]);
  });

  test('that never come while the rest works are one warning', async () => {
    const { results } = await look({ Settings: hang }, ['service'], 200);
    expect(alarmsOf(results)).toEqual([['service.settings', 'warn', 'TIMED_OUT', undefined]]);
  });

  test('that fail together with the session are one failure', async () => {
    const { results } = await look({ Settings: text('', 500), SessionId: text('', 500) }, ['service']);
    expect(alarmsOf(results)).toMatchObject([['service.session', 'fail', 'SERVICE_ERROR', 'live-chat.2']]);
  });

  test('and the availability may both be unknown to a server that gives sessions', async () => {
    const { results } = await look({ Settings: text('', 404), Availability: text('', 404) }, ['service']);
    expect(statuses(results)).toMatchObject({
      'service.settings': 'skip',
      'service.availability': 'skip',
      'service.session': 'pass',
    });
  });

  test('are left to the session where the address is wrong, which is told once', async () => {
    const gone = text('', 404);
    const { results } = await look({ Settings: gone, Availability: gone, SessionId: gone }, ['service']);
    const failed = Object.values(results).filter((result) => result.status === 'fail');
    expect(failed).toMatchObject([{ id: 'service.session', cause: 'NOT_FOUND', step: 'live-chat.2' }]);
  });
});

describe('an error that comes as an answer', () => {
  const error = (words: unknown) => json({ messages: [{ type: 'Error', message: { text: words } }] });

  test.each([
    ['Invalid button id', 'BUTTON_UNKNOWN', 'live-chat.5'],
    ['No such deployment_id', 'BUTTON_UNKNOWN', 'live-chat.4'],
    ['Organization is not served here', 'ORG_MISMATCH', 'live-chat.3'],
    ['Chat has been retired', 'LIVE_CHAT_RETIRED', 'miaw.1'],
    ['Something is odd', 'REQUEST_REJECTED', 'live-chat.3'],
  ])('and says “%s” is one failure: %s', async (words, cause, step) => {
    const { results } = await look({ Settings: error(words), Availability: error(words) }, ['service']);
    expect(alarmsOf(results)).toEqual([['service.settings', 'fail', cause, step]]);
  });

  test('is told in its own words, without secrets and control characters', async () => {
    const words = 'Something\u001b[2J is\nodd: Bearer abcdefghijklmnop';
    const { results } = await look({ Settings: error(words), Availability: error(words) }, ['service.settings']);
    expect(results['service.settings']).toMatchObject({
      message: expect.stringMatching(/“Something \[2J is odd: Bearer \[redacted\]”$/),
    });
  });

  test.each([
    [{ type: 'EmbeddedServiceError', message: { text: 'Gone fishing' } }],
    [{ type: 'Error', message: { message: 'Gone fishing' } }],
    [{ type: 'Error', message: 'Gone fishing' }],
    [{ type: 'Error', text: 'Gone fishing' }],
  ])('is understood in the shape %j', async (entry) => {
    const answer = json({ messages: [entry] });
    const { results } = await look({ Settings: answer, Availability: answer }, ['service.settings']);
    expect(results['service.settings']).toMatchObject({ message: expect.stringContaining('“Gone fishing”') });
  });

  test('to the availability alone is told there', async () => {
    const { results } = await look({ Availability: error('No such button') }, ['service']);
    expect(alarmsOf(results)).toEqual([['service.availability', 'fail', 'BUTTON_UNKNOWN', 'live-chat.5']]);
  });

  test('to the session is told in its own words', async () => {
    const { results } = await look({ SessionId: error('No more sessions') }, ['service']);
    expect(results['service.session']).toMatchObject({
      cause: 'REQUEST_REJECTED',
      message: expect.stringContaining('“No more sessions”'),
    });
  });

  test('to the settings alone stops nothing while an agent waits for the button', async () => {
    const { results } = await look({ Settings: error('Something is odd') }, ['service']);
    expect(alarmsOf(results)).toEqual([['service.settings', 'warn', 'REQUEST_REJECTED', 'live-chat.3']]);
  });
});

describe('a move to another server', () => {
  const url = 'https://d.la3-c2-ia4.salesforceliveagent.com/chat';

  test('is told once, with the new URL', async () => {
    const { results } = await look({ Settings: MOVED, Availability: MOVED }, [
      'service.settings',
      'service.availability',
    ]);
    expect(Object.values(results)).toMatchObject([
      { status: 'fail', cause: 'SERVER_MOVED', hint: `enter ${url} as Live Agent URL`, data: { newUrl: url } },
      { status: 'skip' },
    ]);
  });

  test('is seen where only the availability tells it', async () => {
    const { results } = await look({ Availability: MOVED }, ['service.availability']);
    expect(results['service.availability']).toMatchObject({ status: 'fail', cause: 'SERVER_MOVED' });
  });

  test.each([
    [
      'a host that is not of Salesforce',
      'https://chat.example.com/chat',
      /which is not known as a host of Salesforce$/,
    ],
    ['plain http', 'http://d.la3-c2-ia4.salesforceliveagent.com/chat', /which is not known as a host of Salesforce$/],
  ])('to %s is told, and nobody is sent there', async (_, newUrl, message) => {
    const strange = json({ messages: [{ type: 'SwitchServer', message: { newUrl } }] });
    const { results } = await look({ Settings: strange }, ['service.settings']);
    expect(results['service.settings']).toMatchObject({
      cause: 'SERVER_MOVED',
      message: expect.stringMatching(message),
      hint: 'copy the deployment code again',
    });
    expect(results['service.settings']).not.toHaveProperty('data');
  });

  test('to the very same address offers nothing to enter', async () => {
    const itself: Handler = (request, response) => {
      const newUrl = `http://${request.headers.host}/chat`;
      json({ messages: [{ type: 'SwitchServer', message: { newUrl } }] })(request, response);
    };
    const { results } = await look({ Settings: itself }, ['service.settings']);
    expect(results['service.settings']).toMatchObject({
      cause: 'SERVER_MOVED',
      message: 'The org has moved to another Live Agent server, and names itself',
      hint: 'copy the deployment code again',
    });
  });

  test('without a new URL sends the reader to the deployment code', async () => {
    const nowhere = json({ messages: [{ type: 'SwitchServer', message: {} }] });
    const { results } = await look({ Settings: nowhere }, ['service.settings']);
    expect(results['service.settings']).toMatchObject({
      cause: 'SERVER_MOVED',
      hint: 'copy the deployment code again',
    });
  });
});

describe('refusals', () => {
  test.each([
    [403, 'ACCESS_DENIED'],
    [429, 'RATE_LIMITED'],
    [503, 'SERVICE_ERROR'],
    [400, 'REQUEST_REJECTED'],
  ])('a session refused with %i is %s', async (status, cause) => {
    const { results } = await look({ SessionId: text('no', status) }, ['service.session']);
    expect(results['service.session']).toMatchObject({ status: 'fail', cause });
  });

  test('never send the reader to the command that is running', async () => {
    const { results } = await look({ SessionId: text('no', 403) }, ['service.session']);
    expect(results['service.session']?.hint).toContain('compare the Live Agent URL');
  });

  test.each([201, 202])('a session given with %i is one, and is closed again', async (status) => {
    const given = json({ id: 'x', key: 'x!1!AAAA=', affinityToken: '7be0c41d', clientPollTimeout: 40 }, status);
    const { results, asked } = await look({ SessionId: given }, ['service.session']);
    expect(results['service.session']).toMatchObject({ status: 'pass' });
    expect(asked.filter((request) => request.startsWith('DELETE'))).toHaveLength(1);
  });

  test('a session without a key is not the service', async () => {
    const { results } = await look({ SessionId: json({ id: 'x' }) }, ['service.session']);
    expect(results['service.session']).toMatchObject({ status: 'fail', cause: 'NOT_THE_SERVICE' });
  });

  test.each([[null], [[]], ['text'], [{ messages: 7 }], [{ messages: [null, { type: 'Settings', message: 'odd' }] }]])(
    'settings of the odd shape %j do not crash the check',
    async (body) => {
      const { results } = await look({ Settings: json(body) }, ['service.settings']);
      expect(results['service.settings']?.status).not.toBe('crash');
    },
  );
});

describe('a host that is not the service', () => {
  test.each([
    ['an empty object', json({}), 'NOT_THE_SERVICE'],
    ['nothing (204)', text('', 204), 'NOT_THE_SERVICE'],
    ['no such method (405)', text('', 405), 'NOT_FOUND'],
    ['no such page (404)', text('', 404), 'NOT_FOUND'],
  ])('and answers %s to everything is one failure', async (_, answer, cause) => {
    const handlers = { Settings: answer, Availability: answer, SessionId: answer };
    const { results } = await look(handlers, ['network.http', 'service']);
    expect(alarmsOf(results)).toEqual([['service.session', 'fail', cause, 'live-chat.2']]);
  });
});

describe('a refusal of everything', () => {
  const refused = (status: number) => {
    const answer = text('no', status);
    return look({ Settings: answer, Availability: answer, SessionId: answer }, ['service']);
  };

  test.each([
    [403, 'LIVE_CHAT_RETIRED', 'miaw.1'],
    [410, 'LIVE_CHAT_RETIRED', 'miaw.1'],
    [429, 'RATE_LIMITED', 'live-chat.verify'],
    [503, 'SERVICE_ERROR', 'live-chat.2'],
  ])('with %i is told once, as %s', async (status, cause, step) => {
    const { results } = await refused(status);
    const failed = Object.values(results).filter((result) => result.status === 'fail');
    expect(failed).toMatchObject([{ id: 'service.settings', cause, step }]);
  });

  test('by 503 while sessions are given means that the org is not of this host', async () => {
    const answer = text('The server is unavailable to handle this request right now', 503);
    const { results } = await look({ Settings: answer, Availability: answer }, ['service.settings']);
    expect(results['service.settings']).toMatchObject({ cause: 'ORG_MISMATCH', step: 'live-chat.3' });
  });

  test.each([401, 403, 410])('with %i by the settings alone stops nothing while an agent waits', async (status) => {
    const { results } = await look({ Settings: text('no', status) }, ['service']);
    expect(alarmsOf(results)).toMatchObject([
      ['service.settings', 'warn', expect.any(String), expect.stringMatching(/^live-chat/)],
    ]);
  });

  test('by 407 is a matter of the proxy', async () => {
    const { results } = await look({ SessionId: text('no', 407) }, ['service.session']);
    expect(results['service.session']).toMatchObject({ status: 'fail', cause: 'PROXY_FAILED' });
  });

  test('asks for the availability once', async () => {
    const { asked } = await look({}, ['service']);
    expect(asked.filter((request) => request.endsWith('Availability'))).toHaveLength(1);
  });
});
