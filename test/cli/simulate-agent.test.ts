import { describe, expect, it } from 'vitest';
import type { Channel } from '../../src/core/events.ts';
import { runCli, startCli, withFolder } from '../support/run-cli.ts';
import { WITHOUT_PTY } from '../support/systems.ts';
import { openTerminal, type TestTerminal } from '../support/terminal.ts';

const ENTER = '\r';
const CTRL_C = '\u0003';
const CTRL_D = '\u0004';
const WIDE = { columns: 240 };

/** The flags of the visitor's command, as the desk prints them for copying. */
async function visitorFlags(desk: TestTerminal, channel: Channel): Promise<string[]> {
  const shown = await desk.waitFor(/waiting for a visitor/);
  const flag = channel === 'miaw' ? '--org-id' : '--live-agent-url';
  const line = shown.split('\n').find((text) => text.includes(`sf-handoff test-chat ${flag}`)) ?? '';
  return line.trim().split(/\s+/).slice(2);
}

const openDesk = (folder: string, ...flags: string[]) =>
  openTerminal(['simulate', '--agent', '--pace', '0.2', ...flags], folder, WIDE);

describe.skipIf(WITHOUT_PTY).each<Channel>(['miaw', 'live-chat'])('a person who plays the agent over %s', (channel) => {
  it('accepts, is written to, answers, and ends the chat', () =>
    withFolder(async (folder) => {
      await using desk = openDesk(folder);
      const flags = await visitorFlags(desk, channel);
      await using visitor = openTerminal(['test-chat', ...flags], folder);
      await desk.waitFor(/chat 1 {3}is ringing/);
      desk.send(`/accept${ENTER}`);
      await visitor.waitFor(/Maria Lopez \(agent\) joined/);
      visitor.send(`Where is my parcel?${ENTER}`);
      await desk.waitFor(/chat 1 {3}visitor {3}Where is my parcel\?/);
      desk.send(`It is on its way.${ENTER}`);
      await visitor.waitFor(/Maria Lopez {3}It is on its way\./);
      desk.send(`/end${ENTER}`);
      await visitor.waitFor(/the agent ended the chat/);
      await desk.waitFor(/chat 1 {3}is over: you ended it/);
    }));

  it('declines, and the visitor is told that no agent comes', () =>
    withFolder(async (folder) => {
      await using desk = openDesk(folder);
      const flags = await visitorFlags(desk, channel);
      const visitor = startCli(['test-chat', '--message', 'hi', '--json', ...flags], folder);
      await desk.waitFor(/chat 1 {3}is ringing/);
      desk.send(`/decline${ENTER}`);
      const result = await visitor.done;
      expect(result.lines().some(({ type }) => type === 'rejected')).toBe(true);
    }));

  it('transfers to a queue, where a colleague takes over', () =>
    withFolder(async (folder) => {
      await using desk = openDesk(folder);
      const flags = await visitorFlags(desk, channel);
      const visitor = startCli(['test-chat', '--message', 'hi', '--expect', 'transferred', '--json', ...flags], folder);
      await desk.waitFor(/chat 1 {3}is ringing/);
      desk.send(`/accept${ENTER}`);
      await desk.waitFor(/visitor {3}hi/);
      desk.send(`/transfer Billing${ENTER}`);
      expect((await visitor.done).lines().at(-1)).toMatchObject({ outcome: 'passed' });
    }));

  it('invites a colleague, who joins and leaves again while the chat goes on', () =>
    withFolder(async (folder) => {
      await using desk = openDesk(folder);
      const flags = await visitorFlags(desk, channel);
      await using visitor = openTerminal(['test-chat', ...flags], folder);
      await desk.waitFor(/chat 1 {3}is ringing/);
      desk.send(`/accept${ENTER}`);
      await visitor.waitFor(/Maria Lopez \(agent\) joined/);
      desk.send(`/invite Ada Novak${ENTER}`);
      await visitor.waitFor(/Ada Novak \(agent\) joined/);
      desk.send(`/leave Ada Novak${ENTER}`);
      await visitor.waitFor(/Ada Novak \(agent\) left/);
      desk.send(`Still here.${ENTER}`);
      await visitor.waitFor(/Maria Lopez {3}Still here\./);
    }));

  it('shows that they are typing', () =>
    withFolder(async (folder) => {
      await using desk = openDesk(folder);
      const flags = await visitorFlags(desk, channel);
      await using visitor = openTerminal(['test-chat', ...flags], folder);
      await desk.waitFor(/chat 1 {3}is ringing/);
      desk.send(`/accept${ENTER}/typing${ENTER}`);
      await visitor.waitFor(/Maria Lopez is typing/);
      visitor.send(`/end${ENTER}`);
      await desk.waitFor(/chat 1 {3}is over: the visitor has gone/);
      expect(await visitor.exited).toBe(0);
    }));
});

