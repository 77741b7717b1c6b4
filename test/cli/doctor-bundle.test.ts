import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Channel } from '../../src/core/events.ts';
import { startSimulator } from '../../src/simulator/start-simulator.ts';
import { recordSecrets } from '../support/recording-proxy.ts';
import { runCli, withFolder } from '../support/run-cli.ts';
import { WITHOUT_MODES, WITHOUT_PTY } from '../support/systems.ts';
import { openTerminal } from '../support/terminal.ts';
import { valueFlags } from '../support/value-flags.ts';

const ENTER = '\r';

describe.each<Channel>(['miaw', 'live-chat'])('a bundle of a whole chat over %s', (channel) => {
  it.each(['bundle.json', 'bundle.txt'])('holds nothing that opens anything, as %s', (name) =>
    withFolder(async (folder) => {
      await using simulator = await startSimulator({ pace: 0.1 });
      await using proxy = await recordSecrets(simulator.urls.miaw);
      const flags = valueFlags(simulator, channel).map((flag) => flag.replace(simulator.urls.miaw, proxy.url));
      const result = await runCli(['doctor', ...flags, '--level', 'chat', '--bundle', name], folder);
      const bundle = await readFile(join(folder, name), 'utf8');
      expect(result.code).toBe(0);
      expect(proxy.secrets.size).toBeGreaterThan(0);
      expect([...proxy.secrets].filter((secret) => bundle.includes(secret))).toEqual([]);
      expect(bundle).not.toContain(simulator.values.miaw.orgId);
      expect(bundle).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/);
    }),
  );
});

describe('a bundle', () => {
  it('holds versions, values, checks and exchanges', () =>
    withFolder(async (folder) => {
      await runCli(['doctor', '--simulate=unpublished', '--bundle', 'b.json'], folder);
      const bundle = JSON.parse(await readFile(join(folder, 'b.json'), 'utf8'));
      expect(bundle).toMatchObject({
        schemaVersion: 1,
        tool: { name: 'sf-handoff' },
        node: process.version,
        runs: [{ channel: 'miaw', ok: false, values: [{ field: 'orgId', value: '00D…Q7P' }, {}, {}] }],
      });
      expect(bundle.runs[0].exchanges).toContainEqual(
        expect.objectContaining({ kind: 'request', method: 'GET', status: 412, durationMs: expect.any(Number) }),
      );
    }));

  it.skipIf(WITHOUT_MODES)('can be read by its owner alone', () =>
    withFolder(async (folder) => {
      await runCli(['doctor', '--simulate', '--bundle', 'b.json'], folder);
      expect((await stat(join(folder, 'b.json'))).mode & 0o777).toBe(0o600);
    }),
  );

  it('leaves result and exit code alone', () =>
    withFolder(async (folder) => {
      const result = await runCli(['doctor', '--simulate=unpublished', '--json', '--bundle', 'b.json'], folder);
      expect([result.code, (result.json() as { ok: boolean }).ok]).toEqual([1, false]);
    }));

  it('is refused before any work where it could not be written', () =>
    withFolder(async (folder) => {
      const result = await runCli(['doctor', '--simulate', '--json', '--bundle', 'no/such/b.json'], folder);
      expect(result.json()).toMatchObject({ error: { code: 'FILE_UNWRITABLE' } });
    }));

  it.skipIf(WITHOUT_PTY).each([
    ['y', true],
    ['n', false],
  ])('is shown to a person, who answers %s', (answer, isWritten) =>
    withFolder(async (folder) => {
      await using terminal = openTerminal(['doctor', '--simulate', '--bundle', 'b.json'], folder);
      await terminal.waitFor(/"exchanges"[\s\S]*Write this to b\.json\?/);
      expect(existsSync(join(folder, 'b.json'))).toBe(false);
      terminal.send(`${answer}${ENTER}`);
      expect(await terminal.exited).toBe(0);
      expect(existsSync(join(folder, 'b.json'))).toBe(isWritten);
    }),
  );

  it.skipIf(WITHOUT_PTY)('is written at once with --no-input', () =>
    withFolder(async (folder) => {
      await using terminal = openTerminal(['doctor', '--simulate', '--no-input', '--bundle', 'b.json'], folder);
      expect(await terminal.exited).toBe(0);
      expect(existsSync(join(folder, 'b.json'))).toBe(true);
    }),
  );
});
