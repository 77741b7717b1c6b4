import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startSimulator } from '../../src/simulator/start-simulator.ts';
import { runCli, withFolder } from '../support/run-cli.ts';
import { valueFlags } from '../support/value-flags.ts';

describe('one run in several formats', () => {
  it('prints one and writes the others, and asks the service once', () =>
    withFolder(async (folder) => {
      await using simulator = await startSimulator({ faults: ['unpublished'] });
      const reports = ['--report', 'junit=handoff.xml', '--report', 'json=handoff.json'];
      const args = ['doctor', ...valueFlags(simulator, 'miaw'), '--format', 'github', ...reports];
      const result = await runCli(args, folder);
      const read = (name: string) => readFile(join(folder, name), 'utf8');
      expect(result.code).toBe(1);
      expect(result.stdout).toMatch(/^::error title=[^:]*\(DEPLOYMENT_NOT_PUBLISHED\)::/m);
      expect(await read('handoff.xml')).toContain('type="DEPLOYMENT_NOT_PUBLISHED"');
      expect(JSON.parse(await read('handoff.json'))).toMatchObject({ schemaVersion: 1, ok: false });
      expect(simulator.journal.map(({ path }) => path)).toEqual(['/embeddedservice/v1/embedded-service-config']);
    }));

  it('tells which files it has written', () =>
    withFolder(async (folder) => {
      const { stderr } = await runCli(['doctor', '--simulate', '--report', 'markdown=a=b.md'], folder);
      expect(stderr).toContain('Report written to a=b.md\n');
    }));

  it('refuses a format that is none, before anything is asked', () =>
    withFolder(async (folder) => {
      const { code, stderr } = await runCli(['doctor', '--simulate', '--report', 'xml=handoff.xml'], folder);
      expect(code).toBe(2);
      expect(stderr).toContain('the formats are text, json, junit, github, markdown');
    }));

  it('refuses two results for one file', () =>
    withFolder(async (folder) => {
      const files = ['--output', 'a.json', '--report', 'json=./a.json'];
      expect((await runCli(['doctor', '--simulate', ...files], folder)).code).toBe(2);
    }));

  it('refuses a file that cannot be written, before anything is asked', () =>
    withFolder(async (folder) => {
      const { code, stderr } = await runCli(['doctor', '--simulate', '--report', 'json=none/a.json'], folder);
      expect([code, stderr]).toEqual([2, expect.stringContaining('FILE_UNWRITABLE')]);
    }));
});
