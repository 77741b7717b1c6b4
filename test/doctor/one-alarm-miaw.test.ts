import { describe, expect, test } from 'vitest';
import type { CheckResult } from '../../src/core/check.ts';
import { systemClock } from '../../src/core/clock.ts';
import { look, NOW, TOKEN } from './local-miaw.ts';
import { type Handler, json, text } from './local-service.ts';

const SERVICE = ['network.http', 'service', 'stream'];

/** What stands out of a run: check, status and cause, and the guide step. */
function alarmsOf(results: Readonly<Record<string, CheckResult>>) {
  return Object.values(results).flatMap((result) =>
    result.status === 'warn' || result.status === 'fail'
      ? [[result.id, result.status, result.cause, result.step]]
      : result.status === 'crash'
        ? [[result.id, 'crash']]
        : [],
  );
}

async function alarms(handlers: Readonly<Record<string, Handler>>, options: Parameters<typeof look>[1] = {}) {
  return alarmsOf((await look(handlers, { only: SERVICE, ...options })).results);
}

const everything = (answer: Handler) => ({
  'embedded-service-config': answer,
  'access-token': answer,
  businesshours: answer,
  sse: answer,
});

describe('a token that is at its end', () => {
  const clock = (leftMs: number) => ({ ...systemClock, now: () => NOW + 6 * 3_600_000 - leftMs });

  test.each([30_000, -30_000])('and works all the same (%d ms left) is one warning', async (leftMs) => {
    expect(await alarms({}, { clock: clock(leftMs) })).toEqual([
      ['service.token', 'warn', 'TOKEN_EXPIRES_SOON', 'miaw.capabilities'],
    ]);
  });

  test.each([
    ['by the words of a gateway', text('Jwt is expired', 401)],
    ['without a word', text('', 401)],
    ['as a Spring service does', json({ status: 401, error: 'Unauthorized' }, 401)],
  ])('and is refused by the stream %s is one failure', async (_, sse) => {
    expect(await alarms({ sse }, { clock: clock(-30_000) })).toEqual([
      ['service.token', 'fail', 'TOKEN_EXPIRED', 'miaw.capabilities'],
    ]);
  });

  test('and meets a stream that is broken in another way is both', async () => {
    expect(await alarms({ sse: text('', 404) }, { clock: clock(30_000) })).toEqual([
      ['service.token', 'warn', 'TOKEN_EXPIRES_SOON', 'miaw.capabilities'],
      ['stream.open', 'fail', 'NOT_FOUND', 'miaw.capabilities'],
    ]);
  });

  test('which only the stream knows is named there', async () => {
    const handlers = { 'access-token': json({ accessToken: 'opaque-token' }), sse: text('Jwt is expired', 401) };
    expect(await alarms(handlers)).toEqual([['stream.open', 'fail', 'TOKEN_EXPIRED', 'miaw.capabilities']]);
  });

  test('by a wrong clock of ours alone is a matter of the clock', async () => {
    const dated: Handler = (_, response) => {
      response.writeHead(404, { date: new Date(NOW).toUTCString() }).end();
    };
    const found = await alarms(
      { 'embedded-service-config': dated },
      { clock: clock(-3_600_000), only: ['network.http', 'network.clock', 'service', 'stream'] },
    );
    expect(found).toEqual([['network.clock', 'warn', 'CLOCK_WRONG', undefined]]);
  });
});

