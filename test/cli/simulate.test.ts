import { describe, expect, it } from 'vitest';
import { openRawVisitor } from '../support/raw-live-chat.ts';
import { type RunningCli, runCli, startCli, withFolder } from '../support/run-cli.ts';
import { WITHOUT_SIGNALS } from '../support/systems.ts';

interface Announced {
  readonly values: { readonly 'live-chat': { readonly liveAgentUrl: string } };
}

/** Runs `simulate --json`, opens one chat on it, does `work` and stops it with the signal. */
async function simulate(folder: string, args: readonly string[], signal: NodeJS.Signals, leave = true) {
  const cli: RunningCli = startCli(['simulate', '--json', '--scenario', 'never-routed', ...args], folder);
  const announced = JSON.parse(await cli.waitForStdout(/\n/)) as Announced;
  const visitor = await openRawVisitor(announced.values['live-chat'].liveAgentUrl);
  await visitor.init();
  const held = visitor.poll(-1).catch(() => 'broken');
  if (leave) await visitor.post('Chasitor/ChatEnd', { reason: 'client' });
  cli.child.kill(signal);
  return { result: await cli.done, visitor, held: await held };
}

describe('simulate', () => {
  it.skipIf(WITHOUT_SIGNALS)('ends on Ctrl-C without an error, at once, and sums up', () =>
    withFolder(async (folder) => {
      const { result } = await simulate(folder, [], 'SIGINT');
      expect([result.code, result.lines().length]).toEqual([130, 1]);
      expect(result.stderr).toContain('1 chat, closed');
      expect(result.stderr).not.toMatch(/✖|INTERRUPTED/);
    }),
  );

  it.skipIf(WITHOUT_SIGNALS)('ends on SIGTERM in the same way, and names the chats that are open', () =>
    withFolder(async (folder) => {
      const { result, visitor } = await simulate(folder, [], 'SIGTERM', false);
      expect(result.code).toBe(143);
      expect(result.stderr).toContain(`1 still open:\n  ${visitor.id}\n`);
    }),
  );

  it.skipIf(WITHOUT_SIGNALS)('tells each request on stderr, without bodies', () =>
    withFolder(async (folder) => {
      const { result } = await simulate(folder, [], 'SIGINT');
      expect(result.stderr).toMatch(/^\d\d:\d\d:\d\d GET \/chat\/rest\/System\/SessionId 200$/m);
      expect(result.stderr).toMatch(/^\d\d:\d\d:\d\d POST \/chat\/rest\/Chasitor\/ChatEnd 200$/m);
      expect(result.stderr).not.toContain('Robin Example');
    }),
  );

  it.skipIf(WITHOUT_SIGNALS)('shows bodies with -v, and no secret', () =>
    withFolder(async (folder) => {
      const { result, visitor } = await simulate(folder, ['-v'], 'SIGINT');
      expect(result.stderr).toContain('Robin Example');
      expect(result.stderr).not.toContain(visitor.key);
    }),
  );

  it.skipIf(WITHOUT_SIGNALS)('is silent with -q', () =>
    withFolder(async (folder) => {
      const { result } = await simulate(folder, ['-q'], 'SIGINT');
      expect([result.code, result.stderr]).toEqual([130, '']);
    }),
  );

  it.skipIf(WITHOUT_SIGNALS)('says in the banner what is broken, and where', () =>
    withFolder(async (folder) => {
      const cli = startCli(['simulate', '--fault', 'rate-limit', '--fault', 'unpublished'], folder);
      const banner = await cli.waitForStdout(/Ctrl-C/);
      cli.child.kill('SIGINT');
      await cli.done;
      expect(banner).toContain('broken: rate-limit, unpublished (MIAW only)\n');
    }),
  );

  it('lists which channel a fault concerns, and which names are scenario and fault', () =>
    withFolder(async (folder) => {
      const { stdout } = await runCli(['simulate', '--list'], folder);
      expect(stdout).toMatch(/unpublished .*\(MIAW only\)/);
      expect(stdout).toMatch(/switch-loop .*\(Live Chat only\)/);
      expect(stdout).toMatch(/In both lists: unknown-event, never-routed\. --simulate takes the scenario/);
    }));

  it('suggests only what is near', () =>
    withFolder(async (folder) => {
      const [near, far] = await Promise.all([
        runCli(['simulate', '--scenario', 'tranfser'], folder),
        runCli(['simulate', '--scenario', 'zzzzzzzz'], folder),
      ]);
      expect([near.code, near.stderr]).toEqual([2, expect.stringContaining('did you mean transfer?')]);
      expect([far.code, far.stderr]).toEqual([2, expect.not.stringContaining('did you mean')]);
    }));
});
