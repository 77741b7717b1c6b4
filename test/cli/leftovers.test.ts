import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import type { Channel } from '../../src/core/events.ts';
import { startSimulator } from '../../src/simulator/start-simulator.ts';
import { runCli, startCli, withFolder } from '../support/run-cli.ts';
import { WITHOUT_MODES, WITHOUT_PTY, WITHOUT_SIGNALS } from '../support/systems.ts';
import { openTerminal } from '../support/terminal.ts';
import { valueFlags } from '../support/value-flags.ts';

const stateOf = (folder: string) => join(folder, '.local', 'state', 'sf-handoff');

async function stateFiles(folder: string): Promise<string[]> {
  return (await readdir(stateOf(folder)).catch(() => [])).map((name) => join(stateOf(folder), name));
}

/** Starts a chat, kills the process in the middle of it, and gives what it had shown. */
async function killInMidChat(args: readonly string[], folder: string): Promise<string> {
  const running = startCli(['test-chat', '--json', '--expect', 'ended', ...args], folder);
  const shown = await running.waitForStdout(/"type":"joined"/);
  running.child.kill('SIGKILL');
  await running.done;
  return shown;
}

describe.each<Channel>(['miaw', 'live-chat'])('a chat over %s whose run was killed', (channel) => {
  it('is closed by --cleanup, which the service confirms', () =>
    withFolder(async (folder) => {
      await using simulator = await startSimulator({ pace: 0.01 });
      await killInMidChat(valueFlags(simulator, channel), folder);
      expect(simulator.openChats()).toHaveLength(1);
      const result = await runCli(['test-chat', '--cleanup'], folder);
      expect(result.stdout).toMatch(/closed {3}conversation \S+ on 127\.0\.0\.1/);
      expect(result.code).toBe(0);
      expect(simulator.openChats()).toEqual([]);
      expect(simulator.journal.filter(({ method }) => method === 'DELETE').map(({ status }) => status)).not.toEqual([]);
      expect(await stateFiles(folder)).toEqual([]);
    }));

  it('is told as JSON with the id that it was started with', () =>
    withFolder(async (folder) => {
      await using simulator = await startSimulator({ pace: 0.01 });
      const shown = await killInMidChat(valueFlags(simulator, channel), folder);
      const result = await runCli(['test-chat', '--cleanup', '--json'], folder);
      const id = /"conversationId":"([^"]+)"/.exec(shown)?.[1];
      expect(result.json()).toMatchObject({
        chats: [{ channel, conversationId: id, state: 'closed' }],
        unreadable: [],
      });
    }));

  it('stays on the list, with exit code 1, while the service cannot be reached', () =>
    withFolder(async (folder) => {
      const simulator = await startSimulator({ pace: 0.01 });
      await killInMidChat(valueFlags(simulator, channel), folder);
      await simulator[Symbol.asyncDispose]();
      const result = await runCli(['test-chat', '--cleanup'], folder);
      expect(result.code).toBe(1);
      expect(result.stdout).toMatch(/still open {3}conversation/);
      expect(await stateFiles(folder)).toHaveLength(1);
    }));

  it.skipIf(WITHOUT_MODES)('is kept in a file that only its owner may read, and shown without its secret', () =>
    withFolder(async (folder) => {
      await using simulator = await startSimulator({ pace: 0.01 });
      await killInMidChat(valueFlags(simulator, channel), folder);
      const [file = ''] = await stateFiles(folder);
      expect((await stat(file)).mode & 0o777).toBe(0o600);
      const kept = JSON.parse(await readFile(file, 'utf8')) as { leftover: Record<string, string> };
      const secret = kept.leftover.accessToken ?? kept.leftover.sessionKey ?? '';
      expect(secret.length).toBeGreaterThan(20);
      const result = await runCli(['test-chat', '--cleanup', '--verbose'], folder);
      expect(result.stdout + result.stderr).not.toContain(secret);
    }),
  );

  it('leaves nothing behind when it was closed as usual', () =>
    withFolder(async (folder) => {
      await using simulator = await startSimulator({ pace: 0.01 });
      await runCli(['test-chat', '--json', ...valueFlags(simulator, channel)], folder);
      expect(await stateFiles(folder)).toEqual([]);
    }));
});