describe('a configuration endpoint that fails', () => {
  test.each([500, 502, 503])('with %d while token and stream work is one warning', async (status) => {
    expect(await alarms({ 'embedded-service-config': text('oops', status) })).toEqual([
      ['service.deployment', 'warn', 'SERVICE_ERROR', undefined],
    ]);
  });

  test('with the page of a gateway while token and stream work is one warning', async () => {
    const gateway = text('<html>Bad gateway</html>', 502, 'text/html');
    expect(await alarms({ 'embedded-service-config': gateway })).toEqual([
      ['service.deployment', 'warn', 'SERVICE_ERROR', undefined],
    ]);
  });

  test('for too many requests while token and stream work is one warning', async () => {
    expect(await alarms({ 'embedded-service-config': text('', 429) })).toEqual([
      ['service.deployment', 'warn', 'RATE_LIMITED', undefined],
    ]);
  });

  test.each([
    ['redirects', (_, response) => response.writeHead(302, { location: 'https://login.example.com/' }).end()],
    ['is a page', text('<html>Moved</html>', 200, 'text/html')],
  ] satisfies [string, Handler][])('and %s while token and stream work is no alarm', async (_, answer) => {
    expect(await alarms({ 'embedded-service-config': answer })).toEqual([]);
  });

  test('beside a token that is refused leaves the alarm to the token', async () => {
    const message = "Set the esDeveloperName to a deploymentType that's set to api";
    const handlers = { 'embedded-service-config': text('', 503), 'access-token': json({ message }, 400) };
    expect(await alarms(handlers)).toEqual([['service.token', 'fail', 'DEPLOYMENT_TYPE_NOT_CUSTOM_CLIENT', 'miaw.1']]);
  });

  test('beside a token that is refused as anybody might do is a failing host', async () => {
    const handlers = { 'embedded-service-config': text('', 503), 'access-token': text('', 403) };
    expect(await alarms(handlers)).toEqual([['network.http', 'fail', 'SERVICE_ERROR', undefined]]);
  });

  test('beside a stream that fails leaves the alarm to the stream', async () => {
    const broken = text('', 503);
    expect(await alarms({ 'embedded-service-config': broken, sse: broken })).toEqual([
      ['stream.open', 'fail', 'SERVICE_ERROR', undefined],
    ]);
  });

  test.each([500, 502, 503])('as the whole host does (%d) is one failure', async (status) => {
    expect(await alarms(everything(text('oops', status)))).toEqual([
      ['network.http', 'fail', 'SERVICE_ERROR', undefined],
    ]);
  });

  test('and that the whole host limits is one failure', async () => {
    expect(await alarms(everything(text('', 429)))).toEqual([['service.token', 'fail', 'RATE_LIMITED', 'miaw.2']]);
  });
});

describe('a stream that fails where the token was given', () => {
  test.each([
    ['refuses access', text('', 403), 'ACCESS_DENIED'],
    ['breaks off', (_, response) => response.destroy(), 'CONNECTION_LOST'],
    ['redirects', (_, response) => response.writeHead(302, { location: 'https://a.example/' }).end(), 'REDIRECTED'],
    ['is a page', text('<html></html>', 200, 'text/html'), 'NOT_THE_SERVICE'],
  ] satisfies [string, Handler, string][])('and %s is a matter of the way there', async (_, sse, cause) => {
    expect(await alarms({ sse })).toEqual([['stream.open', 'fail', cause, 'miaw.capabilities']]);
  });
});

test('a host that takes no call at all (405) is not the service', async () => {
  expect(await alarms(everything(text('', 405)))).toEqual([['service.token', 'fail', 'NOT_FOUND', 'miaw.2']]);
});

describe('a host that answers 404 to everything', () => {
  test.each([
    ['an empty object', json({}, 404)],
    ['nothing', text('', 404)],
    ['the error of a Spring service', json({ status: 404, error: 'Not Found', path: '/iamessage' }, 404)],
  ])('with %s is not the service', async (_, answer) => {
    expect(await alarms(everything(answer))).toEqual([['service.token', 'fail', 'NOT_FOUND', 'miaw.2']]);
  });

  test.each([
    ['an empty object', json({}, 404)],
    ['nothing', text('', 404)],
  ])('with %s but has an event stream does not know the deployment', async (_, answer) => {
    const handlers = { 'embedded-service-config': answer, 'access-token': answer, sse: text('', 400) };
    expect(await alarms(handlers)).toEqual([['service.deployment', 'fail', 'DEPLOYMENT_UNKNOWN', 'miaw.2']]);
  });

  test('and says that it does not know the deployment is believed', async () => {
    const answer = json({ text: 'Embedded Messaging Config is not found' }, 404);
    expect(await alarms(everything(answer))).toEqual([['service.deployment', 'fail', 'DEPLOYMENT_UNKNOWN', 'miaw.2']]);
  });

  test('of the token alone is asked for its stream without a token', async () => {
    const seen: unknown[] = [];
    const sse: Handler = (request, response) => {
      seen.push(request.headers.authorization);
      response.writeHead(404).end();
    };
    await alarms({ 'embedded-service-config': text('', 404), 'access-token': text('', 404), sse });
    expect(seen).toEqual([undefined]);
  });
});

test('a token never shows in what is said of its end', async () => {
  const { results } = await look({ sse: text('Jwt is expired', 401) }, { only: SERVICE });
  expect(JSON.stringify(results)).not.toContain(String(TOKEN.accessToken));
});
