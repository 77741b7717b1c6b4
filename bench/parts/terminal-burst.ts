/** How the input line of a test chat bears a burst: ten thousand messages at once, while somebody types. Prints its figures as JSON. */
import { PassThrough } from 'node:stream';
import { systemClock } from '../../src/core/clock.ts';
import type { AgentEvent } from '../../src/core/events.ts';
import { createSecrets } from '../../src/core/redact.ts';
import { createChatLog } from '../../src/ui/chat-log.ts';
import { openChatTerminal } from '../../src/ui/chat-terminal.ts';
import { createIo } from '../../src/ui/io.ts';

const EVENTS = 10_000;
const KEY_EVERY_MS = 50;

const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined });
let writes = 0;
let bytes = 0;
let echoed: (text: string) => void = () => undefined;
const stdout = Object.assign(new PassThrough(), { isTTY: true, columns: 80, rows: 24 });
stdout.on('data', (chunk: Buffer) => {
  writes += 1;
  bytes += chunk.length;
  echoed(chunk.toString('utf8'));
});
const streams = { stdin, stdout, stderr: stdout };
const io = await createIo({ streams, env: {}, secrets: createSecrets(), platform: 'linux' });
const terminal = openChatTerminal(io, systemClock, () => undefined);
const log = createChatLog({ width: 80, unicode: true, verbose: false, withoutTyping: true });

function event(index: number): AgentEvent {
  const from = { role: 'agent', name: 'Maria Lopez' } as const;
  return { at: systemClock.now(), type: 'message', id: String(index), from, text: `message ${index}`, format: 'text' };
}

const waits: number[] = [];
const stop = new AbortController();
async function type(): Promise<void> {
  for (let line = ''; !stop.signal.aborted; ) {
    const key = String.fromCharCode(97 + (waits.length % 26));
    line = line.length >= 40 ? '' : line;
    const startedAt = systemClock.now();
    const seen = new Promise<void>((resolve) => {
      echoed = (text) => (text.includes(key) ? resolve() : undefined);
    });
    stdin.write(key);
    line += key;
    await seen;
    waits.push(systemClock.now() - startedAt);
    await systemClock.sleep(KEY_EVERY_MS);
  }
}

const typing = type();
const startedAt = systemClock.now();
for (let index = 0; index < EVENTS; index += 1) await terminal.show(log(event(index)));
const tookMs = systemClock.now() - startedAt;
stop.abort();
await typing;
await terminal.close();
console.log(JSON.stringify({ events: EVENTS, tookMs, slowestEchoMs: Math.max(...waits), writes, bytes }));
