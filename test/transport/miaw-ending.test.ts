import { describe, expect, it } from 'vitest';
import { joined, left, said, SECOND_AGENT, sse, status, SYSTEM, transferResult, VISITOR } from '../support/miaw-frames.ts';
import { type MiawBench, miawBench, openMiawChat } from '../support/miaw-session.ts';

const ENDED = status('Ended', { sessionStatusPrev: 'Active', sessionEndedByRole: 'Agent' });

function routing(bench: MiawBench, routingStatus: string): void {
  bench.server.always('status', { status: 200, body: { routingStatus } });
}

describe('a MIAW chat ended by the other side', () => {
  it('is over when the session has ended', async () => {
    await using bench = await miawBench();
    routing(bench, 'NEEDS_ROUTING');
    const { session, reader, stream } = await openMiawChat(bench);
    stream.write(ENDED);
    await reader.finished;
    expect(reader.events.slice(1)).toMatchObject([
      { type: 'session', state: 'ended' },
      { type: 'ended', by: 'agent' },
    ]);
    expect(session.closed).toBe(true);
  });

  it.each([
    ['Agent', 'agent'],
    ['Supervisor', 'agent'],
    ['EndUser', 'visitor'],
    ['System', 'system'],
    [null, 'system'],
  ])('names who ended it: %s is %s', async (sessionEndedByRole, by) => {
    await using bench = await miawBench();
    const { reader, stream } = await openMiawChat(bench);
    stream.write(status('Ended', { sessionEndedByRole }));
    await expect(reader.until('ended')).resolves.toMatchObject({ by });
  });

  it('names inactivity where the session was inactive before', async () => {
    await using bench = await miawBench();
    const { reader, stream } = await openMiawChat(bench);
    stream.write(status('Ended', { sessionStatusPrev: 'Inactive' }));
    await expect(reader.until('ended')).resolves.toMatchObject({ by: 'system', reason: 'inactivity' });
  });

  it('is over also when the routing status cannot be had', async () => {
    await using bench = await miawBench();
    bench.server.always('status', { status: 404 });
    const { reader, stream } = await openMiawChat(bench);
    stream.write(ENDED);
    await expect(reader.until('ended')).resolves.toMatchObject({ by: 'agent' });
  });

  it('tells what comes while the routing status is asked for', async () => {
    await using bench = await miawBench();
    bench.server.script('status', 'hold');
    const { reader, stream } = await openMiawChat(bench);
    stream.write(joined() + ENDED);
    const question = await bench.server.request('status');
    stream.write(left());
    await reader.until('left');
    question.answer({ status: 200, body: { routingStatus: 'NEEDS_ROUTING' } });
    await reader.finished;
    expect(reader.types()).toEqual(['started', 'joined', 'left', 'session', 'ended']);
  });

  it('is over when the last agent has left and the conversation needs routing', async () => {
    await using bench = await miawBench();
    routing(bench, 'NEEDS_ROUTING');
    const { reader, stream } = await openMiawChat(bench);
    stream.write(joined() + left());
    await reader.finished;
    expect(reader.events.slice(1)).toMatchObject([{ type: 'joined' }, { type: 'left' }, { type: 'ended', by: 'agent' }]);
  });

  it('waits for the session’s end when the routing status says neither', async () => {
    await using bench = await miawBench();
    const { reader, stream } = await openMiawChat(bench);
    bench.server.script('status', { status: 200, body: { routingStatus: 'ROUTED' } });
    stream.write(joined() + left());
    await bench.server.request('status');
    stream.write(said('still there'));
    await reader.until('message');
    stream.write(ENDED);
    await reader.finished;
    expect(reader.types()).toEqual(['started', 'joined', 'left', 'message', 'session', 'ended']);
  });

  it('is over when the visitor has closed it on another device', async () => {
    await using bench = await miawBench();
    const { session, reader, stream } = await openMiawChat(bench);
    stream.write(sse('CONVERSATION_CLOSE_CONVERSATION', {}, { sender: VISITOR }));
    await reader.finished;
    expect(reader.events.at(-1)).toMatchObject({ type: 'ended', by: 'visitor' });
    expect(session.closed).toBe(true);
  });

  it('lets the stream go', async () => {
    await using bench = await miawBench();
    const { reader, stream } = await openMiawChat(bench);
    stream.write(ENDED);
    await reader.finished;
    await bench.server.streamsClosed();
    expect(bench.server.of('stream')).toHaveLength(1);
  });
});

