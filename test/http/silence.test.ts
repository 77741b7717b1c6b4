import { expect, test } from 'vitest';
import { withSilenceLimit } from '../../src/http/sse.ts';
import { manualClock } from '../support/manual-clock.ts';
import { openHttp, serve } from './local-servers.ts';

const LIMIT_MS = 90_000;

interface Source extends AsyncIterable<Uint8Array> {
  say(text: string): void;
  fail(error: Error): void;
  end(): void;
}

/** Chunks that come when the test says so. */
function source(): Source {
  const waiting: PromiseWithResolvers<IteratorResult<Uint8Array>>[] = [];
  const next = () => {
    const step = deferred();
    waiting.push(step);
    return step.promise;
  };
  return {
    [Symbol.asyncIterator]: () => ({ next }),
    say: (text) => waiting.shift()?.resolve({ done: false, value: Buffer.from(text) }),
    fail: (error) => waiting.shift()?.reject(error),
    end: () => waiting.shift()?.resolve({ done: true, value: undefined }),
  };
}

interface PromiseWithResolvers<T> {
  readonly promise: Promise<T>;
  resolve(value: T): void;
  reject(error: Error): void;
}

function deferred(): PromiseWithResolvers<IteratorResult<Uint8Array>> {
  let resolve: (value: IteratorResult<Uint8Array>) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<IteratorResult<Uint8Array>>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

test('chunks pass through unchanged, and the end too', async () => {
  const chunks = source();
  const limited = withSilenceLimit(chunks, manualClock(), LIMIT_MS)[Symbol.asyncIterator]();

  const first = limited.next();
  chunks.say('x');
  expect((await first).value).toEqual(Buffer.from('x'));

  const second = limited.next();
  chunks.end();
  expect((await second).done).toBe(true);
});

test('silence for the limit rejects, and says for how long', async () => {
  const clock = manualClock();
  const waiting = withSilenceLimit(source(), clock, LIMIT_MS)[Symbol.asyncIterator]().next();

  await clock.waitUntilSleeping(LIMIT_MS);
  clock.advance(LIMIT_MS);

  await expect(waiting).rejects.toMatchObject({
    code: 'STREAM_SILENT',
    message: expect.stringContaining('1 min 30 s'),
  });
});

test('a chunk just before the limit starts the wait anew', async () => {
  const clock = manualClock();
  const chunks = source();
  const limited = withSilenceLimit(chunks, clock, LIMIT_MS)[Symbol.asyncIterator]();
  const first = limited.next();
  await clock.waitUntilSleeping(LIMIT_MS);
  clock.advance(LIMIT_MS - 1);
  chunks.say('x');
  await first;

  const second = limited.next();
  clock.advance(LIMIT_MS - 1);
  await clock.waitUntilSleeping(1);
  chunks.say('y');
  expect((await second).value).toEqual(Buffer.from('y'));

  await limited.return?.(undefined);
});

test('the limit holds after chunks as well', async () => {
  const clock = manualClock();
  const chunks = source();
  const limited = withSilenceLimit(chunks, clock, LIMIT_MS)[Symbol.asyncIterator]();
  const first = limited.next();
  await clock.waitUntilSleeping(LIMIT_MS);
  clock.advance(30_000);
  chunks.say(': keep-alive\n');
  await first;

  const second = limited.next();
  clock.advance(60_000);
  await clock.waitUntilSleeping(30_000);
  clock.advance(30_000);

  await expect(second).rejects.toMatchObject({ code: 'STREAM_SILENT' });
});

test('time that the reader spends elsewhere is not silence', async () => {
  const clock = manualClock();
  const chunks = source();
  const limited = withSilenceLimit(chunks, clock, LIMIT_MS)[Symbol.asyncIterator]();
  const first = limited.next();
  chunks.say('x');
  await first;

  await clock.waitUntilSleeping();
  clock.advance(10 * LIMIT_MS);
  const second = limited.next();
  await clock.waitUntilSleeping(LIMIT_MS);
  chunks.say('y');

  expect((await second).value).toEqual(Buffer.from('y'));
  await limited.return?.(undefined);
});

test('an error of the source comes through', async () => {
  const chunks = source();
  const waiting = withSilenceLimit(chunks, manualClock(), LIMIT_MS)[Symbol.asyncIterator]().next();
  const broken = new Error('broken');

  chunks.fail(broken);

  await expect(waiting).rejects.toBe(broken);
});

test('no sleeper is left behind, however it ends', async () => {
  const clock = manualClock();
  const chunks = source();
  const waiting = withSilenceLimit(chunks, clock, LIMIT_MS)[Symbol.asyncIterator]().next();
  await clock.waitUntilSleeping(LIMIT_MS);

  chunks.end();
  await waiting;

  expect(clock.sleeping).toBe(0);
});

test('a silent connection ends as STREAM_SILENT and can be closed', async () => {
  const clock = manualClock();
  await using server = await serve((_request, response) => response.writeHead(200).flushHeaders());
  await using http = await openHttp({ clock });
  const stream = await http.stream({ url: `http://127.0.0.1:${server.port}/` });
  const waiting = withSilenceLimit(stream.chunks, clock, LIMIT_MS)[Symbol.asyncIterator]().next();

  await clock.waitUntilSleeping(LIMIT_MS);
  clock.advance(LIMIT_MS);

  await expect(waiting).rejects.toMatchObject({ code: 'STREAM_SILENT' });
  const closed = Promise.all([...server.sockets].map((socket) => new Promise((done) => socket.once('close', done))));
  stream.close();
  await closed;
});
