import { describe, expect, it } from 'vitest';
import { said } from '../support/miaw-frames.ts';
import { jwt, tokenBody } from '../support/miaw-server.ts';
import { FIRST_WAIT, miawBench, openMiawChat, reconnect } from '../support/miaw-session.ts';

describe('the token of a MIAW chat', () => {
  const EXPIRED = { status: 401, body: 'Jwt is expired', type: 'text/plain' } as const;

  const LOST = { code: 'SESSION_LOST', exitCode: 1, message: expect.stringContaining('TOKEN_EXPIRED') };

  it('is replaced when the stream refuses it', async () => {
    await using bench = await miawBench();
    const { reader, stream } = await openMiawChat(bench);
    bench.server.script('stream', EXPIRED);
    stream.end();
    await reconnect(bench);
    await reader.until('reconnected');
    expect(bench.server.of('continuation')).toHaveLength(1);
    expect((await bench.server.request('stream', 3)).headers.authorization).toMatch(/cmVuZXdlZA$/);
  });

  it('ends the chat when the replacement is refused too', async () => {
    await using bench = await miawBench();
    const { reader, stream } = await openMiawChat(bench);
    bench.server.always('stream', EXPIRED);
    stream.end();
    await bench.clock.waitUntilSleeping(FIRST_WAIT);
    bench.clock.advance(FIRST_WAIT);
    await expect(reader.finished).rejects.toMatchObject(LOST);
    expect(bench.server.of('continuation')).toHaveLength(1);
  });

  it('is never replaced by a new guest’s', async () => {
    await using bench = await miawBench();
    bench.server.always('continuation', EXPIRED);
    const { reader, stream } = await openMiawChat(bench);
    bench.server.always('stream', EXPIRED);
    stream.end();
    await bench.clock.waitUntilSleeping(FIRST_WAIT);
    bench.clock.advance(FIRST_WAIT);
    await expect(reader.finished).rejects.toMatchObject(LOST);
    expect(bench.server.of('token')).toHaveLength(1);
  });

  it('is replaced when a call refuses it, and the call is repeated once', async () => {
    await using bench = await miawBench();
    const { session } = await openMiawChat(bench);
    bench.server.script('message', EXPIRED);
    await session.send('hello');
    expect(bench.server.of('message')).toHaveLength(2);
    expect((await bench.server.request('message', 2)).headers.authorization).toMatch(/cmVuZXdlZA$/);
  });

  it('fails a call that refuses the replacement too', async () => {
    await using bench = await miawBench();
    const { session } = await openMiawChat(bench);
    bench.server.always('message', EXPIRED);
    await expect(session.send('hello')).rejects.toMatchObject(LOST);
    expect(bench.server.of('message')).toHaveLength(2);
  });

  it.each([401, 403, 404])('is not asked for again after a refusal with %i', async (status) => {
    await using bench = await miawBench();
    const { session } = await openMiawChat(bench);
    bench.server.always('continuation', { status });
    bench.server.always('message', EXPIRED);
    await expect(session.send('one')).rejects.toMatchObject(LOST);
    await expect(session.send('two')).rejects.toMatchObject(LOST);
    expect(bench.server.of('continuation')).toHaveLength(1);
  });

  it('is renewed before it expires', async () => {
    await using bench = await miawBench();
    const exp = bench.clock.now() / 1000 + 600;
    bench.server.script('token', { status: 200, body: tokenBody({ accessToken: jwt({ exp }) }) });
    const { session } = await openMiawChat(bench);
    await session.send('early');
    expect(bench.server.of('continuation')).toEqual([]);
    bench.clock.advance(500_000);
    await session.send('late');
    expect((await bench.server.request('message', 2)).headers.authorization).toMatch(/cmVuZXdlZA$/);
  });

  it('is renewed once where renewing does not make it live longer', async () => {
    await using bench = await miawBench();
    const exp = bench.clock.now() / 1000 + 60;
    bench.server.script('token', { status: 200, body: tokenBody({ accessToken: jwt({ exp }) }) });
    bench.server.always('continuation', { status: 200, body: tokenBody({ accessToken: jwt({ exp }, 'c2FtZQ') }) });
    const { session } = await openMiawChat(bench);
    await session.send('one');
    await session.send('two');
    expect(bench.server.of('continuation')).toHaveLength(1);
  });

  it('stays in use while it is valid and cannot be renewed', async () => {
    await using bench = await miawBench();
    const exp = bench.clock.now() / 1000 + 60;
    bench.server.script('token', { status: 200, body: tokenBody({ accessToken: jwt({ exp }) }) });
    bench.server.always('continuation', { status: 500 });
    const { session } = await openMiawChat(bench);
    await expect(session.send('hello')).resolves.toHaveProperty('id');
  });

  it('is renewed also while the visitor sends nothing', async () => {
    await using bench = await miawBench();
    const exp = bench.clock.now() / 1000 + 600;
    bench.server.script('token', { status: 200, body: tokenBody({ accessToken: jwt({ exp }) }) });
    const { stream, reader } = await openMiawChat(bench);
    stream.write(said('hello'));
    await reader.until('message');
    await bench.clock.waitUntilSleeping(90_000);
    for (let step = 1; step <= 10; step += 1) {
      bench.clock.advance(50_000);
      stream.write(said(`step ${step}`));
      await reader.until('message', step + 1);
    }
    await expect(bench.server.request('continuation')).resolves.toMatchObject({ method: 'GET' });
  });
});
