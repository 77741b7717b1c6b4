// The bare loop that the Live Chat client is compared with: the same requests by the same client library, parsed and no more.
import { Agent, request } from 'node:http';

const [base, most] = [process.argv[2], Number(process.argv[3])];
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

function ask(path, headers) {
  return new Promise((resolve, reject) => {
    const asked = request(`${base}/chat/rest/${path}`, { agent, headers }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (chunk) => {
        text += chunk;
      });
      answer.on('end', () => resolve(JSON.parse(text)));
    });
    asked.on('error', reject).end();
  });
}

const { key } = await ask('System/SessionId', {});
for (let ack = -1; ack <= most; ack++) await ask(`System/Messages?ack=${ack}`, { 'x-liveagent-session-key': key });
agent.destroy();
