import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Simulator } from '../../src/simulator/model.ts';
import { startSimulator } from '../../src/simulator/start-simulator.ts';
import { runCli, startCli, withFolder } from '../support/run-cli.ts';
import { WITHOUT_SIGNALS } from '../support/systems.ts';

interface Document {
  readonly ok: boolean;
  readonly runs: readonly {
    profile: string;
    ok: boolean;
    checks: readonly { id: string; status: string; cause?: string; message?: string }[];
  }[];
}

const REASON = { reason: 'ticket 4711', until: '2999-12-31' };

function orgProfile(simulator: Simulator, org: string, baseUrl = simulator.urls.miaw) {
  return { channel: 'miaw', orgId: `00D8Z00000${org}`, baseUrl, developerName: 'Acme_Bot' };
}

async function writeProject(folder: string, content: object): Promise<void> {
  await writeFile(join(folder, 'sf-handoff.json'), JSON.stringify(content));
}

describe('a project that knows a finding', () => {
  it('lets it pass with its reason', () =>
    withFolder(async (folder) => {
      await using simulator = await startSimulator({ faults: ['unpublished'] });
      const profiles = { acme: simulator.values.miaw };
      await writeProject(folder, { profiles, suppress: [{ cause: 'DEPLOYMENT_NOT_PUBLISHED', ...REASON }] });
      const result = await runCli(['doctor', '--json'], folder);
      const [run] = (result.json() as Document).runs;
      expect(result.code).toBe(0);
      expect(run?.checks.find(({ id }) => id === 'service.deployment')).toMatchObject({
        status: 'skip',
        cause: 'DEPLOYMENT_NOT_PUBLISHED',
        message: expect.stringContaining('suppressed until 2999-12-31: ticket 4711'),
      });
    }));

  it('may ask for its suppressions alone, or leave them out', () =>
    withFolder(async (folder) => {
      const suppress = [{ cause: 'NOT_FOUND', reason: 'ticket 4711', until: '2020-01-31' }];
      const profiles = { acme: { channel: 'miaw', orgId: '00D8Z000001kQ7P', developerName: 'Acme_Bot' } };
      await writeProject(folder, { profiles, suppress });
      const ids = async (...args: string[]) => {
        const result = await runCli(['doctor', '--profile', 'acme', '--level', 'offline', '--json', ...args], folder);
        const { runs } = result.json() as { runs: readonly [{ checks: readonly { id: string; status: string }[] }] };
        return runs[0].checks.map(({ id, status }) => `${id} ${status}`);
      };
      expect(await ids('--only', 'values.suppressions')).toEqual(['values.suppressions warn']);
      expect(await ids('--skip', 'values.suppressions')).not.toContain('values.suppressions warn');
    }));

  it('finds its suppressions in the list of checks', () =>
    withFolder(async (folder) => {
      expect((await runCli(['doctor', '--list'], folder)).stdout).toMatch(/^ {2}values\.suppressions +offline/m);
    }));

  it('is warned when its suppression has ended', () =>
    withFolder(async (folder) => {
      await using simulator = await startSimulator();
      const suppress = [{ cause: 'NOT_FOUND', reason: 'ticket 4711', until: '2020-01-31' }];
      await writeProject(folder, { profiles: { acme: simulator.values.miaw }, suppress });
      const result = await runCli(['doctor', '--json', '--fail-on', 'warn'], folder);
      const [run] = (result.json() as Document).runs;
      expect(result.code).toBe(1);
      const told = run?.checks.find(({ id }) => id === 'values.suppressions');
      expect(told).toMatchObject({ status: 'warn', cause: 'SUPPRESSION_EXPIRED' });
    }));

  it('does not let it pass for another profile', () =>
    withFolder(async (folder) => {
      await using simulator = await startSimulator({ faults: ['unpublished'] });
      const suppress = [{ cause: 'DEPLOYMENT_NOT_PUBLISHED', profile: 'other', ...REASON }];
      await writeProject(folder, { profiles: { acme: simulator.values.miaw }, suppress });
      expect((await runCli(['doctor', '--quiet'], folder)).code).toBe(1);
    }));

  it('is told where the file has another shape', () =>
    withFolder(async (folder) => {
      await using simulator = await startSimulator();
      await writeProject(folder, { profiles: { acme: simulator.values.miaw }, suppress: [{ cause: 1 }] });
      expect((await runCli(['doctor', '--json'], folder)).json()).toMatchObject({ error: { code: 'CONFIG_INVALID' } });
    }));
});

