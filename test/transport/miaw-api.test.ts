import { describe, expect, it } from 'vitest';
import { askBusinessHours, askDeploymentConfig, openStream, requestGuestToken } from '../../src/transport/miaw-api.ts';
import { fixtureJson } from '../support/miaw-frames.ts';
import { tokenBody } from '../support/miaw-server.ts';
import { miawBench } from '../support/miaw-session.ts';

describe('the guest token', () => {
  it('is read from the answer of the fixture', async () => {
    await using bench = await miawBench();
    const body = fixtureJson('token-response');
    bench.server.script('token', { status: 200, body });
    await expect(requestGuestToken(bench.deps, bench.config)).resolves.toEqual({
      accessToken: body.accessToken,
      lastEventId: '0',
      subject: 'v2/iamessage/UNAUTH/NA/uid:5c2f7b16-90e4-4d27-8f1b-7a6e3d0c4b92',
      expiresAt: 1_767_247_200_000,
      config: { name: 'Acme_Custom_Client', deploymentType: 'api' },
    });
  });

  it('needs no token to be asked for', async () => {
    await using bench = await miawBench();
    await requestGuestToken(bench.deps, bench.config);
    expect((await bench.server.request('token')).headers).not.toHaveProperty('authorization');
  });

  it('may be anything that is not a JWT', async () => {
    await using bench = await miawBench();
    bench.server.script('token', { status: 201, body: { accessToken: 'opaque', lastEventId: 17, context: null } });
    await expect(requestGuestToken(bench.deps, bench.config)).resolves.toEqual({
      accessToken: 'opaque',
      lastEventId: '17',
    });
  });

  it.each([{}, { accessToken: 7 }, [], null])('is not in an answer like %j', async (body) => {
    await using bench = await miawBench();
    bench.server.script('token', { status: 200, body });
    await expect(requestGuestToken(bench.deps, bench.config)).rejects.toMatchObject({ code: 'NOT_THE_SERVICE' });
  });

  it('is not in a page', async () => {
    await using bench = await miawBench();
    bench.server.script('token', { status: 200, body: '<html></html>', type: 'text/html' });
    await expect(requestGuestToken(bench.deps, bench.config)).rejects.toMatchObject({ code: 'NOT_THE_SERVICE' });
  });
});

describe('the deployment', () => {
  it('is asked for by org, name and language', async () => {
    await using bench = await miawBench();
    await askDeploymentConfig(bench.http, bench.config);
    const { query } = await bench.server.request('config');
    expect(Object.fromEntries(query)).toEqual({
      orgId: '00D7X0000004AbC',
      esConfigName: 'Acme_Custom_Client',
      language: 'en_US',
    });
  });

  it('is published where its configuration comes', async () => {
    await using bench = await miawBench();
    const config = fixtureJson('embedded-service-config');
    bench.server.script('config', { status: 200, body: { embeddedServiceConfig: config } });
    await expect(askDeploymentConfig(bench.http, bench.config)).resolves.toEqual({ kind: 'published', config });
  });

  it('is read also where nothing is wrapped around it', async () => {
    await using bench = await miawBench();
    const config = fixtureJson('embedded-service-config');
    bench.server.script('config', { status: 200, body: config });
    await expect(askDeploymentConfig(bench.http, bench.config)).resolves.toEqual({ kind: 'published', config });
  });

  it.each([
    [412, { text: 'Embedded Messaging Config is not Published' }, 'unpublished'],
    [400, '', 'unknown-name'],
    [404, '', 'unknown-name'],
  ])('answered by %i with %j is %s', async (status, body, kind) => {
    await using bench = await miawBench();
    bench.server.script('config', { status, body });
    await expect(askDeploymentConfig(bench.http, bench.config)).resolves.toEqual({ kind });
  });

  it.each([
    [404, '<html></html>', 'NOT_FOUND'],
    [503, '', 'SERVICE_ERROR'],
    [429, '', 'RATE_LIMITED'],
  ])('answered by %i with %j is %s', async (status, body, code) => {
    await using bench = await miawBench();
    bench.server.script('config', { status, body, type: body ? 'text/html' : 'application/json' });
    await expect(askDeploymentConfig(bench.http, bench.config)).rejects.toMatchObject({ code });
  });
});

describe('the business hours', () => {
  it('come as intervals in milliseconds, whatever the unit', async () => {
    await using bench = await miawBench();
    const businessHours = [
      { startTime: 1_767_225_600, endTime: 1_767_254_400 },
      { startTime: 1_767_312_000_000, endTime: 1_767_340_800_000 },
    ];
    bench.server.script('hours', { status: 200, body: { businessHoursInfo: { businessHours } } });
    await expect(askBusinessHours(bench.http, bench.config)).resolves.toEqual({
      kind: 'hours',
      intervals: [
        { startsAt: 1_767_225_600_000, endsAt: 1_767_254_400_000 },
        { startsAt: 1_767_312_000_000, endsAt: 1_767_340_800_000 },
      ],
    });
  });

  it('are not known where the service has no such question', async () => {
    await using bench = await miawBench();
    bench.server.script('hours', { status: 404 });
    await expect(askBusinessHours(bench.http, bench.config)).resolves.toEqual({ kind: 'unknown', intervals: [] });
  });

  it.each([204, 400])('are not set where the answer is %i', async (status) => {
    await using bench = await miawBench();
    bench.server.script('hours', { status });
    await expect(askBusinessHours(bench.http, bench.config)).resolves.toEqual({ kind: 'always', intervals: [] });
  });

  it('cannot be had from a service that fails', async () => {
    await using bench = await miawBench();
    bench.server.script('hours', { status: 500 });
    await expect(askBusinessHours(bench.http, bench.config)).rejects.toMatchObject({ code: 'SERVICE_ERROR' });
  });
});

describe('the event stream', () => {
  const request = { accessToken: String(tokenBody().accessToken) };

  it('is handed over open', async () => {
    await using bench = await miawBench();
    const stream = await openStream(bench.deps, bench.config, request);
    expect(stream.status).toBe(200);
    stream.close();
    await bench.server.streamsClosed();
  });

  it('says why it was refused', async () => {
    await using bench = await miawBench();
    bench.server.script('stream', { status: 401, body: 'Jwt is expired', type: 'text/plain' });
    const opening = openStream(bench.deps, bench.config, request);
    await expect(opening).rejects.toMatchObject({ code: 'TOKEN_EXPIRED', message: expect.stringContaining('Jwt') });
  });

  it('stops waiting when the caller aborts', async () => {
    await using bench = await miawBench();
    bench.server.script('stream', 'hold');
    const opening = openStream(bench.deps, bench.config, request, bench.outside.signal);
    opening.catch(() => undefined);
    await bench.server.request('stream');
    bench.outside.abort(new Error('enough'));
    await expect(opening).rejects.toThrow('enough');
  });

  it.each(['', 'application/json', 'text/html'])('is refused with the type %j', async (type) => {
    await using bench = await miawBench();
    bench.server.script('stream', { status: 200, body: 'x', type });
    await expect(openStream(bench.deps, bench.config, request)).rejects.toMatchObject({ code: 'NOT_THE_SERVICE' });
  });
});
