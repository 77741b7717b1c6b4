import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startSimulator } from '../../src/simulator/start-simulator.ts';
import { runCli, withFolder } from '../support/run-cli.ts';
import { WITHOUT_PTY } from '../support/systems.ts';
import { openTerminal, type TestTerminal } from '../support/terminal.ts';
import { valueFlags } from '../support/value-flags.ts';

const ENTER = '\r';
const UP = '\u001b[A';

/** A person's chat in the scenario, once the agent is there. */
function inChat(scenario: string, work: (terminal: TestTerminal, folder: string) => Promise<void>): Promise<void> {
  return withFolder(async (folder) => {
    await using simulator = await startSimulator({ pace: 0.05, scenario });
    await using terminal = openTerminal(['test-chat', ...valueFlags(simulator, 'miaw')], folder, { columns: 100 });
    await terminal.waitFor(/Maria Lopez \(agent\) joined/);
    await work(terminal, folder);
  });
}

describe.skipIf(WITHOUT_PTY)('a person in a test chat', () => {
  it('sees with /help what can be typed', () =>
    inChat('happy-path', async (terminal) => {
      terminal.send(`/help${ENTER}`);
      await terminal.waitFor(/\/choose <number…>.*\/transcript <file>/s);
    }));

  it('is told the nearest command for one that there is not', () =>
    inChat('happy-path', async (terminal) => {
      terminal.send(`/hlep${ENTER}`);
      await terminal.waitFor(/\/hlep is no command; did you mean \/help\?/);
    }));

  it('picks a choice by its number', () =>
    inChat('forms', async (terminal) => {
      terminal.send(`/choose 2${ENTER}`);
      await terminal.waitFor(/you {3}Blue mug/);
    }));

  it('answers a form question by question, told at once what does not fit', () =>
    inChat('forms', async (terminal) => {
      terminal.send(`/form${ENTER}`);
      await terminal.waitFor(/Order number \(required\) ▸/);
      terminal.send(`much too long for it${ENTER}`);
      await terminal.waitFor(/8 are allowed/);
      terminal.send(`4711${ENTER}`);
      await terminal.waitFor(/Wanted delivery date \(optional, as 2026-01-09\) ▸/);
      terminal.send(`tomorrow${ENTER}`);
      await terminal.waitFor(/“tomorrow” is no date.*Wanted delivery date \(optional, as 2026-01-09\) ▸$/s);
      terminal.send(ENTER);
      await terminal.waitFor(/Gift wrap \(optional\) ▸/);
      terminal.send(`1${ENTER}`);
      await terminal.waitFor(/you {3}Order number: 4711\s+Gift wrap: Yes/);
    }));

  it('sends a file, and is told of one that is not there', () =>
    inChat('forms', async (terminal, folder) => {
      await writeFile(join(folder, 'note.txt'), 'hello');
      terminal.send(`/file nothing.txt${ENTER}`);
      await terminal.waitFor(/nothing\.txt could not be read/);
      terminal.send(`/file note.txt${ENTER}`);
      await terminal.waitFor(/you {3}file note\.txt \(5 bytes\)/);
    }));

  it('asks for the status', () =>
    inChat('happy-path', async (terminal) => {
      terminal.send(`/status${ENTER}`);
      await terminal.waitFor(/there {4}Maria Lopez/);
    }));

  it('writes the transcript in the middle of the chat', () =>
    inChat('happy-path', async (terminal, folder) => {
      terminal.send(`/transcript now.txt${ENTER}`);
      await terminal.waitFor(/written to now\.txt/);
      expect(await readFile(join(folder, 'now.txt'), 'utf8')).toContain('Maria Lopez (agent) joined');
    }));

  it('brings a line back with the arrow key', () =>
    inChat('happy-path', async (terminal) => {
      terminal.send(`once more${ENTER}`);
      await terminal.waitFor(/you {3}once more/);
      terminal.send(UP);
      await terminal.waitFor(/you ▸ once more/);
    }));

  it('tells the agent that something is being typed', () =>
    withFolder(async (folder) => {
      await using simulator = await startSimulator({ pace: 0.05 });
      await using terminal = openTerminal(['test-chat', ...valueFlags(simulator, 'miaw')], folder);
      await terminal.waitFor(/Maria Lopez \(agent\) joined/);
      const notice = simulator.waitForRequest(({ body }) => body?.includes('TypingStartedIndicator') === true);
      terminal.send('hel');
      expect((await notice).status).toBeLessThan(300);
    }));
});

describe('a scripted test chat', () => {
  it('plays the steps of a file, with choices, a form and a file', () =>
    withFolder(async (folder) => {
      await using simulator = await startSimulator({ pace: 0.01, scenario: 'forms' });
      const script = [
        { expect: 'message:mugs' },
        { choose: 1 },
        { form: { 'Order number': '4711' } },
        { file: 'chat.json' },
        { end: true },
      ];
      await writeFile(join(folder, 'chat.json'), JSON.stringify(script));
      const result = await runCli(
        ['test-chat', '--json', '--script', 'chat.json', ...valueFlags(simulator, 'miaw')],
        folder,
      );
      expect(result.lines().at(-1)).toMatchObject({ outcome: 'passed', messagesSent: 3, closed: true });
      expect(result.code).toBe(0);
    }));

  it('fails with 1 and names the step that was not met', () =>
    withFolder(async (folder) => {
      await using simulator = await startSimulator({ pace: 0.01 });
      await writeFile(
        join(folder, 'chat.json'),
        '[{"expect":"joined"},{"expect":"message:never said","within":"500ms"}]',
      );
      const result = await runCli(['test-chat', '--script', 'chat.json', ...valueFlags(simulator, 'miaw')], folder);
      expect(result.code).toBe(1);
      expect(result.stderr).toMatch(/step 2 \(expect message:never said\).*what came last: .*How can I help/s);
    }));

  it('opens nothing for a script with a slip in it', () =>
    withFolder(async (folder) => {
      await using simulator = await startSimulator({ pace: 0.01 });
      await writeFile(join(folder, 'chat.json'), '[{"sned":"hello"}]');
      const result = await runCli(['test-chat', '--script', 'chat.json', ...valueFlags(simulator, 'miaw')], folder);
      expect(result.code).toBe(2);
      expect(simulator.journal).toEqual([]);
    }));

  it.each(['miaw', 'live-chat'] as const)('sends a file over %s once it can be taken', (channel) =>
    withFolder(async (folder) => {
      await using simulator = await startSimulator({ pace: 0.01, scenario: 'forms' });
      await writeFile(join(folder, 'note.txt'), 'hello');
      const result = await runCli(
        ['test-chat', '--json', '--file', 'note.txt', ...valueFlags(simulator, channel)],
        folder,
      );
      expect(result.lines().find(({ type }) => type === 'sent')).toMatchObject({ text: 'file note.txt (5 bytes)' });
      expect(result.code).toBe(0);
    }),
  );
});
