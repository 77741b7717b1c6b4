// A small MIAW service that pours a number of events of 400 bytes into the event stream once a conversation was opened,
// or into GET /pour for a client that only reads. Prints its address.
// node bench/parts/pouring-service.mjs <events> <one|batch> <typing|message>
import { once } from 'node:events';
import { createServer } from 'node:http';

const [events, writes, kind] = [Number(process.argv[2]), process.argv[3], process.argv[4]];
const SIZE = 400;
const BATCH = 65_536;
const AGENT = { role: 'Agent', appType: 'agent', subject: '0058Z000004Hn3T' };

const TYPES = {
  message: [
    [
      'MESSAGE',
      'Message',
      (text) => ({
        abstractMessage: {
          messageType: 'StaticContentMessage',
          id: 'm-#',
          staticContent: { formatType: 'Text', text },
        },
      }),
    ],
  ],
  typing: [
    ['TYPING_STARTED_INDICATOR', 'TypingStartedIndicator', (pad) => ({ timestamp: 1, pad })],
    ['TYPING_STOPPED_INDICATOR', 'TypingStoppedIndicator', (pad) => ({ timestamp: 1, pad })],
  ],
};

function frame(conversationId, id, name, entryType, payload, role) {
  const entry = {
    senderDisplayName: 'Maria',
    identifier: `e-${id}`,
    entryType,
    entryPayload: JSON.stringify({ entryType, id: `e-${id}`, ...payload }),
    sender: { ...AGENT, role },
    relatedRecords: [],
  };
  return `id: ${id}\nevent: CONVERSATION_${name}\ndata: ${JSON.stringify({ conversationId, conversationEntry: entry })}\n\n`;
}

/** Frames cut at their numbers, so that writing one costs little beside sending it. */
function templates(conversationId) {
  return TYPES[kind].map(([name, type, payload]) => {
    const make = (filler) => frame(conversationId, '#', name, type, payload(filler), 'Agent');
    return make('x'.repeat(Math.max(0, SIZE - make('').length))).split('#');
  });
}

async function pour(stream, conversationId) {
  const joined = { entries: [{ operation: 'add', displayName: 'Maria', participant: AGENT }] };
  const cut = templates(conversationId);
  stream.write(frame(conversationId, 0, 'PARTICIPANT_CHANGED', 'ParticipantChanged', joined, 'Agent'));
  let batch = '';
  for (let id = 1; id <= events; id++) {
    batch += cut[id % cut.length].join(id);
    if (writes === 'batch' && batch.length < BATCH) continue;
    if (!stream.write(batch)) await once(stream, 'drain');
    batch = '';
  }
  const status = { sessionStatus: 'Ended', sessionStatusPrev: 'Active', sessionEndedByRole: 'Agent' };
  stream.write(
    batch + frame(conversationId, events + 1, 'SESSION_STATUS_CHANGED', 'SessionStatusChanged', status, 'System'),
  );
}

let stream;
const server = createServer((request, response) => {
  const { pathname } = new URL(request.url, 'http://localhost');
  if (pathname === '/pour') {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    pour(response, '00000000-0000-4000-8000-000000000000').then(
      () => response.end(),
      () => undefined,
    );
  } else if (pathname.endsWith('/access-token'))
    response.end(JSON.stringify({ accessToken: 'bench-token', lastEventId: '0' }));
  else if (pathname.endsWith('/sse')) {
    stream = response.writeHead(200, { 'content-type': 'text/event-stream' });
    stream.flushHeaders();
  } else if (request.method === 'POST') {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const opens = pathname.endsWith('/conversation');
      response.writeHead(opens ? 201 : 202).end();
      if (opens) pour(stream, JSON.parse(body).conversationId).catch(() => undefined);
    });
  } else response.writeHead(request.method === 'DELETE' ? 204 : 404).end();
}).listen(0, '127.0.0.1', () => process.stdout.write(`http://127.0.0.1:${server.address().port}\n`));
