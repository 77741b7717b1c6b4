import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { HandoffError } from '../../src/core/errors.ts';
import type { SseMessage } from '../../src/core/http.ts';
import { readSse } from '../../src/http/sse.ts';

async function* from(...pieces: (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) yield typeof piece === 'string' ? Buffer.from(piece) : piece;
}

async function read(...pieces: (string | Uint8Array)[]): Promise<SseMessage[]> {
  const messages: SseMessage[] = [];
  for await (const read of readSse(from(...pieces))) messages.push(...read);
  return messages;
}

test('a frame becomes one message', async () => {
  expect(await read('id: 7\nevent: ping\ndata: 0\n\n')).toEqual([{ id: '7', event: 'ping', data: '0' }]);
});

test('a frame without a name is a message, without an id has none', async () => {
  expect(await read('data: x\n\n')).toEqual([{ event: 'message', data: 'x' }]);
});

test('the order of the lines is free', async () => {
  expect(await read('data: x\nid: 1\nevent: a\n\n')).toEqual([{ id: '1', event: 'a', data: 'x' }]);
});

test('several data lines are joined by line feeds', async () => {
  expect(await read('data: {\ndata:  "a": 1\ndata: }\n\n')).toEqual([{ event: 'message', data: '{\n "a": 1\n}' }]);
});

test('the name and id of one frame do not reach the next', async () => {
  expect(await read('id: 1\nevent: a\ndata: x\n\ndata: y\n\n')).toEqual([
    { id: '1', event: 'a', data: 'x' },
    { event: 'message', data: 'y' },
  ]);
});

test('an empty id is told as empty, for it means “forget the last one”', async () => {
  expect(await read('id:\ndata: x\n\n')).toEqual([{ id: '', event: 'message', data: 'x' }]);
});

test.each(['\n', '\r\n', '\r'])('lines may end in %j', async (end) => {
  const text = ['id: 1', 'event: a', 'data: x', '', 'data: y', '', ''].join(end);

  expect(await read(text)).toEqual([
    { id: '1', event: 'a', data: 'x' },
    { event: 'message', data: 'y' },
  ]);
});

test('a frame that ends in CR is told before the next byte comes', async () => {
  const messages = readSse(
    (async function* () {
      yield Buffer.from('data: x\r\r');
      throw new Error('asked for more than was needed');
    })(),
  );

  expect((await messages.next()).value).toEqual([{ event: 'message', data: 'x' }]);
});

test('CR and LF in two chunks are one line end', async () => {
  expect(await read('data: x\r', '\ndata: y\r', '\n\r', '\n')).toEqual([{ event: 'message', data: 'x\ny' }]);
});

test('a byte order mark at the beginning is dropped', async () => {
  expect(await read('\uFEFFdata: x\n\n')).toEqual([{ event: 'message', data: 'x' }]);
});

test('a byte order mark in pieces is dropped', async () => {
  expect(await read(Uint8Array.of(0xef), Uint8Array.of(0xbb), Uint8Array.of(0xbf), 'data: x\n\n')).toEqual([
    { event: 'message', data: 'x' },
  ]);
});

test('the same character later on belongs to the text', async () => {
  expect(await read('data: x\n\n', 'data: ', '\uFEFFy\n\n')).toEqual([
    { event: 'message', data: 'x' },
    { event: 'message', data: '\uFEFFy' },
  ]);
});

test('bytes that are no UTF-8 become replacement characters, and what follows is read', async () => {
  expect(await read('data: ', Uint8Array.of(0xff, 0xc3), 'x\n\ndata: y\n\n')).toEqual([
    { event: 'message', data: '\uFFFD\uFFFDx' },
    { event: 'message', data: 'y' },
  ]);
});

test('comments, unknown fields and frames without data yield nothing', async () => {
  expect(await read(': keep-alive\n\nretry: 10\n\nfoo: bar\nJwt is expired\n\nevent: a\nid: 3\n\n')).toEqual([]);
});

test('a frame cut off by the end is dropped', async () => {
  expect(await read('data: x\n\ndata: half')).toEqual([{ event: 'message', data: 'x' }]);
});