const OPENS: Readonly<Record<Channel, RegExp>> = { miaw: /\/conversation$/, 'live-chat': /ChasitorInit$/ };

describe.each<Channel>(['miaw', 'live-chat'])('a chat over %s of a doctor that was killed', (channel) => {
  const args = ['doctor', '--level', 'chat', '--no-input', '--json'];

  it('is closed by --cleanup, which the service confirms', () =>
    withFolder(async (folder) => {
      await using simulator = await startSimulator({ scenario: 'no-answer', pace: 0.01 });
      const running = startCli([...args, ...valueFlags(simulator, channel)], folder);
      await simulator.waitForRequest(({ method, path }) => method === 'POST' && OPENS[channel].test(path));
      running.child.kill('SIGKILL');
      await running.done;
      expect(simulator.openChats()).toHaveLength(1);
      const result = await runCli(['test-chat', '--cleanup'], folder);
      expect(result.stdout).toMatch(/closed {3}conversation \S+ on 127\.0\.0\.1/);
      expect(simulator.openChats()).toEqual([]);
      expect(await stateFiles(folder)).toEqual([]);
    }));

  it('leaves nothing behind when it was closed as usual', () =>
    withFolder(async (folder) => {
      await using simulator = await startSimulator({ pace: 0.01 });
      const result = await runCli([...args, ...valueFlags(simulator, channel)], folder);
      expect(result.code).toBe(0);
      expect(await stateFiles(folder)).toEqual([]);
    }));

  it('is not kept where the simulator ends with it', () =>
    withFolder(async (folder) => {
      const env = { SF_HANDOFF_STATE_DIR: '/dev/null/nowhere' };
      const own = ['--simulate', '--channel', channel, '--only', 'chat.open'];
      const result = await runCli([...args, ...own], folder, { env });
      expect([result.code, result.stderr]).toEqual([0, '']);
    }));
});

describe('the test chat of init', () => {
  it('is closed by --cleanup where its run was killed', () =>
    withFolder(async (folder) => {
      await using simulator = await startSimulator({ scenario: 'no-answer', pace: 0.01 });
      const args = ['init', '--test-chat', '--no-check', '--name', 'acme', ...valueFlags(simulator, 'miaw')];
      await using terminal = openTerminal(args, folder);
      await terminal.waitFor(/Is this right\?/);
      terminal.send('\r');
      await simulator.waitForRequest(({ method, path }) => method === 'POST' && OPENS.miaw.test(path));
      terminal.kill();
      await terminal.exited;
      expect((await runCli(['test-chat', '--cleanup'], folder)).stdout).toMatch(/closed {3}conversation/);
      expect(simulator.openChats()).toEqual([]);
    }));

  it('is not kept where the simulator ends with it', () =>
    withFolder(async (folder) => {
      await using terminal = openTerminal(['init', '--simulate', '--test-chat', '--name', 'acme'], folder);
      await terminal.waitFor(/waiting for an agent/);
      expect(await stateFiles(folder)).toEqual([]);
    }));
});

describe('what the state folder holds', () => {
  it.skipIf(WITHOUT_SIGNALS)('of a run that is still going is left alone', () =>
    withFolder(async (folder) => {
      await using simulator = await startSimulator({ pace: 0.01 });
      const running = startCli(['test-chat', '--json', '--expect', 'ended', ...valueFlags(simulator, 'miaw')], folder);
      await running.waitForStdout(/"type":"joined"/);
      const result = await runCli(['test-chat', '--cleanup'], folder);
      expect(result.stdout).toContain(`by process ${running.child.pid}`);
      expect(simulator.openChats()).toHaveLength(1);
      running.child.kill('SIGINT');
      await running.done;
    }),
  );

  it('and cannot be read is named and left where it is', () =>
    withFolder(async (folder) => {
      await mkdir(stateOf(folder), { recursive: true });
      await writeFile(join(stateOf(folder), 'chat-1.json'), '{"format":99}');
      const result = await runCli(['test-chat', '--cleanup'], folder);
      expect(result.code).toBe(1);
      expect(result.stdout).toContain('chat-1.json cannot be read');
      expect(await stateFiles(folder)).toHaveLength(1);
    }));

  it('is nothing where no run has left anything', () =>
    withFolder(async (folder) => {
      const result = await runCli(['test-chat', '--cleanup'], folder);
      expect(result).toMatchObject({ code: 0, stdout: 'No earlier run has left a chat open\n' });
    }));

  it('cannot be written: the chat goes on and a note says so', () =>
    withFolder(async (folder) => {
      await using simulator = await startSimulator({ pace: 0.01 });
      await writeFile(join(folder, 'file'), '');
      const result = await runCli(['test-chat', ...valueFlags(simulator, 'miaw')], folder, {
        env: { SF_HANDOFF_STATE_DIR: join(folder, 'file', 'nowhere') },
      });
      expect(result.code).toBe(0);
      expect(result.stderr).toContain('SF_HANDOFF_STATE_DIR');
    }));
});

