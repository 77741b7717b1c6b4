import { expect, it } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import type { Http, HttpStream } from '../../src/core/http.ts';
import type { RecordingLine } from '../../src/core/recording.ts';
import { createSecrets } from '../../src/core/redact.ts';
import { createHttp } from '../../src/http/client.ts';
import { recordHttp } from '../../src/http/record.ts';
import { startSimulator } from '../../src/simulator/start-simulator.ts';

function recorded(http: Http, write: (line: RecordingLine) => Promise<void>): Http {
  return recordHttp(http, { clock: systemClock, secrets: createSecrets(), startedAt: 0, keepTexts: true, write });
}

/** A stream of the given frames, which counts how many were taken. */
function streaming(...frames: string[]) {
  const taken: string[] = [];
  async function* chunks(): AsyncGenerator<Uint8Array, void, void> {
    for (const frame of frames) {
      taken.push(frame);
      yield Buffer.from(frame);
    }
  }
  const stream: HttpStream = {
    status: 200,
    headers: { 'content-type': 'text/event-stream' },
    chunks: chunks(),
    close: () => undefined,
  };
  const http = { stream: () => Promise.resolve(stream) } as unknown as Http;
  return { http, taken };
}

const REQUEST = { url: 'https://example.com/eventrouter/v1/sse' };

it('hands every chunk on as it came', async () => {
  const { http } = streaming('id: 1\nevent: A\nda', 'ta: {"x":1}\n\n');
  const stream = await recorded(http, async () => undefined).stream(REQUEST);
  const parts: string[] = [];
  for await (const chunk of stream.chunks) parts.push(Buffer.from(chunk).toString());
  expect(parts).toEqual(['id: 1\nevent: A\nda', 'ta: {"x":1}\n\n']);
});

it('puts events together that came in pieces, and names the end', async () => {
  const { http } = streaming('id: 1\nevent: A\nda', 'ta: {"x":1}\n\n');
  const lines: RecordingLine[] = [];
  const stream = await recorded(http, async (line) => void lines.push(line)).stream(REQUEST);
  for await (const _ of stream.chunks);
  expect(lines.slice(2)).toMatchObject([
    { type: 'event', exchange: 1, id: '1', event: 'A', data: { x: 1 } },
    { type: 'end', by: 'service' },
  ]);
});

it('does not read on while a line is still being written', async () => {
  const { http, taken } = streaming('data: 1\n\n', 'data: 2\n\n');
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let reached: () => void = () => undefined;
  const writing = new Promise<void>((resolve) => {
    reached = resolve;
  });
  const stream = await recorded(http, (line) => {
    if (line.type !== 'event') return Promise.resolve();
    reached();
    return held;
  }).stream(REQUEST);
  const reading = stream.chunks[Symbol.asyncIterator]().next();
  await writing;
  expect(taken).toHaveLength(1);
  release();
  await reading;
});

it('writes one end where the reader closes without reading', async () => {
  const { http } = streaming('data: 1\n\n');
  const lines: RecordingLine[] = [];
  const stream = await recorded(http, async (line) => void lines.push(line)).stream(REQUEST);
  stream.close();
  stream.close();
  expect(lines.filter(({ type }) => type === 'end')).toMatchObject([{ by: 'client' }]);
});

it('keeps the failure of a request, and hands it on', async () => {
  const simulator = await startSimulator();
  const { port } = simulator;
  await simulator[Symbol.asyncDispose]();
  const inner = await createHttp({ timeoutMs: 2000, env: {}, clock: systemClock, userAgent: 'test' });
  const lines: RecordingLine[] = [];
  const http = recorded(inner, async (line) => void lines.push(line));
  await expect(http.request({ url: `http://127.0.0.1:${port}/x` })).rejects.toMatchObject({
    code: 'CONNECTION_REFUSED',
  });
  await http.close();
  expect(lines.at(-1)).toMatchObject({ type: 'failure', exchange: 1, code: 'CONNECTION_REFUSED' });
});
