import { describe, expect, it } from 'vitest';
import type { Channel } from '../../src/core/events.ts';
import { startSimulator } from '../../src/simulator/start-simulator.ts';
import { runCli, withFolder } from '../support/run-cli.ts';
import { WITHOUT_PTY } from '../support/systems.ts';
import { openTerminal } from '../support/terminal.ts';
import { valueFlags } from '../support/value-flags.ts';

const ENTER = '\r';
const CTRL_C = '\u0003';
const CTRL_D = '\u0004';

describe.skipIf(WITHOUT_PTY).each<Channel>(['miaw', 'live-chat'])('a person in a test chat over %s', (channel) => {
  it('types, is answered, and leaves with /end', () =>
    withFolder(async (folder) => {
      await using simulator = await startSimulator({ pace: 0.2 });
      await using terminal = openTerminal(['test-chat', ...valueFlags(simulator, channel)], folder);
      await terminal.waitFor(/waiting for an agent/);
      await terminal.waitFor(/Maria Lopez \(agent\) joined/);
      terminal.send(`Where is my parcel?${ENTER}`);
      await terminal.waitFor(/Maria Lopez {3}.*Where is my parcel\?/s);
      terminal.send(`/end${ENTER}`);
      await terminal.waitFor(/Handoff proven in .*closed, nothing left open/);
      expect(await terminal.exited).toBe(0);
    }));

  it('leaves with Ctrl-C, which closes the chat first', () =>
    withFolder(async (folder) => {
      await using simulator = await startSimulator({ pace: 0.2 });
      await using terminal = openTerminal(['test-chat', ...valueFlags(simulator, channel)], folder);
      await terminal.waitFor(/waiting for an agent/);
      terminal.send(CTRL_C);
      await terminal.waitFor(/Interrupted after .*closed, nothing left open/s);
      expect(await terminal.exited).toBe(130);
    }));
});

describe.skipIf(WITHOUT_PTY)('a test chat where TERM is dumb', () => {
  const env = { TERM: 'dumb' };

  it('is held in plain lines, one below the other', () =>
    withFolder(async (folder) => {
      await using simulator = await startSimulator({ pace: 0.2 });
      await using terminal = openTerminal(['test-chat', ...valueFlags(simulator, 'miaw')], folder, { env, rows: 60 });
      await terminal.waitFor(/Maria Lopez \(agent\) joined/);
      terminal.send(`Where is my parcel?${ENTER}`);
      await terminal.waitFor(/Maria Lopez is typing …\n.*Maria Lopez {3}.*Where is my parcel\?/s);
      terminal.send(`/hlep${ENTER}`);
      await terminal.waitFor(/\/hlep is no command/);
      terminal.send(CTRL_D);
      const shown = await terminal.waitFor(/Handoff proven in .*closed, nothing left open/);
      expect(shown).not.toMatch(/▸|[⠋⠙⠹⠸]|waiting for an agent/);
      expect(await terminal.exited).toBe(0);
    }));

  it('leaves with Ctrl-C, which closes the chat first', () =>
    withFolder(async (folder) => {
      await using simulator = await startSimulator({ pace: 0.2 });
      await using terminal = openTerminal(['test-chat', ...valueFlags(simulator, 'miaw')], folder, { env });
      await terminal.waitFor(/in the queue/);
      terminal.send(CTRL_C);
      await terminal.waitFor(/Interrupted after .*closed, nothing left open/s);
      expect(await terminal.exited).toBe(130);
    }));
});

describe.skipIf(WITHOUT_PTY)('a test chat in a terminal', () => {
  it('keeps what is being typed while events arrive', () =>
    withFolder(async (folder) => {
      await using simulator = await startSimulator({ pace: 0.3 });
      await using terminal = openTerminal(['test-chat', ...valueFlags(simulator, 'miaw')], folder);
      await terminal.waitFor(/waiting for an agent/);
      terminal.send('half a sentence');
      await terminal.waitFor(/How can I help\?/);
      expect(terminal.screen()).toMatch(/you ▸ half a sentence$/);
    }));

  it('loses no line and leaves none empty when lines are entered while somebody is typing', () =>
    withFolder(async (folder) => {
      await using simulator = await startSimulator({ pace: 1, scenario: 'transfer' });
      await using terminal = openTerminal(['test-chat', ...valueFlags(simulator, 'miaw')], folder);
      await terminal.waitFor(/Maria Lopez \(agent\) joined/);
      terminal.send(`hello${ENTER}`);
      const before = (await terminal.waitFor(/Maria Lopez is typing …\nyou ▸/)).replace(
        /Maria Lopez is typing.*$/s,
        '',
      );
      terminal.send(`/typing off${ENTER}`);
      await terminal.waitFor(/typing notices are off/);
      terminal.send(`/hlep${ENTER}`);
      await terminal.waitFor(/\/hlep is no command/);
      expect(terminal.history()).toContain(`${before}  typing notices are off\n  /hlep is no command`);
    }));

  it('stays readable at 40 columns', () =>
    withFolder(async (folder) => {
      await using simulator = await startSimulator({ pace: 0.2 });
      await using terminal = openTerminal(['test-chat', ...valueFlags(simulator, 'miaw')], folder, { columns: 40 });
      await terminal.waitFor(/How can I help\?/);
      expect(
        terminal
          .screen()
          .split('\n')
          .every((line) => line.length <= 40),
      ).toBe(true);
    }));

  it('breaks its own words between words at 40 columns', () =>
    withFolder(async (folder) => {
      await using simulator = await startSimulator({ pace: 0.05 });
      await using terminal = openTerminal(['test-chat', ...valueFlags(simulator, 'miaw')], folder, { columns: 40 });
      await terminal.waitFor(/\/end or\s+Ctrl-C ends the chat/);
      terminal.send(`/help${ENTER}`);
      await terminal.waitFor(/\/choose <number…> {3}pick from the last\n {22}message with\n/);
    }));

  it('survives a resize', () =>
    withFolder(async (folder) => {
      await using simulator = await startSimulator({ pace: 0.3 });
      await using terminal = openTerminal(['test-chat', ...valueFlags(simulator, 'miaw')], folder);
      await terminal.waitFor(/waiting for an agent/);
      terminal.resize(50, 20);
      await terminal.waitFor(/How can I help\?|can I help\?/);
      expect(terminal.history()).toMatch(/Maria Lopez \(agent\) joined/);
      terminal.send(`hello${ENTER}`);
      await terminal.waitFor(/you {3}hello/);
    }));

  it('has ASCII symbols where the locale has no Unicode', () =>
    withFolder(async (folder) => {
      await using terminal = openTerminal(['doctor', '--simulate', '--channel', 'live-chat'], folder, {
        env: { LANG: 'C' },
      });
      await terminal.exited;
      expect(terminal.history()).toContain('+ Values');
      expect(terminal.history()).not.toMatch(/[✔✖–]/);
    }));

  it('lets no escape sequence of the service through', () =>
    withFolder(async (folder) => {
      await using simulator = await startSimulator({ pace: 0, scenario: 'hostile' });
      const result = await runCli(['test-chat', '--expect', 'message', ...valueFlags(simulator, 'miaw')], folder);
      expect(result.stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    }));
});
