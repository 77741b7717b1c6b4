import { describe, expect, it } from 'vitest';
import { readEvents } from '../support/event-reader.ts';
import { said } from '../support/miaw-frames.ts';
import { tokenBody } from '../support/miaw-server.ts';
import { miawBench, openMiawChat } from '../support/miaw-session.ts';

describe('opening a MIAW chat', () => {
  it('gets a token, opens the stream and then creates the conversation', async () => {
    await using bench = await miawBench();
    await bench.open();
    expect(bench.server.received.map((request) => request.route)).toEqual(['token', 'stream', 'create']);
  });

  it('asks for the token as the vendor documents it', async () => {
    await using bench = await miawBench();
    await bench.open();
    const { body } = await bench.server.request('token');
    expect(body).toEqual({
      orgId: '00D7X0000004AbC',
      esDeveloperName: 'Acme_Custom_Client',
      capabilitiesVersion: '63',
      platform: 'Web',
      context: { appName: 'sf-handoff', clientVersion: expect.any(String) },
      deviceId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  it('opens the stream with the token, the 15-character org id and the token’s event id', async () => {
    await using bench = await miawBench();
    await bench.open({}, { orgId: '00D7X0000004AbCQAZ' });
    const { headers } = await bench.server.request('stream');
    expect(headers).toMatchObject({
      accept: 'text/event-stream',
      authorization: `Bearer ${tokenBody().accessToken}`,
      'x-org-id': '00D7X0000004AbC',
      'last-event-id': 'first-position',
    });
  });

  it.each([null, undefined, ''])('sends no Last-Event-Id where the token came with %j', async (lastEventId) => {
    await using bench = await miawBench();
    bench.server.script('token', { status: 200, body: tokenBody({ lastEventId }) });
    await bench.open();
    const { headers } = await bench.server.request('stream');
    expect(headers).not.toHaveProperty('last-event-id');
  });

  it('creates the conversation under a lower-case UUID which is the id of the session', async () => {
    await using bench = await miawBench();
    const session = await bench.open();
    const { body } = await bench.server.request('create');
    expect(body).toEqual({ conversationId: session.id, esDeveloperName: 'Acme_Custom_Client' });
    expect(session.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('sends pre-chat values of the profile and of the visitor, the visitor’s winning', async () => {
    await using bench = await miawBench();
    await bench.open({ preChat: { Topic: 'Billing' } }, { preChat: { Topic: 'Sales', City: 'Pune' } });
    const { body } = await bench.server.request('create');
    expect(body).toMatchObject({ routingAttributes: { Topic: 'Billing', City: 'Pune' } });
  });

  it('writes the language with an underscore', async () => {
    await using bench = await miawBench();
    await bench.open({ language: 'en-US' });
    const { body } = await bench.server.request('create');
    expect(body).toMatchObject({ language: 'en_US' });
  });

  it('puts the visitor’s name into the name fields of the published form', async () => {
    await using bench = await miawBench();
    const formFields = [{ name: '_firstName' }, { name: '_lastName' }];
    const context = { configuration: { embeddedServiceConfig: { forms: [{ formFields }] } } };
    bench.server.script('token', { status: 200, body: tokenBody({ context }) });
    await bench.open({ visitorName: 'Dana van Field' });
    const { body } = await bench.server.request('create');
    expect(body).toMatchObject({ routingAttributes: { _firstName: 'Dana van', _lastName: 'Field' } });
  });

  it('keeps the visitor’s name to itself where the form has no field for it', async () => {
    await using bench = await miawBench();
    await bench.open({ visitorName: 'Dana Field' });
    const { body } = await bench.server.request('create');
    expect(body).not.toHaveProperty('routingAttributes');
  });

  it.each([200, 201, 202, 204])('takes %i with an empty body as a created conversation', async (status) => {
    await using bench = await miawBench();
    bench.server.script('create', { status });
    await expect(bench.open()).resolves.toMatchObject({ channel: 'miaw', closed: false });
  });

  it('tells the secret keeper the token before anything else', async () => {
    await using bench = await miawBench();
    bench.server.script('token', { status: 200, body: tokenBody({ accessToken: 'no-shape-at-all' }) });
    await bench.open();
    expect(bench.secrets.redact('x no-shape-at-all y')).toBe('x [redacted] y');
  });

  it('starts its events with the conversation id', async () => {
    await using bench = await miawBench();
    const { session, reader } = await openMiawChat(bench);
    await expect(reader.until('started')).resolves.toEqual({
      at: bench.clock.now(),
      type: 'started',
      channel: 'miaw',
      conversationId: session.id,
    });
  });

  it('misses nothing that was said before the conversation was known to exist', async () => {
    await using bench = await miawBench();
    bench.server.script('create', 'hold');
    const opening = bench.open();
    const created = await bench.server.request('create');
    const stream = await bench.server.stream();
    stream.write(said('Welcome'));
    created.answer({ status: 201 });
    const reader = readEvents(await opening);
    reader.finished.catch(() => undefined);
    await expect(reader.until('message')).resolves.toMatchObject({ text: 'Welcome' });
  });
});

describe('a MIAW chat that cannot be opened', () => {
  it('does not create a conversation when the stream is refused', async () => {
    await using bench = await miawBench();
    bench.server.always('stream', {
      status: 400,
      body: 'OrgId in the header and token must match',
      type: 'text/plain',
    });
    await expect(bench.open()).rejects.toMatchObject({ code: 'ORG_MISMATCH' });
    expect(bench.server.of('create')).toEqual([]);
  });

  it('does not take a page for the stream', async () => {
    await using bench = await miawBench();
    bench.server.script('stream', { status: 200, body: '<html>Sign on</html>', type: 'text/html' });
    await expect(bench.open()).rejects.toMatchObject({ code: 'NOT_THE_SERVICE' });
  });

  it('closes the stream when the conversation is refused', async () => {
    await using bench = await miawBench();
    bench.server.script('create', { status: 412, body: { message: 'Conversation Precondition failed' } });
    await expect(bench.open()).rejects.toMatchObject({ code: 'OUTSIDE_BUSINESS_HOURS' });
    await bench.server.streamsClosed();
    expect(bench.server.of('stream')).toHaveLength(1);
  });

  it('closes a conversation of which it does not know whether it came about', async () => {
    await using bench = await miawBench();
    bench.server.always('create', { status: 503 });
    const opening = bench.open();
    opening.catch(() => undefined);
    for (const ms of [500, 1000]) {
      await bench.clock.waitUntilSleeping(ms);
      bench.clock.advance(ms);
    }
    await expect(opening).rejects.toMatchObject({ code: 'SERVICE_ERROR' });
    expect(bench.server.of('close')).toHaveLength(1);
  });

  it('creates a conversation whose answer was lost again, under the same id', async () => {
    await using bench = await miawBench();
    bench.server.script('create', 'drop');
    const opening = bench.open();
    await bench.clock.waitUntilSleeping(500);
    bench.clock.advance(500);
    const { id } = await opening;
    const ids = bench.server.of('create').map(({ body }) => (body as { conversationId: string }).conversationId);
    expect(ids).toEqual([id, id]);
  });

  it('names org and host where the stream refuses a fresh token', async () => {
    await using bench = await miawBench();
    bench.server.always('stream', { status: 401, body: { status: 401, error: 'Unauthorized' } });
    await expect(bench.open()).rejects.toMatchObject({
      code: 'ACCESS_DENIED',
      hint: expect.stringMatching(/00D7X0000004AbC belongs to 127\.0\.0\.1/),
    });
  });

  it.each([{ accessToken: 'smuggled\r\nX-Admin: 1' }, { accessToken: 'tökén→' }, { lastEventId: 'a\nb' }])(
    'does not take %j for an answer of the service',
    async (more) => {
      await using bench = await miawBench();
      bench.server.script('token', { status: 200, body: tokenBody(more) });
      await expect(bench.open()).rejects.toMatchObject({ code: 'NOT_THE_SERVICE' });
      expect(bench.server.of('stream')).toEqual([]);
    },
  );

  it('leaves a refused conversation alone', async () => {
    await using bench = await miawBench();
    bench.server.script('create', { status: 428, body: { message: 'Messaging channel is not active' } });
    await expect(bench.open()).rejects.toMatchObject({ code: 'CHANNEL_INACTIVE' });
    expect(bench.server.of('close')).toEqual([]);
  });

  it('asks for one token only when too many are asked for', async () => {
    await using bench = await miawBench();
    bench.server.always('token', { status: 429 });
    await expect(bench.open()).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    expect(bench.server.of('token')).toHaveLength(1);
  });

  it('waits as long as the service asks before it creates the conversation again', async () => {
    await using bench = await miawBench();
    bench.server.script('create', { status: 429, headers: { 'retry-after': '7' } });
    const opening = bench.open();
    await bench.clock.waitUntilSleeping(7000);
    bench.clock.advance(7000);
    await opening;
    expect(bench.server.of('create')).toHaveLength(2);
  });

  it('tries a failing stream again before it gives up', async () => {
    await using bench = await miawBench();
    bench.server.script('stream', { status: 503 });
    const opening = bench.open();
    await bench.clock.waitUntilSleeping(500);
    bench.clock.advance(500);
    await expect(opening).resolves.toMatchObject({ channel: 'miaw' });
  });

  it('rejects with the caller’s reason when it is aborted', async () => {
    await using bench = await miawBench();
    bench.server.script('create', 'hold');
    const opening = bench.open();
    await bench.server.request('create');
    bench.outside.abort(new Error('enough'));
    await expect(opening).rejects.toThrow('enough');
  });

  it('sends nothing to the domain that the vendor’s guide misspells', async () => {
    await using bench = await miawBench();
    const opening = bench.open({}, { baseUrl: 'https://acme.my.salesforce-srct.com' });
    await expect(opening).rejects.toMatchObject({ code: 'BASE_URL_DOMAIN_SLIP' });
  });
});
