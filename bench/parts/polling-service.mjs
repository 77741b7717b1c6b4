// A small Live Chat service that answers every long poll with one message at once, up to a number of them, then ends the chat.
// Prints its address. node bench/parts/polling-service.mjs <messages>
import { createServer } from 'node:http';

const most = Number(process.argv[2]);
const chats = new Map();
let nextId = 0;

const json = (response, body) =>
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));

function next(chat) {
  chat.sequence += 1;
  const [type, message] = step(chat.sequence);
  return { messages: [{ type, message }], sequence: chat.sequence, offset: chat.sequence };
}

function step(sequence) {
  if (sequence === 0) return ['ChatRequestSuccess', { connectionTimeout: 150_000, queuePosition: 0 }];
  if (sequence === 1) return ['ChatEstablished', { name: 'Maria', userId: '0058Z000004Hn3T', items: [] }];
  if (sequence <= most)
    return ['ChatMessage', { name: 'Maria', text: `message ${sequence}`, agentId: '0058Z000004Hn3T' }];
  return ['ChatEnded', { reason: 'agent' }];
}

const server = createServer((request, response) => {
  const { pathname } = new URL(request.url, 'http://localhost');
  request.resume();
  if (pathname.endsWith('/Visitor/Availability'))
    json(response, {
      messages: [{ type: 'Availability', message: { results: [{ id: '5738Z000000Rt9M', isAvailable: true }] } }],
    });
  else if (pathname.endsWith('/System/SessionId')) {
    const key = `key-${nextId++}`;
    chats.set(key, { sequence: -1 });
    json(response, { key, id: key, clientPollTimeout: 40, affinityToken: 'a1' });
  } else if (pathname.endsWith('/System/Messages')) {
    const chat = chats.get(request.headers['x-liveagent-session-key']);
    if (chat && chat.sequence <= most) json(response, next(chat));
    else response.writeHead(204).end();
  } else request.on('end', () => response.writeHead(200).end('OK'));
}).listen(0, '127.0.0.1', () => process.stdout.write(`http://127.0.0.1:${server.address().port}\n`));
