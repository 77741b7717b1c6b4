import { describe, expect, it } from 'vitest';
import { SYSTEM, said, status } from '../support/miaw-frames.ts';
import { type MiawBench, miawBench, openMiawChat } from '../support/miaw-session.ts';

const ENDED = status('Ended', { sessionStatusPrev: 'Active', sessionEndedByRole: 'Agent' });

function routing(bench: MiawBench, routingStatus: string): void {
  bench.server.always('status', { status: 200, body: { routingStatus } });
}

describe('ending a MIAW chat', () => {
  it('ends the session and then closes the conversation', async () => {
    await using bench = await miawBench();
    const { session } = await openMiawChat(bench);
    await session.end();
    const calls = bench.server.received.slice(3);
    expect(calls.map((call) => [call.method, call.route, call.query.get('esDeveloperName')])).toEqual([
      ['DELETE', 'end-session', 'Acme_Custom_Client'],
      ['DELETE', 'close', 'Acme_Custom_Client'],
    ]);
    expect(session.closed).toBe(true);
  });

  it('ends the events as the visitor’s doing, also where the service says no more', async () => {
    await using bench = await miawBench();
    const { session, reader } = await openMiawChat(bench);
    await reader.until('started');
    await session.end();
    await reader.finished;
    expect(reader.events.at(-1)).toMatchObject({ type: 'ended', by: 'visitor' });
  });

  it('takes the service’s signs for the answer to its goodbye', async () => {
    await using bench = await miawBench();
    const { session, reader, stream } = await openMiawChat(bench);
    bench.server.script('close', 'hold');
    const ending = session.end();
    const request = await bench.server.request('close');
    stream.write(status('Ended', { sessionEndedByRole: 'System' }) + said('last words', { sender: SYSTEM }));
    await reader.until('message');
    request.answer({ status: 204 });
    await ending;
    await reader.finished;
    expect(reader.events.slice(2)).toMatchObject([
      { type: 'session', state: 'ended' },
      { type: 'ended', by: 'visitor' },
    ]);
    expect(bench.server.of('status')).toEqual([]);
  });

  it.each([404, 410])('is content with %i, for then it is over', async (code) => {
    await using bench = await miawBench();
    const { session } = await openMiawChat(bench);
    bench.server.script('end-session', { status: code });
    bench.server.script('close', { status: code });
    await session.end();
    expect(session.closed).toBe(true);
  });

  it('does not take a refusal for an end', async () => {
    await using bench = await miawBench();
    const { session } = await openMiawChat(bench);
    bench.server.script('end-session', { status: 403 });
    bench.server.script('close', { status: 403 });
    await expect(session.end()).rejects.toMatchObject({ code: 'CHAT_LEFT_OPEN', cause: { code: 'ACCESS_DENIED' } });
    expect(session.closed).toBe(false);
  });

  it('does not mind a refusal after the agent has ended the chat', async () => {
    await using bench = await miawBench();
    routing(bench, 'NEEDS_ROUTING');
    const { session, reader, stream } = await openMiawChat(bench);
    bench.server.always('end-session', { status: 403 });
    bench.server.always('close', { status: 403 });
    stream.write(ENDED);
    await reader.finished;
    await session.end();
    expect(session.closed).toBe(true);
  });

  it('does not believe that a conversation is gone whose session the service refused to end', async () => {
    await using bench = await miawBench();
    const { session } = await openMiawChat(bench);
    bench.server.script('end-session', { status: 405 });
    bench.server.script('close', { status: 404 });
    await expect(session.end()).rejects.toMatchObject({ code: 'CHAT_LEFT_OPEN' });
  });

  it('gives a session that hangs two seconds and closes the conversation then', async () => {
    await using bench = await miawBench(60_000);
    const { session } = await openMiawChat(bench);
    bench.server.script('end-session', 'hold');
    const ending = session.end();
    await bench.server.request('end-session');
    await bench.clock.waitUntilSleeping(2000);
    bench.clock.advance(2000);
    await ending;
    expect(session.closed).toBe(true);
  });

  it('is not kept waiting by receipts that hang', async () => {
    await using bench = await miawBench(60_000);
    const { session, reader, stream } = await openMiawChat(bench);
    bench.server.script('acks', 'hold');
    stream.write(said('hello'));
    await reader.until('message');
    await bench.server.request('acks');
    const ending = session.end();
    await bench.clock.waitUntilSleeping(1000);
    bench.clock.advance(1000);
    await ending;
    expect(session.closed).toBe(true);
  });

  it('gives up after five seconds', async () => {
    await using bench = await miawBench(60_000);
    const { session } = await openMiawChat(bench);
    bench.server.script('close', 'hold');
    const ending = session.end();
    await bench.server.request('close');
    await bench.clock.waitUntilSleeping(5000);
    bench.clock.advance(5000);
    await expect(ending).rejects.toMatchObject({ code: 'CHAT_LEFT_OPEN' });
  });

  it('closes the conversation although the session would not end', async () => {
    await using bench = await miawBench();
    const { session } = await openMiawChat(bench);
    bench.server.script('end-session', { status: 409 });
    await session.end();
    expect(bench.server.of('close')).toHaveLength(1);
  });

  it('says so when the conversation stays open', async () => {
    await using bench = await miawBench();
    const { session } = await openMiawChat(bench);
    bench.server.script('close', { status: 400, body: { message: 'no' } });
    await expect(session.end()).rejects.toMatchObject({ code: 'CHAT_LEFT_OPEN', cause: { code: 'REQUEST_REJECTED' } });
    expect(session.closed).toBe(false);
  });

  it('may be asked for twice and happens once', async () => {
    await using bench = await miawBench();
    const { session } = await openMiawChat(bench);
    await Promise.all([session.end(), session.end()]);
    expect(bench.server.of('close')).toHaveLength(1);
  });

  it('closes the conversation also after the agent has ended the session', async () => {
    await using bench = await miawBench();
    routing(bench, 'NEEDS_ROUTING');
    const { session, reader, stream } = await openMiawChat(bench);
    stream.write(ENDED);
    await reader.finished;
    await session.end();
    expect(bench.server.of('close')).toHaveLength(1);
  });

  it('works after the caller has aborted', async () => {
    await using bench = await miawBench();
    const { session } = await openMiawChat(bench);
    bench.outside.abort(new Error('enough'));
    await session.end();
    expect(session.closed).toBe(true);
  });
});