describe.each<Channel>(['miaw', 'live-chat'])('a chat over %s that has to leave', (channel) => {
  it.skipIf(WITHOUT_PTY)('is closed when its terminal is closed', () =>
    withFolder(async (folder) => {
      await using simulator = await startSimulator({ pace: 0.2 });
      await using terminal = openTerminal(['test-chat', ...valueFlags(simulator, channel)], folder);
      await terminal.waitFor(/Maria Lopez \(agent\) joined/);
      terminal.hangUp();
      await terminal.exited;
      expect(simulator.openChats()).toEqual([]);
    }),
  );

  it.skipIf(WITHOUT_SIGNALS)('is closed when something in the program breaks', () =>
    withFolder(async (folder) => {
      await using simulator = await startSimulator({ pace: 0.01 });
      const bomb = join(folder, 'bomb.mjs');
      await writeFile(bomb, "process.on('SIGUSR2', () => { throw new Error('boom') });");
      const running = startCli(
        ['test-chat', '--json', '--expect', 'ended', ...valueFlags(simulator, channel)],
        folder,
        {
          env: { NODE_OPTIONS: `--import ${bomb}` },
        },
      );
      await running.waitForStdout(/"type":"joined"/);
      running.child.kill('SIGUSR2');
      const result = await running.done;
      expect(result.lines().at(-1)).toMatchObject({ type: 'summary', reason: 'INTERNAL', closed: true });
      expect(result.code).toBe(70);
      expect(simulator.openChats()).toEqual([]);
    }),
  );
});

/** Stands before a simulator, and can stop handing on what clients say. */
async function openGate(port: number) {
  let frozen = false;
  let heard: () => void = () => undefined;
  const knocked = new Promise<void>((resolve) => {
    heard = resolve;
  });
  const server = createServer((client) => {
    const inner = connect(port, '127.0.0.1');
    client.on('data', (chunk) => (frozen ? heard() : inner.write(chunk)));
    inner.pipe(client);
    for (const socket of [client, inner]) socket.on('error', () => [client, inner].map((end) => end.destroy()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    knocked,
    freeze: () => {
      frozen = true;
    },
    [Symbol.dispose]: () => void server.close(),
  };
}

it.skipIf(WITHOUT_SIGNALS)('a second Ctrl-C leaves at once and names the conversation and how to close it', () =>
  withFolder(async (folder) => {
    await using simulator = await startSimulator({ pace: 0.01 });
    using gate = await openGate(simulator.port);
    const flags = valueFlags(simulator, 'miaw').map((flag) => flag.replace(`:${simulator.port}`, `:${gate.port}`));
    const running = startCli(['test-chat', '--json', '--expect', 'ended', ...flags], folder);
    const shown = await running.waitForStdout(/"type":"joined"/);
    gate.freeze();
    running.child.kill('SIGINT');
    await gate.knocked;
    // A second press within a tenth of a second counts as the first one, handed on by a package runner.
    await systemClock.sleep(120);
    running.child.kill('SIGINT');
    const result = await running.done;
    const id = /"conversationId":"([^"]+)"/.exec(shown)?.[1] ?? 'none';
    expect(result.stderr).toContain(`Still open: conversation ${id}`);
    expect(result.stderr).toContain('sf-handoff test-chat --cleanup');
    expect(result.code).toBe(130);
    expect(await stateFiles(folder)).toHaveLength(1);
  }),
);