describe('many profiles at once', () => {
  it('come in the order of their names, whoever is slow or broken', () =>
    withFolder(async (folder) => {
      await using simulator = await startSimulator({ anyOrg: true });
      const profiles = {
        delta: orgProfile(simulator, '1kQ7P'),
        alpha: orgProfile(simulator, '1kQ7Q', 'http://127.0.0.1:1'),
        bravo: orgProfile(simulator, '1kQ7R'),
      };
      await writeProject(folder, { profiles });
      const document = (await runCli(['doctor', '--all', '--json', '--concurrency', '2'], folder)).json() as Document;
      expect(document.runs.map(({ profile, ok }) => [profile, ok])).toEqual([
        ['alpha', false],
        ['bravo', true],
        ['delta', true],
      ]);
    }));

  it('are examined although one of them is still empty', () =>
    withFolder(async (folder) => {
      await using simulator = await startSimulator();
      await writeProject(folder, { profiles: { acme: simulator.values.miaw, draft: { channel: 'miaw' } } });
      const result = await runCli(['doctor', '--all', '--json'], folder);
      expect(result.code).toBe(1);
      const [acme, draft] = (result.json() as Document).runs;
      expect([acme?.profile, acme?.ok]).toEqual(['acme', true]);
      const missing = draft?.checks.filter(({ cause }) => cause === 'VALUE_MISSING').map(({ id }) => id);
      expect(missing).toEqual(['values.org-id', 'values.base-url', 'values.developer-name']);
    }));

  it('are summed up in a table, with details of what needs a look', () =>
    withFolder(async (folder) => {
      await using simulator = await startSimulator({ anyOrg: true });
      const profiles = {
        bad: orgProfile(simulator, '1kQ7Q', 'http://127.0.0.1:1'),
        good: orgProfile(simulator, '1kQ7R'),
      };
      await writeProject(folder, { profiles });
      const { stdout } = await runCli(['doctor', '--all'], folder);
      expect(stdout.match(/^sf-handoff doctor/gm)).toHaveLength(1);
      expect(stdout.trimEnd().split('\n').slice(-3)).toEqual([
        expect.stringMatching(/^✖ bad {3}MIAW {7}1 failed .* CONNECTION_REFUSED$/),
        expect.stringMatching(/^✔ good {2}MIAW {7}16 passed/),
        '1 of 2 ready, 1 not',
      ]);
    }));

  it.skipIf(WITHOUT_SIGNALS)('of one org wait for its token limit, and say so', () =>
    withFolder(async (folder) => {
      await using simulator = await startSimulator();
      const { miaw } = simulator.values;
      await writeProject(folder, { profiles: { a: miaw, b: miaw, c: miaw } });
      const running = startCli(['doctor', '--all'], folder);
      let notes = '';
      await new Promise<void>((resolve) => {
        running.child.stderr?.on('data', (chunk) => {
          notes += chunk;
          if (/c: waiting .* no more than two tokens a minute/.test(notes)) resolve();
        });
      });
      running.child.kill('SIGINT');
      expect((await running.done).code).toBe(130);
      expect(simulator.journal.filter(({ path }) => path.endsWith('/access-token'))).toHaveLength(2);
    }),
  );

  it('must be at least one at a time', () =>
    withFolder(async (folder) => {
      expect((await runCli(['doctor', '--all', '--concurrency', '0'], folder)).code).toBe(2);
    }));
});