describe('disposing a MIAW chat', () => {
  it('says goodbye, lets the stream go and ends the events quietly', async () => {
    await using bench = await miawBench();
    const { session, reader } = await openMiawChat(bench);
    await reader.until('started');
    await session[Symbol.asyncDispose]();
    await reader.finished;
    await bench.server.streamsClosed();
    expect(bench.server.of('close')).toHaveLength(1);
    expect(session.closed).toBe(true);
  });

  it('works after the caller has aborted', async () => {
    await using bench = await miawBench();
    const { session } = await openMiawChat(bench);
    bench.outside.abort(new Error('enough'));
    await session[Symbol.asyncDispose]();
    expect(session.closed).toBe(true);
  });

  it('closes the conversation without waiting for a session that hangs', async () => {
    await using bench = await miawBench(60_000);
    const { session } = await openMiawChat(bench);
    bench.server.script('end-session', 'hold');
    const disposing = session[Symbol.asyncDispose]();
    await bench.server.request('close');
    await bench.clock.waitUntilSleeping(2000);
    bench.clock.advance(2000);
    await disposing;
    expect(session.closed).toBe(true);
  });

  it('does not wait for a goodbye that hangs', async () => {
    await using bench = await miawBench(60_000);
    const { session } = await openMiawChat(bench);
    bench.server.script('end-session', 'hold');
    session.end().catch(() => undefined);
    await bench.server.request('end-session');
    await session[Symbol.asyncDispose]();
    expect(session.closed).toBe(true);
  });

  it('gives up on a service that does not answer after three seconds', async () => {
    await using bench = await miawBench(60_000);
    const { session, reader } = await openMiawChat(bench);
    bench.server.script('end-session', 'hold');
    bench.server.script('close', 'hold');
    const disposing = session[Symbol.asyncDispose]();
    await bench.server.request('close');
    await bench.clock.waitUntilSleeping(3000);
    bench.clock.advance(3000);
    await disposing;
    await reader.finished;
    expect(session.closed).toBe(false);
  });

  it('does not say goodbye twice', async () => {
    await using bench = await miawBench();
    const { session } = await openMiawChat(bench);
    await session.end();
    await session[Symbol.asyncDispose]();
    await session[Symbol.asyncDispose]();
    expect(bench.server.of('close')).toHaveLength(1);
  });

  it('tries again where the goodbye has failed', async () => {
    await using bench = await miawBench();
    const { session } = await openMiawChat(bench);
    bench.server.script('close', { status: 400 });
    await session.end().catch(() => undefined);
    await session[Symbol.asyncDispose]();
    expect(session.closed).toBe(true);
  });

  it('stops a reconnect that is under way', async () => {
    await using bench = await miawBench();
    const { session, reader, stream } = await openMiawChat(bench);
    stream.end();
    await reader.until('reconnecting');
    await session[Symbol.asyncDispose]();
    await reader.finished;
    expect(bench.server.of('stream')).toHaveLength(1);
    expect(bench.clock.sleeping).toBe(0);
  });
});
