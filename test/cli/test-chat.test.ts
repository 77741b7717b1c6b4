import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Channel } from '../../src/core/events.ts';
import { startSimulator } from '../../src/simulator/start-simulator.ts';
import { startLiveChatServer } from '../support/live-chat-server.ts';
import { IDS } from '../support/live-chat-session.ts';
import { startMiawServer } from '../support/miaw-server.ts';
import { runCli, startCli, withFolder } from '../support/run-cli.ts';
import { WITHOUT_SIGNALS } from '../support/systems.ts';
import { valueFlags } from '../support/value-flags.ts';

describe.each<Channel>(['miaw', 'live-chat'])('test-chat over %s', (channel) => {
  it('holds a scripted chat and prints one JSON value a line, the summary last', () =>
    withFolder(async (folder) => {
      await using simulator = await startSimulator({ pace: 0.01 });
      const args = ['--message', 'Where is my order?', '--expect', 'joined', '--expect', 'message:order'];
      const result = await runCli(['test-chat', '--json', ...args, ...valueFlags(simulator, channel)], folder);
      expect(result.code).toBe(0);
      const lines = result.lines();
      expect(lines.every((line) => line.schemaVersion === 1 && /^\d{4}-.*Z$/.test(String(line.at)))).toBe(true);
      expect(lines.map((line) => line.type)).toEqual(
        expect.arrayContaining(['connecting', 'started', 'queued', 'joined', 'message', 'sent', 'ended']),
      );
      expect(lines.at(-1)).toMatchObject({
        type: 'summary',
        outcome: 'passed',
        closed: true,
        messagesSent: 1,
        expectations: [
          { expect: 'joined', met: true },
          { expect: 'message:order', met: true },
        ],
      });
      expect(lines.at(-1)?.conversationId).toBe(lines.find((line) => line.type === 'started')?.conversationId);
      expect(simulator.openChats()).toEqual([]);
    }));

  it('fails with 1 where no agent comes, and closes the chat', () =>
    withFolder(async (folder) => {
      await using simulator = await startSimulator({ pace: 0.01, scenario: 'no-answer' });
      const result = await runCli(['test-chat', '--json', '--within', '1s', ...valueFlags(simulator, channel)], folder);
      expect(result.code).toBe(1);
      expect(result.lines().at(-1)).toMatchObject({
        type: 'summary',
        outcome: 'failed',
        reason: 'NO_AGENT_AVAILABLE',
        closed: true,
      });
      expect(result.lines().find((line) => line.type === 'error')).toMatchObject({
        error: { code: 'NO_AGENT_AVAILABLE', hint: expect.any(String) },
      });
      expect(simulator.openChats()).toEqual([]);
    }));

  it.skipIf(WITHOUT_SIGNALS).each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('closes the chat on %s and exits %i', (signal, code) =>
    withFolder(async (folder) => {
      await using simulator = await startSimulator({ scenario: 'no-answer' });
      const running = startCli(['test-chat', '--json', ...valueFlags(simulator, channel)], folder);
      await running.waitForStdout(/"type":"queued"/);
      running.child.kill(signal);
      const result = await running.done;
      expect(result.code).toBe(code);
      expect(result.lines().at(-1)).toMatchObject({ type: 'summary', outcome: 'interrupted', closed: true });
      expect(simulator.openChats()).toEqual([]);
      expect(simulator.journal.some((request) => request.method === 'DELETE' || request.path.endsWith('ChatEnd'))).toBe(
        true,
      );
    }),
  );

  it('meets ended:agent when the agent ends the chat', () =>
    withFolder(async (folder) => {
      await using simulator = await startSimulator({ pace: 0.01, scenario: 'agent-ends' });
      const result = await runCli(
        ['test-chat', '--json', '--message', 'bye', '--expect', 'ended:agent', ...valueFlags(simulator, channel)],
        folder,
      );
      expect(result.code).toBe(0);
    }));

  it('writes a transcript as text and as JSON', () =>
    withFolder(async (folder) => {
      await using simulator = await startSimulator({ pace: 0.01 });
      for (const file of ['chat.txt', 'chat.json']) {
        await runCli(
          ['test-chat', '--message', 'hello', '--transcript', file, ...valueFlags(simulator, channel)],
          folder,
        );
      }
      expect(await readFile(join(folder, 'chat.txt'), 'utf8')).toContain('Maria Lopez');
      expect(JSON.parse(await readFile(join(folder, 'chat.json'), 'utf8'))).toMatchObject({
        schemaVersion: 1,
        summary: { outcome: 'passed' },
      });
    }));

  it('shows no secret in any output', () =>
    withFolder(async (folder) => {
      await using simulator = await startSimulator({ pace: 0.01 });
      const result = await runCli(
        ['test-chat', '--verbose', '--json', '--message', 'hi', ...valueFlags(simulator, channel)],
        folder,
      );
      expect(result.stdout + result.stderr).not.toMatch(/eyJ[\w-]{5,}\.|![0-9]{10,}!/);
    }));
});

