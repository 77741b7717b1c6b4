import { describe, expect, it } from 'vitest';
import { entry, said, sse, textPayload } from '../support/miaw-frames.ts';
import { FIRST_WAIT, miawBench, openMiawChat, reconnect } from '../support/miaw-session.ts';

describe('reading a MIAW stream', () => {
  it.each(['{broken', '[]', 'null', '"text"'])(
    'keeps an entry that is no object as the text that came: %s',
    async (data) => {
      await using bench = await miawBench();
      const { reader, stream } = await openMiawChat(bench);
      stream.write(`event: CONVERSATION_MESSAGE\ndata: ${data}\n\n`);
      await expect(reader.until('unknown')).resolves.toMatchObject({ wireType: 'CONVERSATION_MESSAGE', raw: data });
    },
  );

  it.each([
    ['as a line', 'Jwt is expired\n'],
    ['as data', 'data: Jwt is expired\n\n'],
    ['as an entry', 'event: CONVERSATION_MESSAGE\ndata: Jwt is expired\n\n'],
  ])(
    'renews the token and opens the stream again when it is told on the stream that it has expired: %s',
    async (_, text) => {
      await using bench = await miawBench();
      const { reader, stream } = await openMiawChat(bench);
      stream.write(text);
      const second = await reconnect(bench);
      expect((await bench.server.request('stream', 2)).headers.authorization).toMatch(/cmVuZXdlZA$/);
      second.write(said('back'));
      await reader.until('message');
      expect(reader.types()).toEqual(['started', 'reconnecting', 'reconnected', 'message']);
    },
  );

  it('passes over pings, data that is no JSON and entries of other conversations', async () => {
    await using bench = await miawBench();
    const { reader, stream } = await openMiawChat(bench);
    stream.write('event: ping\ndata: 0\n\n');
    stream.write('event: notice\ndata: no JSON\n\nno field at all\n');
    stream.write(said('not for us', { conversationId: '11111111-1111-4111-8111-111111111111' }));
    stream.write(said('for us'));
    await reader.until('message');
    expect(reader.types()).toEqual(['started', 'message']);
    expect(reader.events[1]).toMatchObject({ text: 'for us' });
  });

  it('knows its own conversation also in capital letters', async () => {
    await using bench = await miawBench();
    const { session, reader, stream } = await openMiawChat(bench);
    stream.write(said('for us', { conversationId: session.id.toUpperCase() }));
    await expect(reader.until('message')).resolves.toMatchObject({ text: 'for us' });
  });

  it('tells an entry once however often it comes', async () => {
    await using bench = await miawBench();
    const { reader, stream } = await openMiawChat(bench);
    stream.write(said('once', { id: 'a' }) + said('once', { id: 'a' }) + said('last', { id: 'b' }));
    await reader.until('message', 2);
    expect(reader.events.flatMap((event) => (event.type === 'message' ? event.text : []))).toEqual(['once', 'last']);
  });

  it('keeps an event of a new kind whole', async () => {
    await using bench = await miawBench();
    const { reader, stream } = await openMiawChat(bench);
    stream.write(sse('CONVERSATION_HOLOGRAM', { shape: 'cube' }, { id: 'h' }));
    await expect(reader.until('unknown')).resolves.toMatchObject({
      wireType: 'CONVERSATION_HOLOGRAM',
      raw: { identifier: 'h' },
    });
  });

  it('throws the caller’s reason when it is aborted', async () => {
    await using bench = await miawBench();
    const { reader } = await openMiawChat(bench);
    await reader.until('started');
    bench.outside.abort(new Error('enough'));
    await expect(reader.finished).rejects.toThrow('enough');
  });

  it('has one reader', async () => {
    await using bench = await miawBench();
    const { session } = await openMiawChat(bench);
    expect(() => session.events()).toThrow('once');
  });
});