test('an empty stream has no messages', async () => {
  expect(await read()).toEqual([]);
});

test('empty chunks change nothing, not even within a character', async () => {
  const euro = Buffer.from('€');

  expect(await read('data: ', euro.subarray(0, 1), new Uint8Array(), euro.subarray(1), '\r', '', '\n\n')).toEqual([
    { event: 'message', data: '€' },
  ]);
});

test('what the source throws comes through, after the messages before it', async () => {
  const broken = new HandoffError('CONNECTION_LOST');
  const messages = readSse(
    (async function* () {
      yield Buffer.from('data: x\n\n');
      throw broken;
    })(),
  );

  expect((await messages.next()).value).toMatchObject([{ data: 'x' }]);
  await expect(messages.next()).rejects.toBe(broken);
});

test('a reader that leaves closes the source', async () => {
  let closed = false;
  async function* source() {
    try {
      for (;;) yield Buffer.from('data: x\n\n');
    } finally {
      closed = true;
    }
  }

  for await (const _read of readSse(source())) break;

  expect(closed).toBe(true);
});

test.each([
  ['one line', 'x'.repeat(64 * 1024)],
  ['many lines', `${'x'.repeat(1000)}\ndata: `.repeat(65)],
])('an event of more than four megabytes in %s is refused before memory fills', async (_how, piece) => {
  let given = 0;
  async function* endless() {
    yield Buffer.from('data: ');
    for (; given < 1000; given += 1) yield Buffer.from(piece);
  }

  const reading = (async () => {
    for await (const _read of readSse(endless()));
  })();

  await expect(reading).rejects.toMatchObject({ code: 'ANSWER_TOO_LARGE' });
  expect(given).toBeLessThan(70);
});

test('a giant event that is complete within one chunk is refused, the ones before it are told', async () => {
  const messages = readSse(from(`data: small\n\ndata: ${'x'.repeat(5_000_000)}\n\n`));

  expect((await messages.next()).value).toMatchObject([{ data: 'small' }]);
  await expect(messages.next()).rejects.toMatchObject({ code: 'ANSWER_TOO_LARGE' });
});

test('many small events are no giant one', async () => {
  const piece = Buffer.from('data: 0123456789\n\n'.repeat(1000));
  let count = 0;
  for await (const read of readSse(from(...Array.from({ length: 300 }, () => piece)))) count += read.length;

  expect(count).toBe(300_000);
});

test('a fixture of the wire is read the same whole and byte by byte', async () => {
  const bytes = readFileSync(new URL('../fixtures/wire/miaw/message-agent-text.sse', import.meta.url));

  const whole = await read(bytes);

  expect(whole).toHaveLength(1);
  expect(await read(...Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual(whole);
});

test('however the bytes are cut, the messages are the same', async () => {
  const line = fc.array(fc.constantFrom('a', 'é', '€', '👩‍👧', '漢', ' ', ':', '\uFEFF'), { maxLength: 6 });
  const frame = fc.record({ event: line, data: fc.array(line, { minLength: 1, maxLength: 3 }) });
  const end = fc.constantFrom('\n', '\r\n', '\r');
  const property = fc.asyncProperty(
    fc.array(frame),
    end,
    fc.infiniteStream(fc.nat({ max: 9 })),
    async (frames, eol, cuts) => {
      const text = frames
        .map(({ event, data }) =>
          [`event: ${event.join('')}`, ...data.map((each) => `data: ${each.join('')}`), '', ''].join(eol),
        )
        .join('');
      const bytes = Buffer.from(text);
      const pieces: Uint8Array[] = [];
      for (let at = 0; at < bytes.length; ) {
        const next = at + (cuts.next().value ?? 1);
        pieces.push(bytes.subarray(at, next));
        at = Math.max(next, at + (pieces.length > 5000 ? 1 : 0));
      }
      const expected = frames.map(({ event, data }) => ({
        event: event.join('') || 'message',
        data: data.map((each) => each.join('')).join('\n'),
      }));
      expect(await read(...pieces)).toEqual(expected);
    },
  );

  await fc.assert(property, { numRuns: 200 });
});