describe('a MIAW transfer', () => {
  it('is no end when the agent leaves', async () => {
    await using bench = await miawBench();
    routing(bench, 'TRANSFER');
    const { session, reader, stream } = await openMiawChat(bench);
    stream.write(joined() + left());
    await reader.until('transferred');
    stream.write(joined(SECOND_AGENT, 'Ravi K.') + said('Hi, I take over'));
    await reader.until('message');
    expect(reader.events.slice(1)).toMatchObject([
      { type: 'joined' },
      { type: 'left' },
      { type: 'transferred', state: 'requested' },
      { type: 'joined', participant: { name: 'Ravi K.' } },
      { type: 'transferred', state: 'completed', to: 'Ravi K.' },
      { type: 'message' },
    ]);
    expect(session.closed).toBe(false);
  });

  it('is no end when the session ends on the way', async () => {
    await using bench = await miawBench();
    routing(bench, 'TRANSFER');
    const { reader, stream } = await openMiawChat(bench);
    stream.write(joined() + ENDED);
    await reader.until('transferred');
    stream.write(said('still there'));
    await reader.until('message');
    expect(reader.types()).not.toContain('ended');
  });

  it('is told once when both the routing status and the stream tell it', async () => {
    await using bench = await miawBench();
    routing(bench, 'TRANSFER');
    const { reader, stream } = await openMiawChat(bench);
    stream.write(joined() + left());
    await reader.until('transferred');
    stream.write(transferResult() + joined(SECOND_AGENT, 'Ravi K.') + said('Hi'));
    await reader.until('message');
    const states = reader.events.flatMap((event) => (event.type === 'transferred' ? event.state : []));
    expect(states).toEqual(['requested', 'completed']);
  });

  it('is no end where the routing status lags behind an announced transfer', async () => {
    await using bench = await miawBench();
    routing(bench, 'NEEDS_ROUTING');
    const { reader, stream } = await openMiawChat(bench);
    stream.write(joined() + transferResult() + left());
    await bench.server.request('status');
    stream.write(joined(SECOND_AGENT, 'Ravi K.') + said('Hi'));
    await reader.until('message');
    expect(reader.types()).not.toContain('ended');
  });

  it('is no end when the next agent is faster than the routing status', async () => {
    await using bench = await miawBench();
    bench.server.script('status', 'hold');
    const { reader, stream } = await openMiawChat(bench);
    stream.write(joined() + left());
    const question = await bench.server.request('status');
    stream.write(joined(SECOND_AGENT, 'Ravi K.'));
    await reader.until('joined', 2);
    question.answer({ status: 200, body: { routingStatus: 'NEEDS_ROUTING' } });
    stream.write(said('Hi'));
    await reader.until('message');
    expect(reader.types()).not.toContain('ended');
  });

  it('leaves a conference alone as long as one agent is there', async () => {
    await using bench = await miawBench();
    routing(bench, 'NEEDS_ROUTING');
    const { reader, stream } = await openMiawChat(bench);
    stream.write(joined() + joined(SECOND_AGENT, 'Ravi K.') + left() + said('I stay', { sender: SECOND_AGENT }));
    await reader.until('message');
    expect(bench.server.of('status')).toEqual([]);
  });
});

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

  it.each([403, 404, 410])('is content with %i, for then it is over', async (code) => {
    await using bench = await miawBench();
    const { session } = await openMiawChat(bench);
    bench.server.script('end-session', { status: code });
    bench.server.script('close', { status: code });
    await session.end();
    expect(session.closed).toBe(true);
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

  it('gives up on a service that does not answer after five seconds', async () => {
    await using bench = await miawBench(60_000);
    const { session, reader } = await openMiawChat(bench);
    bench.server.script('end-session', 'hold');
    const disposing = session[Symbol.asyncDispose]();
    await bench.clock.waitUntilSleeping(5000);
    await bench.server.request('end-session');
    bench.clock.advance(5000);
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
