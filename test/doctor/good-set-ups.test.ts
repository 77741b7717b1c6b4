import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer } from 'node:net';
import { join } from 'node:path';
import { createProxy } from 'proxy';
import { describe, expect, it } from 'vitest';
import { startSimulator } from '../../src/simulator/start-simulator.ts';
import { createCa, createLeaf } from '../http/local-servers.ts';
import { runCli, withFolder } from '../support/run-cli.ts';

const ca = await createCa('Acme Root');
const IDS = ['--org-id', '00D8Z000001kQ7P', '--developer-name', 'Acme_Bot'];
const LONG_IDS = ['--org-id', '00D8Z000001kQ7PUAU', '--developer-name', 'Acme_Bot'];
const LIVE_CHAT_IDS = [
  '--org-id',
  '00D8Z000001kQ7P',
  '--deployment-id',
  '5728Z000000Xv2K',
  '--button-id',
  '5738Z000000Rt9M',
];

interface Told {
  readonly code: number | null;
  readonly alarms: readonly (string | undefined)[];
}

async function doctor(folder: string, args: readonly string[], env: Record<string, string> = {}): Promise<Told> {
  const result = await runCli(['doctor', '--json', '--no-input', ...args], folder, { env });
  const { runs } = result.json() as {
    runs: readonly [{ checks: readonly { status: string; id: string; cause?: string }[] }];
  };
  const alarms = runs[0].checks.filter(({ status }) => status !== 'pass' && status !== 'skip');
  return { code: result.code, alarms: alarms.map(({ cause }) => cause) };
}

/** The simulator behind the host of an org, with a certificate of an authority of our own. */
async function asOrg(host: string, args: (port: number) => readonly string[], env?: Record<string, string>) {
  await using simulator = await startSimulator({ tls: await createLeaf(ca, host), pace: 0 });
  return await withFolder(async (folder) => {
    const file = join(folder, 'root.pem');
    await writeFile(file, ca.cert);
    return doctor(folder, ['--ca-file', file, ...args(simulator.port)], env);
  });
}

const leads = (host: string) => (port: number) => ['--connect-to', `${host}:443:127.0.0.1:${port}`];

describe('a good MIAW set-up', () => {
  it.each([
    ['production', 'acme.my.salesforce-scrt.com', IDS],
    ['sandbox', 'acme--uat.sandbox.my.salesforce-scrt.com', IDS],
    ['developer edition', 'acme-dev-ed.develop.my.salesforce-scrt.com', IDS],
    ['scratch org', 'acme-dream-1234.scratch.my.salesforce-scrt.com', IDS],
    ['ids of 18 characters', 'acme.my.salesforce-scrt.com', LONG_IDS],
  ])('of the kind %s raises no alarm', async (_, host, ids) => {
    const told = await asOrg(host, (port) => [...ids, '--base-url', `https://${host}`, ...leads(host)(port)]);
    expect(told).toEqual({ code: 0, alarms: [] });
  });

  it('given by its My Domain address raises no alarm', async () => {
    const host = 'acme.my.salesforce-scrt.com';
    const given = ['--base-url', 'acme.my.salesforce.com'];
    expect(await asOrg(host, (port) => [...IDS, ...given, ...leads(host)(port)])).toEqual({ code: 0, alarms: [] });
  });

  it('with pre-chat values of the form raises no alarm', async () => {
    await using simulator = await startSimulator({ pace: 0 });
    const { channel, ...values } = simulator.values.miaw;
    const acme = { channel, ...values, preChat: { City: 'Hyderabad', Country: 'India', _email: 'ada@example.com' } };
    const told = await withFolder(async (folder) => {
      await writeFile(join(folder, 'sf-handoff.json'), JSON.stringify({ default: 'acme', profiles: { acme } }));
      return doctor(folder, []);
    });
    expect(told).toEqual({ code: 0, alarms: [] });
  });

  it('behind a proxy raises no alarm', async () => {
    const host = 'acme.my.salesforce-scrt.com';
    await using simulator = await startSimulator({ tls: await createLeaf(ca, host), pace: 0 });
    await using proxy = await tunnelTo(simulator.port);
    const told = await withFolder(async (folder) => {
      const file = join(folder, 'root.pem');
      await writeFile(file, ca.cert);
      const args = ['--ca-file', file, ...IDS, '--base-url', `https://${host}`];
      return doctor(folder, args, { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` });
    });
    expect(told).toEqual({ code: 0, alarms: [] });
  });

  it('on an IPv6 address of this computer raises no alarm', async () => {
    await using simulator = await startSimulator({ pace: 0 });
    await using relay = await relayTo(simulator.port, '::1');
    const args = [...IDS, '--base-url', `http://[::1]:${relay.port}`];
    expect(await withFolder((folder) => doctor(folder, args))).toEqual({ code: 0, alarms: [] });
  });
});

describe('a good Live Chat set-up', () => {
  it.each([
    ['the classic host', 'd.la3-c2-ia4.salesforceliveagent.com', '/chat'],
    ['the address of Chat Settings, with /rest/', 'd.la3-c2-ia4.salesforceliveagent.com', '/chat/rest/'],
    ['a slash at the end', 'd.la3-c2-ia4.salesforceliveagent.com', '/chat/'],
    ['the messaging host', 'acme.my.salesforce-scrt.com', '/chat'],
  ])('with %s raises no alarm but the retirement', async (_, host, path) => {
    const told = await asOrg(host, (port) => [
      ...LIVE_CHAT_IDS,
      '--live-agent-url',
      `https://${host}${path}`,
      ...leads(host)(port),
    ]);
    expect(told).toEqual({ code: 0, alarms: ['LIVE_CHAT_RETIRED'] });
  });
});

interface Way extends AsyncDisposable {
  readonly port: number;
}

/** A proxy that leads every tunnel to one port of this computer. */
async function tunnelTo(port: number): Promise<Way> {
  const proxy = createProxy(createServer());
  proxy.removeAllListeners('connect');
  const sockets = new Set<{ destroy(): void }>();
  proxy.on('connect', (_request, socket) => {
    const onward = connect(port, '127.0.0.1', () => socket.write('HTTP/1.1 200 Connection established\r\n\r\n'));
    sockets.add(onward).add(socket);
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
    onward.pipe(socket).pipe(onward);
  });
  return listening(proxy, '127.0.0.1', sockets);
}

/** A plain relay, for addresses on which the simulator does not listen. */
async function relayTo(port: number, host: string): Promise<Way> {
  const sockets = new Set<{ destroy(): void }>();
  const relay = createTcpServer((socket) => {
    const onward = connect(port, '127.0.0.1');
    sockets.add(onward).add(socket);
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
    onward.pipe(socket).pipe(onward);
  });
  return listening(relay, host, sockets);
}

async function listening(
  server: ReturnType<typeof createTcpServer>,
  host: string,
  sockets: ReadonlySet<{ destroy(): void }>,
): Promise<Way> {
  server.listen(0, host);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
