import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { runCli, withFolder } from '../support/run-cli.ts';

interface DoctorDocument {
  readonly schemaVersion: number;
  readonly ok: boolean;
  readonly runs: readonly {
    readonly profile: string;
    readonly channel: string;
    readonly counts: Record<string, number>;
    readonly checks: readonly {
      id: string;
      status: string;
      cause?: string;
      hint?: string;
      step?: string;
      durationMs: number;
    }[];
  }[];
}

const IDS = ['--org-id', '00D8Z000001kQ7P', '--developer-name', 'Acme_Bot'];

async function doctor(
  folder: string,
  args: readonly string[],
): Promise<{ code: number | null; document: DoctorDocument }> {
  const result = await runCli(['doctor', '--json', ...args], folder);
  return { code: result.code, document: result.json() as DoctorDocument };
}

const failures = (document: DoctorDocument) =>
  document.runs.flatMap((run) =>
    run.checks.filter((check) => check.status === 'fail').map((check) => [check.id, check.cause]),
  );

async function withServer<T>(
  answer: Parameters<typeof createServer>[1],
  work: (url: string) => Promise<T>,
): Promise<T> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

describe('doctor on the simulator', () => {
  it('finds nothing wrong with MIAW', () =>
    withFolder(async (folder) => {
      const { code, document } = await doctor(folder, ['--simulate']);
      expect(code).toBe(0);
      expect(document).toMatchObject({
        schemaVersion: 1,
        ok: true,
        runs: [{ profile: 'simulator', channel: 'miaw', counts: { fail: 0, warn: 0, crash: 0 } }],
      });
    }));

  it('warns of nothing but the retirement for Live Chat', () =>
    withFolder(async (folder) => {
      const { code, document } = await doctor(folder, ['--simulate', '--channel', 'live-chat']);
      expect(code).toBe(0);
      const told = document.runs[0]?.checks.filter((check) => check.status !== 'pass' && check.status !== 'skip');
      expect(told?.map((check) => check.cause)).toEqual(['LIVE_CHAT_RETIRED']);
    }));

  it('lets a warning decide with --fail-on warn', () =>
    withFolder(async (folder) => {
      const { code, document } = await doctor(folder, ['--simulate', '--channel', 'live-chat', '--fail-on', 'warn']);
      expect([code, document.ok]).toEqual([1, false]);
    }));

  it.each(['miaw', 'live-chat'])('opens and closes one chat at level chat over %s', (channel) =>
    withFolder(async (folder) => {
      const { code, document } = await doctor(folder, ['--simulate', '--channel', channel, '--level', 'chat']);
      expect(failures(document)).toEqual([]);
      expect(code).toBe(0);
      const told = document.runs[0]?.checks.filter((check) => check.id.startsWith('chat.'));
      // Without pre-chat values there is nothing to pass on again, and the bot's client is not here.
      const untold = ['chat.every-session', 'chat.client-only'];
      const chat = told?.filter((check) => !untold.includes(check.id));
      expect(chat?.map((check) => check.status)).toEqual(chat?.map(() => 'pass'));
      expect(chat?.length).toBeGreaterThan(3);
    }),
  );

  it('asks nothing of the network at level offline', () =>
    withFolder(async (folder) => {
      const { code, document } = await doctor(folder, [
        '--level',
        'offline',
        ...IDS,
        '--base-url',
        'https://nowhere.my.salesforce-scrt.com',
      ]);
      expect(code).toBe(0);
      expect(document.runs[0]?.checks.every((check) => check.id.startsWith('values.'))).toBe(true);
    }));

  it('runs only what is asked for', () =>
    withFolder(async (folder) => {
      const { document } = await doctor(folder, ['--simulate', '--only', 'service.token']);
      expect(document.runs[0]?.checks.map((check) => check.id)).toEqual(['service.token']);
    }));

  it('refuses an unknown check id', () =>
    withFolder(async (folder) => {
      const result = await runCli(['doctor', '--simulate', '--only', 'service.tokn', '--json'], folder);
      expect(result.code).toBe(2);
      expect(JSON.stringify(result.json())).toContain('service.token');
    }));

  it('lists its checks', () =>
    withFolder(async (folder) => {
      const result = await runCli(['doctor', '--list'], folder);
      expect(result.code).toBe(0);
      expect(result.stdout).toMatchSnapshot();
    }));
});

describe('doctor on what is broken', () => {
  it('names an unresolvable host', () =>
    withFolder(async (folder) => {
      const { code, document } = await doctor(folder, [
        ...IDS,
        '--base-url',
        'https://no-such-org.invalid.my.salesforce-scrt.com',
        '--timeout',
        '3s',
      ]);
      expect(code).toBe(1);
      expect(failures(document)).toEqual([['network.dns', expect.stringMatching(/^NAME_/)]]);
    }));

  it('names a port where nobody listens', () =>
    withFolder(async (folder) => {
      const { code, document } = await doctor(folder, [...IDS, '--base-url', 'http://127.0.0.1:1']);
      expect(code).toBe(1);
      expect(failures(document)).toEqual([['network.tcp', 'CONNECTION_REFUSED']]);
    }));

  it('names a 500', () =>
    withFolder((folder) =>
      withServer(
        (_, response) => response.writeHead(500).end('boom'),
        async (url) => {
          const { code, document } = await doctor(folder, [...IDS, '--base-url', url]);
          expect(code).toBe(1);
          expect(failures(document)).toEqual([['network.http', 'SERVICE_ERROR']]);
        },
      ),
    ));

  it('names a web page in place of the service', () =>
    withFolder((folder) =>
      withServer(
        (_, response) =>
          response.writeHead(200, { 'content-type': 'text/html' }).end('<html><title>Hotel</title></html>'),
        async (url) => {
          const { code, document } = await doctor(folder, [...IDS, '--base-url', url]);
          expect(code).toBe(1);
          expect(failures(document)).toEqual([['network.http', 'NOT_THE_SERVICE']]);
        },
      ),
    ));

  it('names a server that never answers, within the limit', () =>
    withFolder((folder) =>
      withServer(
        () => undefined,
        async (url) => {
          const { code, document } = await doctor(folder, [...IDS, '--base-url', url, '--timeout', '500ms']);
          expect(code).toBe(1);
          expect(failures(document)).toEqual([['network.http', 'TIMED_OUT']]);
        },
      ),
    ));

  it('sends nothing to the misspelt domain, and says why', () =>
    withFolder(async (folder) => {
      const { code, document } = await doctor(folder, [
        ...IDS,
        '--base-url',
        'https://acme.my.salesforce.com',
        '--base-url-domain',
        'salesforce-srct.com',
      ]);
      expect(code).toBe(1);
      expect(failures(document).map(([, cause]) => cause)).toContain('BASE_URL_DOMAIN_SLIP');
    }));

  it('prints text that names cause, mend and guide step, with no stack', () =>
    withFolder(async (folder) => {
      const result = await runCli(['doctor', '--simulate=unpublished'], folder);
      expect(result.code).toBe(1);
      expect(result.stdout).toContain('DEPLOYMENT_NOT_PUBLISHED');
      expect(result.stdout).toContain('guide miaw.1');
      expect(result.stdout).not.toMatch(/\n\s+at /);
    }));

  it.each(['junit', 'github', 'markdown'])('speaks %s', (format) =>
    withFolder(async (folder) => {
      const result = await runCli(['doctor', '--simulate=unpublished', '--format', format], folder);
      expect(result.code).toBe(1);
      expect(result.stdout).toContain('DEPLOYMENT_NOT_PUBLISHED');
    }),
  );
});