describe('a MIAW stream that breaks', () => {
  it('says that it reconnects, waits, and goes on where it stopped', async () => {
    await using bench = await miawBench();
    const { reader, stream } = await openMiawChat(bench);
    stream.write(said('before', { eventId: '1041' }));
    await reader.until('message');
    stream.cut();
    const second = await reconnect(bench);
    second.write(said('after'));
    await reader.until('message', 2);
    expect(reader.types()).toEqual(['started', 'message', 'reconnecting', 'reconnected', 'message']);
    expect(reader.events[3]).toMatchObject({ resumedFrom: '1041' });
    expect((await bench.server.request('stream', 2)).headers['last-event-id']).toBe('1041');
  });

  it('tells attempt, wait and reason', async () => {
    await using bench = await miawBench();
    const { reader, stream } = await openMiawChat(bench);
    stream.end();
    await expect(reader.until('reconnecting')).resolves.toMatchObject({
      attempt: 1,
      delayMs: FIRST_WAIT,
      reason: 'the service closed the event stream',
    });
  });

  it('remembers the id of a ping and of an entry that it passes over', async () => {
    await using bench = await miawBench();
    const { reader, stream } = await openMiawChat(bench);
    stream.write('id: 77\nevent: ping\ndata: 0\n\n');
    stream.end();
    await reader.until('reconnecting');
    await reconnect(bench);
    expect((await bench.server.request('stream', 2)).headers['last-event-id']).toBe('77');
  });

  it('takes 90 seconds of silence for a broken stream', async () => {
    await using bench = await miawBench();
    const { reader } = await openMiawChat(bench);
    await bench.clock.waitUntilSleeping(90_000);
    bench.clock.advance(90_000);
    const event = await reader.until('reconnecting');
    expect(event).toMatchObject({ reason: expect.stringContaining('1 min 30 s') });
  });

  it('takes a ping for a sign of life', async () => {
    await using bench = await miawBench();
    const { reader, stream } = await openMiawChat(bench);
    await bench.clock.waitUntilSleeping(90_000);
    bench.clock.advance(60_000);
    stream.write('event: ping\ndata: 0\n\n');
    stream.write(said('still here'));
    await reader.until('message');
    bench.clock.advance(30_000);
    stream.write(said('and now'));
    await reader.until('message', 2);
    expect(reader.types()).not.toContain('reconnecting');
  });

  it('tells what was missed in its order, and what it knew not again', async () => {
    await using bench = await miawBench();
    const { reader, stream } = await openMiawChat(bench);
    stream.write(said('one', { id: 'a', timestamp: 1000 }));
    await reader.until('message');
    const missed = [
      entry('CONVERSATION_MESSAGE', textPayload('three'), { id: 'c', timestamp: 3000 }),
      { ...entry('CONVERSATION_MESSAGE', {}, { id: 'b', timestamp: 2000 }), entryPayload: textPayload('two') },
      entry('CONVERSATION_MESSAGE', textPayload('one'), { id: 'a', timestamp: 1000 }),
    ];
    bench.server.script('entries', { status: 200, body: { conversationEntries: missed } });
    stream.cut();
    const second = await reconnect(bench);
    await reader.until('message', 3);
    second.write(said('three', { id: 'c' }) + said('four', { id: 'd' }));
    await reader.until('message', 4);
    const texts = reader.events.flatMap((event) => (event.type === 'message' ? event.text : []));
    expect(texts).toEqual(['one', 'two', 'three', 'four']);
  });

  it('asks for the latest fifty entries', async () => {
    await using bench = await miawBench();
    const { stream } = await openMiawChat(bench);
    stream.end();
    await reconnect(bench);
    const { query } = await bench.server.request('entries');
    expect(Object.fromEntries(query)).toEqual({ limit: '50', direction: 'FromEnd' });
  });

  it('keeps what a stream has brought that breaks while the history is asked for', async () => {
    await using bench = await miawBench();
    const { reader, stream } = await openMiawChat(bench);
    bench.server.script('entries', 'hold');
    stream.end();
    const second = await reconnect(bench);
    const history = await bench.server.request('entries');
    second.write(`id: 77\n${said('early')}`);
    second.end();
    await reconnect(bench, 3);
    expect((await bench.server.request('stream', 3)).headers['last-event-id']).toBe('77');
    history.answer({ status: 200, body: { conversationEntries: [] } });
    await reader.until('reconnected', 2);
    expect(reader.types().slice(-3)).toEqual(['message', 'reconnecting', 'reconnected']);
  });

  it('tells in its order what two streams have brought while the first history was asked for', async () => {
    await using bench = await miawBench();
    const { reader, stream } = await openMiawChat(bench);
    bench.server.script('entries', 'hold', 'hold');
    stream.end();
    const second = await reconnect(bench);
    const history = await bench.server.request('entries');
    second.write(`id: 77\n${said('one')}`);
    second.end();
    const third = await reconnect(bench, 3);
    third.write(`id: 78\n${said('two')}`);
    third.end();
    const fourth = await reconnect(bench, 4);
    history.answer({ status: 200, body: { conversationEntries: [] } });
    fourth.write(said('three'));
    (await bench.server.request('entries', 2)).answer({ status: 200, body: { conversationEntries: [] } });
    await reader.until('message', 3);
    const texts = reader.events.flatMap((event) => (event.type === 'message' ? event.text : []));
    expect(texts).toEqual(['one', 'two', 'three']);
  });

  it('goes on without a history that fails, and tells what it holds as soon as it can be had', async () => {
    await using bench = await miawBench(1000);
    const { reader, stream } = await openMiawChat(bench);
    bench.server.script('entries', 'hold');
    stream.end();
    const second = await reconnect(bench);
    await bench.server.request('entries');
    await bench.clock.waitUntilSleeping(1000);
    bench.clock.advance(1000);
    second.write(said('new', { id: 'b' }));
    await reader.until('message');
    const missed = [entry('CONVERSATION_MESSAGE', textPayload('missed'), { id: 'a', timestamp: 1000 })];
    bench.server.always('entries', { status: 200, body: { conversationEntries: missed } });
    await bench.clock.waitUntilSleeping(500);
    bench.clock.advance(500);
    await expect(reader.until('message', 2)).resolves.toMatchObject({ text: 'missed' });
  });

  it('goes on when the history is refused', async () => {
    await using bench = await miawBench();
    bench.server.always('entries', { status: 403 });
    const { reader, stream } = await openMiawChat(bench);
    stream.end();
    const second = await reconnect(bench);
    second.write(said('still here'));
    await expect(reader.until('message')).resolves.toMatchObject({ text: 'still here' });
  });

  it('honours the wait that a refusal asks for', async () => {
    await using bench = await miawBench();
    const { reader, stream } = await openMiawChat(bench);
    bench.server.script('stream', { status: 429, headers: { 'retry-after': '9' } });
    stream.end();
    await bench.clock.waitUntilSleeping(FIRST_WAIT);
    bench.clock.advance(FIRST_WAIT);
    await expect(reader.until('reconnecting', 2)).resolves.toMatchObject({ attempt: 2, delayMs: 9000 });
  });

  it('gives up after ten attempts in a row and says why', async () => {
    await using bench = await miawBench();
    const { reader, stream } = await openMiawChat(bench);
    bench.server.always('stream', { status: 503 });
    stream.end();
    for (let attempt = 1; attempt <= 10; attempt += 1) {
      const event = await reader.until('reconnecting', attempt);
      const delayMs = event.type === 'reconnecting' ? event.delayMs : 0;
      await bench.clock.waitUntilSleeping(delayMs);
      bench.clock.advance(delayMs);
    }
    await expect(reader.finished).rejects.toMatchObject({ code: 'SESSION_LOST', cause: { code: 'SERVICE_ERROR' } });
  });

  it('counts anew after the first event of a stream', async () => {
    await using bench = await miawBench();
    const { reader, stream } = await openMiawChat(bench);
    stream.end();
    const second = await reconnect(bench);
    second.write('event: ping\ndata: 0\n\n');
    second.end();
    await expect(reader.until('reconnecting', 2)).resolves.toMatchObject({ attempt: 1 });
  });

  it('does not count anew for a stream that only opens', async () => {
    await using bench = await miawBench();
    const { reader, stream } = await openMiawChat(bench);
    stream.end();
    const second = await reconnect(bench);
    second.end();
    await expect(reader.until('reconnecting', 2)).resolves.toMatchObject({ attempt: 2 });
  });

  it('gives up at once when the service says that the request is wrong', async () => {
    await using bench = await miawBench();
    const { reader, stream } = await openMiawChat(bench);
    bench.server.always('stream', { status: 403, body: { message: 'Forbidden' } });
    stream.end();
    await bench.clock.waitUntilSleeping(FIRST_WAIT);
    bench.clock.advance(FIRST_WAIT);
    await expect(reader.finished).rejects.toMatchObject({ code: 'SESSION_LOST', cause: { code: 'ACCESS_DENIED' } });
  });
});