describe('the desk of the simulated agent', () => {
  it.skipIf(WITHOUT_PTY)('keeps several chats apart, of both protocols', () =>
    withFolder(async (folder) => {
      await using desk = openDesk(folder);
      const miaw = await visitorFlags(desk, 'miaw');
      const live = await visitorFlags(desk, 'live-chat');
      await using first = openTerminal(['test-chat', ...miaw], folder);
      await desk.waitFor(/chat 1 {3}is ringing \(MIAW\)/);
      await using second = openTerminal(['test-chat', ...live], folder);
      await desk.waitFor(/chat 2 {3}is ringing \(Live Chat\)/);
      desk.send(
        `/accept 1${ENTER}/accept 2${ENTER}to the second${ENTER}/switch 1${ENTER}to the first${ENTER}/chats${ENTER}`,
      );
      await second.waitFor(/Maria Lopez {3}to the second/);
      await first.waitFor(/Maria Lopez {3}to the first/);
      await desk.waitFor(/chat 1 {3}MIAW, yours, in front/);
      expect(first.history()).not.toContain('to the second');
    }),
  );

  it.skipIf(WITHOUT_PTY)('tells the visitor of an inactive session', () =>
    withFolder(async (folder) => {
      await using desk = openDesk(folder);
      const flags = await visitorFlags(desk, 'miaw');
      await using visitor = openTerminal(['test-chat', ...flags], folder);
      await desk.waitFor(/chat 1 {3}is ringing/);
      desk.send(`/accept${ENTER}/idle${ENTER}`);
      await visitor.waitFor(/the session has gone inactive/);
    }),
  );

  it.skipIf(WITHOUT_PTY)('says what to do where a line cannot be used', () =>
    withFolder(async (folder) => {
      await using desk = openDesk(folder);
      await desk.waitFor(/waiting for a visitor/);
      desk.send(`hello${ENTER}/dance${ENTER}/switch 7${ENTER}/help${ENTER}`);
      await desk.waitFor(/no chat is open; a visitor has to come first/);
      await desk.waitFor(/there is no \/dance; \/help lists what there is/);
      await desk.waitFor(/there is no chat 7; \/chats lists them/);
      await desk.waitFor(/\/transfer <queue>/);
    }),
  );

  it.skipIf(WITHOUT_PTY)('lets the person choose the name that visitors see', () =>
    withFolder(async (folder) => {
      await using desk = openTerminal(['simulate', '--agent', 'Ada Novak'], folder, WIDE);
      const flags = await visitorFlags(desk, 'miaw');
      const visitor = startCli(['test-chat', '--expect', 'joined', '--json', ...flags], folder);
      await desk.waitFor(/chat 1 {3}is ringing/);
      desk.send(`/accept${ENTER}`);
      expect((await visitor.done).lines()).toContainEqual(
        expect.objectContaining({ type: 'joined', participant: expect.objectContaining({ name: 'Ada Novak' }) }),
      );
    }),
  );

  it.skipIf(WITHOUT_PTY).each([
    ['Ctrl-D', CTRL_D, 0],
    ['Ctrl-C', CTRL_C, 130],
  ])('is left with %s', (_, key, code) =>
    withFolder(async (folder) => {
      await using desk = openDesk(folder);
      await desk.waitFor(/waiting for a visitor/);
      desk.send(key);
      expect(await desk.exited).toBe(code);
    }),
  );

  it('needs a terminal', () =>
    withFolder(async (folder) => {
      const result = await runCli(['simulate', '--agent'], folder);
      expect([result.code, result.stderr]).toEqual([
        2,
        expect.stringContaining('--agent needs a person at a terminal'),
      ]);
    }));

  it('does not go together with a scenario', () =>
    withFolder(async (folder) => {
      const result = await runCli(['simulate', '--agent', '--scenario', 'transfer'], folder);
      expect([result.code, result.stderr]).toEqual([2, expect.stringContaining('--scenario and --agent')]);
    }));
});
