import { describe, expect, it } from 'vitest';
import { withSilenceLimit } from '../../src/http/sse.ts';
import { liveChatBench, liveChatFixture, openChat } from '../support/live-chat-session.ts';
import { manualClock } from '../support/manual-clock.ts';
import { said } from '../support/miaw-frames.ts';
import { jwt, tokenBody } from '../support/miaw-server.ts';
import { miawBench, openMiawChat, reconnect } from '../support/miaw-session.ts';

const HOUR = 3_600_000;

describe('a clock that leaps an hour ahead', () => {
  it('has a MIAW chat go on under a renewed token', async () => {
    await using bench = await miawBench();
    const expiresAt = bench.clock.now() / 1000 + 1800;
    bench.server.script('token', { status: 200, body: tokenBody({ accessToken: jwt({ exp: expiresAt }) }) });
    const { session, reader, stream } = await openMiawChat(bench);
    bench.clock.leap(HOUR);
    await session.send('still me');
    stream.write(said('still here'));
    await reader.until('message');
    expect(bench.server.of('continuation')).toHaveLength(1);
  });

  it('has a stream that was slept through opened again, not the chat ended', async () => {
    await using bench = await miawBench();
    const { reader } = await openMiawChat(bench);
    await bench.clock.waitUntilSleeping(90_000);
    bench.clock.advance(HOUR);
    await reader.until('reconnecting');
    const stream = await reconnect(bench);
    await reader.until('reconnected');
    stream.write(said('good morning'));
    expect(await reader.until('message')).toMatchObject({ text: 'good morning' });
  });

  it('does not make a Live Chat count as never routed', async () => {
    await using bench = await liveChatBench();
    const { reader } = await openChat(bench);
    await bench.server.request('System/Messages');
    bench.clock.leap(HOUR);
    bench.server.deliver({ type: 'FutureThing', message: {} });
    await reader.until('unknown');
    bench.server.deliver(liveChatFixture('message-chat-request-success'));
    expect(await reader.until('queued')).toBeDefined();
  });
});

describe('a clock that is set back an hour', () => {
  it('does not put off the limit on silence by more than itself', async () => {
    const clock = manualClock();
    const never = { [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => undefined) }) };
    const reading = withSilenceLimit(never, clock, 90_000).next();
    await clock.waitUntilSleeping(90_000);
    clock.leap(-HOUR);
    clock.advance(90_000);
    await clock.waitUntilSleeping(90_000);
    clock.advance(90_000);
    await expect(reading).rejects.toMatchObject({ code: 'STREAM_SILENT' });
  });
});