describe('a job of GitHub Actions', () => {
  it('gets a summary appended to its file', () =>
    withFolder(async (folder) => {
      const summary = join(folder, 'summary.md');
      await writeFile(summary, 'before\n');
      const env = { GITHUB_STEP_SUMMARY: summary };
      const result = await runCli(['doctor', '--simulate=unpublished', '--format', 'github'], folder, { env });
      const text = await readFile(summary, 'utf8');
      expect(text).toMatch(/^before\n## simulator \(miaw\): not ready[\s\S]*DEPLOYMENT_NOT_PUBLISHED/);
      expect(result.stdout).toMatch(/^::error /);
    }));

  it('is not failed by a summary that cannot be written', () =>
    withFolder(async (folder) => {
      const env = { GITHUB_STEP_SUMMARY: join(folder, 'no/such/summary.md') };
      expect((await runCli(['doctor', '--simulate', '--format', 'github'], folder, { env })).code).toBe(0);
    }));
});

describe('doctor --wait', () => {
  it('stops at once where repeating is of no use', () =>
    withFolder(async (folder) => {
      const result = await runCli(['doctor', '--simulate=wrong-type', '--wait', '10m'], folder);
      expect(result.code).toBe(1);
    }));

  it.skipIf(WITHOUT_SIGNALS)('says what it waits for, and ends by Ctrl-C', () =>
    withFolder(async (folder) => {
      const running = startCli(['doctor', '--simulate=unpublished', '--wait', '10m'], folder);
      await new Promise<void>((resolve) => {
        running.child.stderr?.on('data', (chunk) => {
          if (/not yet: Deployment \(DEPLOYMENT_NOT_PUBLISHED\)/.test(String(chunk))) resolve();
        });
      });
      running.child.kill('SIGINT');
      expect((await running.done).code).toBe(130);
    }),
  );
});

describe('doctor --watch', () => {
  it.skipIf(WITHOUT_SIGNALS)('reports once and then goes on until Ctrl-C', () =>
    withFolder(async (folder) => {
      const running = startCli(['doctor', '--simulate', '--watch', '--interval', '1h'], folder);
      await running.waitForStdout(/Ready to publish/);
      running.child.kill('SIGINT');
      expect((await running.done).code).toBe(130);
    }),
  );

  it.skipIf(WITHOUT_SIGNALS)('gives one JSON value a line', () =>
    withFolder(async (folder) => {
      const running = startCli(['doctor', '--simulate', '--watch', '--json', '--only', 'network.tcp'], folder);
      await running.waitForStdout(/\n/);
      running.child.kill('SIGINT');
      const [first] = (await running.done).lines();
      expect(first).toMatchObject({ schemaVersion: 1, profile: 'simulator', id: 'network.tcp', to: 'pass' });
    }),
  );

  it.each([
    ['--wait', '5s'],
    ['--output', 'x'],
    ['--level', 'chat'],
    ['--format', 'junit'],
  ])('is refused with %s %s', (...flags) =>
    withFolder(async (folder) => {
      expect((await runCli(['doctor', '--simulate', '--watch', ...flags], folder)).code).toBe(2);
    }),
  );
});

describe('doctor --explain', () => {
  it('explains a cause in any spelling', () =>
    withFolder(async (folder) => {
      const result = await runCli(['doctor', '--explain', 'deployment-not-published'], folder);
      expect(result.stdout).toMatch(
        /^DEPLOYMENT_NOT_PUBLISHED\n {2}Symptom .*\n {2}Proof .*\n {2}Mend [\s\S]*guide miaw\.1/,
      );
    }));

  it('offers the nearest of an unknown one', () =>
    withFolder(async (folder) => {
      const result = await runCli(['doctor', '--explain', 'DEPLOYMENT_NOT_PUBLISHD', '--json'], folder);
      expect(result.code).toBe(2);
      expect(result.json()).toMatchObject({ error: { hint: 'sf-handoff doctor --explain DEPLOYMENT_NOT_PUBLISHED' } });
    }));

  it('explains all as JSON', () =>
    withFolder(async (folder) => {
      const { causes } = (await runCli(['doctor', '--explain', 'all', '--json'], folder)).json() as {
        causes: { code: string }[];
      };
      expect(causes.length).toBeGreaterThan(100);
    }));
});
