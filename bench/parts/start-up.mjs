// How long commands take to start, as ratios to `node -e 0` in the same rounds.
import { spawn as openPty } from '@lydell/node-pty';
import { BIN, ENV, median, startSimulator, timeInTurn, VALUES } from './spawning.mjs';

const OFFLINE = [...VALUES, '--base-url', 'acme.my.salesforce.com'];

export async function measure({ node, version, quick }) {
  const rounds = quick ? 7 : 31;
  const simulator = await startSimulator();
  try {
    const online = [...VALUES, '--base-url', simulator.urls.miaw];
    const rows = [
      { name: '--version', args: ['--version'], bar: 1.15 },
      { name: '--help', args: ['--help'], bar: 1.4 },
      { name: 'doctor --help', args: ['doctor', '--help'], bar: 1.4 },
      { name: 'validate', args: ['validate', ...OFFLINE], bar: 1.5 },
      { name: 'doctor --level offline', args: ['doctor', '--level', 'offline', ...OFFLINE], bar: 1.5 },
      {
        name: 'doctor, simulator in another process',
        args: ['doctor', '--no-input', ...online],
        bar: version.startsWith('20.') ? 4 : 3.5,
      },
    ];
    const [bare, ...times] = await timeInTurn(
      [[node, '-e', '0'], ...rows.map(({ args }) => [node, BIN, ...args])],
      rounds,
    );
    const ready = await readyToType(node, online, quick ? 5 : 15);
    return [
      { name: 'node -e 0', value: bare, unit: ' ms' },
      ...rows.map(({ name, bar }, index) => ({ name, bar, value: times[index] / bare })),
      { name: 'test-chat, ready to type', value: ready, bar: 2.6 },
    ];
  } finally {
    simulator.stop();
  }
}

/** Until the input line of a chat stands in a pseudo-terminal, as a ratio to a bare start in one. */
async function readyToType(node, values, rounds) {
  const chats = [];
  const bares = [];
  for (let round = -2; round < rounds; round++) {
    const bare = await inTerminal(node, ['-e', '0']);
    const chat = await inTerminal(node, [BIN, 'test-chat', ...values], '▸ ');
    if (round < 0) continue;
    bares.push(bare);
    chats.push(chat);
  }
  return median(chats) / median(bares);
}

/** Milliseconds until the text appears, or until the end where none is waited for. */
async function inTerminal(node, args, text) {
  const start = process.hrtime.bigint();
  const elapsed = () => Number(process.hrtime.bigint() - start) / 1e6;
  const pty = openPty(node, args, {
    cols: 100,
    rows: 30,
    env: { ...ENV, TERM: 'xterm-256color', CI: '', LANG: 'C.UTF-8' },
  });
  const ended = new Promise((resolve) => pty.onExit(resolve));
  if (text === undefined) {
    await ended;
    return elapsed();
  }
  let shown = '';
  const ms = await new Promise((resolve, reject) => {
    pty.onData((data) => {
      shown += data;
      if (shown.includes(text)) resolve(elapsed());
    });
    pty.onExit(() => reject(new Error(`the chat ended before it was ready: ${shown}`)));
  });
  pty.write('\u0003');
  await ended;
  return ms;
}
