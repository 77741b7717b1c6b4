// Messages a second over the long poll of Live Chat, as a ratio of time to a bare loop of the same requests.
import { fileURLToPath } from 'node:url';
import { BIN, median, run, startBeside } from './spawning.mjs';

const fileOf = (name) => fileURLToPath(new URL(name, import.meta.url));
const IDS = ['--org-id', '00D8Z000001kQ7P', '--deployment-id', '5728Z000000Xv2K', '--button-id', '5738Z000000Rt9M'];

export async function measure({ node, quick }) {
  const messages = quick ? 2000 : 10_000;
  const service = await startBeside(process.execPath, [fileOf('polling-service.mjs'), String(messages)]);
  const times = { bare: [], chat: [] };
  let lines = 0;
  try {
    for (let round = 0; round < (quick ? 3 : 7); round++) {
      times.bare.push((await run(node, [fileOf('bare-poll.mjs'), service.line, String(messages)])).seconds);
      const flags = ['--channel', 'live-chat', '--json', '--expect', 'ended', '--within', '5m', ...IDS];
      const args = [BIN, 'test-chat', ...flags, '--live-agent-url', `${service.line}/chat/rest/`];
      const chat = await run(node, args, { stdout: 'pipe' });
      if (chat.code !== 0) throw new Error(`the chat ended with ${chat.code}: ${chat.out.slice(-500)}`);
      lines = chat.out.split('\n').filter((line) => line.includes('"message"')).length;
      times.chat.push(chat.seconds);
    }
  } finally {
    service.stop();
  }
  if (lines < messages - 1) throw new Error(`${lines} of ${messages} messages came`);
  const [bare, chat] = [median(times.bare), median(times.chat)];
  const perSecond = (seconds) => `${Math.round(messages / seconds).toLocaleString('en')} messages a second`;
  return [
    {
      name: `${messages.toLocaleString('en')} long polls, bare loop`,
      value: bare,
      unit: ' s',
      remark: perSecond(bare),
    },
    {
      name: `${messages.toLocaleString('en')} long polls, test-chat`,
      value: chat / bare,
      bar: 3.2,
      remark: perSecond(chat),
    },
  ];
}