describe('test-chat that cannot be opened', () => {
  const values = ['--org-id', '00D8Z000001kQ7P', '--developer-name', 'Acme_Bot'];

  it.each([
    ['http://127.0.0.1:1', 4, 'CONNECTION_REFUSED'],
    ['https://no-such-org.invalid.my.salesforce-scrt.com', 4, /^NAME_/],
  ])('names why for %s', (url, code, cause) =>
    withFolder(async (folder) => {
      const result = await runCli(['test-chat', '--json', '--timeout', '3s', ...values, '--base-url', url], folder);
      expect(result.code).toBe(code);
      expect(result.lines().at(-1)).toMatchObject({ type: 'summary', outcome: 'failed', closed: true });
      expect(result.lines().find((line) => line.type === 'error')).toMatchObject({
        error: { code: expect.stringMatching(cause) },
      });
    }),
  );

  it.each([
    ['unpublished', 3, 'DEPLOYMENT_NOT_PUBLISHED'],
    ['wrong-type', 3, 'DEPLOYMENT_TYPE_NOT_CUSTOM_CLIENT'],
    ['user-verification', 3, 'USER_VERIFICATION_ON'],
    ['rate-limit', 3, 'RATE_LIMITED'],
    ['closed-hours', 1, 'OUTSIDE_BUSINESS_HOURS'],
    ['http-500', 4, 'SERVICE_ERROR'],
    ['html', 4, 'NOT_THE_SERVICE'],
    ['stall-stream', 4, 'TIMED_OUT'],
  ])('exits for %s with %i and %s', (fault, code, cause) =>
    withFolder(async (folder) => {
      const result = await runCli(['test-chat', '--json', `--simulate=${fault}`, '--timeout', '1s'], folder);
      expect(result.lines().find((line) => line.type === 'error')).toMatchObject({ error: { code: cause } });
      expect(result.code).toBe(code);
      expect(result.stderr).not.toMatch(/\n\s+at /);
    }),
  );

  it('is refused, not hung, where the base URL is on the misspelt domain', () =>
    withFolder(async (folder) => {
      const result = await runCli(
        [
          'test-chat',
          '--json',
          ...values,
          '--base-url',
          'acme.my.salesforce.com',
          '--base-url-domain',
          'salesforce-srct.com',
        ],
        folder,
      );
      expect(result.code).toBe(1);
      expect(result.lines().find((line) => line.type === 'error')).toMatchObject({
        error: { code: 'BASE_URL_DOMAIN_SLIP' },
      });
    }));
});

describe('the pre-chat values of test-chat against the published form', () => {
  it('are refused before anything is opened where one is too long', () =>
    withFolder(async (folder) => {
      await using simulator = await startSimulator({ pace: 0.01 });
      const args = ['--pre-chat', `Pincode=${'5'.repeat(21)}`];
      const result = await runCli(['test-chat', '--json', ...args, ...valueFlags(simulator, 'miaw')], folder);
      expect(result.code).toBe(3);
      expect(result.lines().find((line) => line.type === 'error')).toMatchObject({
        error: { code: 'PRE_CHAT_REJECTED' },
      });
      expect(simulator.journal.map(({ path }) => path.replace(/^.*\//, ''))).toEqual(['access-token']);
    }));

  it('are warned of on stderr where Salesforce would drop one', () =>
    withFolder(async (folder) => {
      await using simulator = await startSimulator({ pace: 0.01 });
      const args = ['--pre-chat', 'city=Lyon'];
      const result = await runCli(['test-chat', '--json', ...args, ...valueFlags(simulator, 'miaw')], folder);
      expect(result.code).toBe(0);
      expect(result.stderr).toContain('write it as City');
    }));
});

it.skipIf(WITHOUT_SIGNALS)(
  'says after an interrupt that the chat may still be open where the service would not close it',
  () =>
    withFolder(async (folder) => {
      await using server = await startMiawServer();
      server.always('end-session', { status: 403 });
      server.always('close', { status: 403 });
      const values = [
        '--base-url',
        server.url,
        '--org-id',
        '00D7X0000004AbC',
        '--developer-name',
        'Acme_Custom_Client',
      ];
      const running = startCli(['test-chat', '--json', ...values], folder);
      await running.waitForStdout(/"type":"started"/);
      running.child.kill('SIGINT');
      const result = await running.done;
      expect(result.code).toBe(130);
      expect(result.lines().find((line) => line.type === 'error')).toMatchObject({
        error: { code: 'INTERRUPTED', hint: expect.stringContaining('agent console') },
      });
      expect(result.lines().at(-1)).toMatchObject({ closed: false });
    }),
);

it('tells a program’s user on stderr that the org has moved', () =>
  withFolder(async (folder) => {
    await using old = await startLiveChatServer();
    await using next = await startLiveChatServer();
    const moved = { type: 'SwitchServer', message: { newUrl: next.url } };
    old.script('Visitor/Availability', { status: 200, body: { messages: [moved] } });
    const ids = ['--org-id', IDS.orgId, '--deployment-id', IDS.deploymentId, '--button-id', IDS.buttonId];
    const args = ['test-chat', '--json', '--within', '1s', '--live-agent-url', old.url, ...ids];
    const result = await runCli(args, folder);
    expect(result.stderr).toContain(`the org has moved to ${next.url}: enter it as Live Agent URL`);
    expect(result.lines().at(-1)).toMatchObject({ type: 'summary' });
  }));

describe('what Live Chat never has', () => {
  it.each([
    ['receipt:read', ['--expect', 'receipt:read']],
    ['a form', ['--script', 'script.json']],
  ])('is refused before anything is opened: %s', (what, flags) =>
    withFolder(async (folder) => {
      await writeFile(join(folder, 'script.json'), JSON.stringify([{ form: { Name: 'Ada' } }]));
      await using simulator = await startSimulator({ pace: 0.01 });
      const result = await runCli(['test-chat', ...flags, ...valueFlags(simulator, 'live-chat')], folder);
      expect([result.code, simulator.journal.length]).toEqual([2, 0]);
      expect(result.stderr).toContain(`Live Chat has no such thing as ${what}`);
    }),
  );
});
