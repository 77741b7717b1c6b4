import { describe, expect, it } from 'vitest';
import { BOT, joined, left, SECOND_AGENT, said, sse, status, transferResult, VISITOR } from '../support/miaw-frames.ts';
import { type MiawBench, miawBench, openMiawChat } from '../support/miaw-session.ts';

const ENDED_BY_NOBODY = status('Ended', { sessionStatusPrev: 'Active', sessionEndedByRole: null });
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

  it.each([
    ['before the end', left() + ENDED_BY_NOBODY],
    ['with the end', ENDED_BY_NOBODY + left()],
  ])('was ended by the agent who left %s where the service names nobody', async (_, frames) => {
    await using bench = await miawBench();
    routing(bench, 'ROUTED');
    const { reader, stream } = await openMiawChat(bench);
    stream.write(joined() + frames);
    await expect(reader.until('ended')).resolves.toMatchObject({ by: 'agent' });
  });

  it('was ended by the agent who left a moment after the end', async () => {
    await using bench = await miawBench();
    routing(bench, 'NEEDS_ROUTING');
    const { reader, stream } = await openMiawChat(bench);
    stream.write(joined() + ENDED_BY_NOBODY);
    await bench.clock.waitUntilSleeping(1000);
    bench.clock.advance(900);
    stream.write(left());
    await expect(reader.until('ended')).resolves.toMatchObject({ by: 'agent' });
  });

  it('was ended by the system where the agent stayed', async () => {
    await using bench = await miawBench();
    routing(bench, 'NEEDS_ROUTING');
    const { reader, stream } = await openMiawChat(bench);
    stream.write(joined() + ENDED_BY_NOBODY);
    await bench.clock.waitUntilSleeping(1000);
    bench.clock.advance(1000);
    await expect(reader.until('ended')).resolves.toMatchObject({ by: 'system' });
  });

  it('was ended by inactivity also where the agent left with it', async () => {
    await using bench = await miawBench();
    const { reader, stream } = await openMiawChat(bench);
    stream.write(joined() + left() + status('Ended', { sessionStatusPrev: 'Inactive', sessionEndedByRole: null }));
    await expect(reader.until('ended')).resolves.toMatchObject({ by: 'system', reason: 'inactivity' });
  });

  it.each([404, 500])('is over ten seconds after the last agent left where the status is %i', async (code) => {
    await using bench = await miawBench();
    bench.server.always('status', { status: code });
    const { session, reader, stream } = await openMiawChat(bench);
    stream.write(joined() + left());
    for (const ms of code === 500 ? [500, 1000, 10_000] : [10_000]) {
      await bench.clock.waitUntilSleeping(ms);
      bench.clock.advance(ms);
    }
    await expect(reader.until('ended')).resolves.toMatchObject({ by: 'agent' });
    expect(session.closed).toBe(true);
  });

  it.each([
    ['an agent', SECOND_AGENT],
    ['a bot', BOT],
  ])('goes on where the status cannot be had and %s comes within ten seconds', async (_, participant) => {
    await using bench = await miawBench();
    bench.server.always('status', { status: 404 });
    const { reader, stream } = await openMiawChat(bench);
    stream.write(joined() + left());
    await bench.clock.waitUntilSleeping(10_000);
    stream.write(joined(participant, 'Ravi K.'));
    await reader.until('joined', 2);
    bench.clock.advance(10_000);
    stream.write(said('Hi', { sender: participant }));
    await reader.until('message');
    expect(reader.types()).not.toContain('ended');
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
    expect(reader.events.slice(1)).toMatchObject([
      { type: 'joined' },
      { type: 'left' },
      { type: 'ended', by: 'agent' },
    ]);
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

  it('is closed from here as well, for the close event alone proves nothing', async () => {
    await using bench = await miawBench();
    const { session, reader, stream } = await openMiawChat(bench);
    bench.server.script('close', { status: 403 });
    stream.write(sse('CONVERSATION_CLOSE_CONVERSATION', {}, { sender: VISITOR }));
    await reader.finished;
    await session.end();
    expect(bench.server.of('close')).toHaveLength(1);
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
