// Peak memory of `test-chat --json` over a stream of many events of 400 bytes: flat in their number. A small service of
// its own sends them in 64 KB writes. Linux only, for /proc. EVENTS=1000000 node bench/chat-memory.mjs
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../bin/sf-handoff.js', import.meta.url));
const SIZES = (process.env.EVENTS ?? '100000,1000000').split(',').map(Number);
const PAD = 'x'.repeat(180);

function frame(conversationId, id, name, entryType, payload, role) {
  const entry = {
    senderDisplayName: 'Maria',
    identifier: `e-${id}`,
    entryType,
    entryPayload: JSON.stringify({ entryType, id: `e-${id}`, ...payload }),
    sender: { role, appType: 'agent', subject: '0058Z000004Hn3T' },
    relatedRecords: [],
  };
  return `id: ${id}\nevent: CONVERSATION_${name}\ndata: ${JSON.stringify({ conversationId, conversationEntry: entry })}\n\n`;
}

const joined = {
  entries: [
    {
      operation: 'add',
      displayName: 'Maria',
      participant: { role: 'Agent', appType: 'agent', subject: '0058Z000004Hn3T' },
    },
  ],
};
const typing = (active) => [
  active ? 'TYPING_STARTED_INDICATOR' : 'TYPING_STOPPED_INDICATOR',
  active ? 'TypingStartedIndicator' : 'TypingStoppedIndicator',
];

async function pour(stream, conversationId, events) {
  stream.write(frame(conversationId, 0, 'PARTICIPANT_CHANGED', 'ParticipantChanged', joined, 'Agent'));
  let batch = '';
  for (let id = 1; id <= events; id++) {
    const [name, type] = typing(id % 2 === 1);
    batch += frame(conversationId, id, name, type, { timestamp: id, pad: PAD }, 'Agent');
    if (batch.length < 65_536) continue;
    if (!stream.write(batch)) await once(stream, 'drain');
    batch = '';
  }
  const status = { sessionStatus: 'Ended', sessionStatusPrev: 'Active', sessionEndedByRole: 'Agent' };
  stream.write(
    batch + frame(conversationId, events + 1, 'SESSION_STATUS_CHANGED', 'SessionStatusChanged', status, 'System'),
  );
}

function serve(events) {
  let stream;
  return createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    if (pathname.endsWith('/access-token'))
      response.end(JSON.stringify({ accessToken: 'bench-token', lastEventId: '0' }));
    else if (pathname.endsWith('/sse')) {
      stream = response.writeHead(200, { 'content-type': 'text/event-stream' });
      stream.flushHeaders();
    } else if (request.method === 'POST' && pathname.endsWith('/conversation')) {
      let body = '';
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => {
        response.writeHead(201).end();
        pour(stream, JSON.parse(body).conversationId, events).catch(() => undefined);
      });
    } else response.writeHead(request.method === 'DELETE' ? 204 : 404).end();
  });
}

async function measure(events) {
  const server = serve(events).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const values = [
    '--org-id',
    '00D8Z000001kQ7P',
    '--developer-name',
    'Acme',
    '--base-url',
    `http://127.0.0.1:${server.address().port}`,
  ];
  const child = spawn(
    process.execPath,
    [BIN, 'test-chat', '--json', '--expect', 'ended', '--within', '10m', ...values],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let [lines, peak] = [0, 0];
  child.stdout.on('data', (chunk) => {
    for (const byte of chunk) if (byte === 10) lines += 1;
  });
  const timer = setInterval(() => {
    peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0));
  }, 50);
  const [code] = await once(child, 'exit');
  clearInterval(timer);
  server.closeAllConnections();
  server.close();
  return { lines, code, peakMb: peak / 1024 };
}

for (const events of SIZES) {
  const { lines, code, peakMb } = await measure(events);
  console.log(`${String(events).padStart(8)} events  ${lines} lines  exit ${code}  peak ${peakMb.toFixed(0)} MB`);
}
