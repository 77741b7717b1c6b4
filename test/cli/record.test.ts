import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Channel } from '../../src/core/events.ts';
import type { Simulator } from '../../src/simulator/model.ts';
import { startSimulator } from '../../src/simulator/start-simulator.ts';
import { runCli, startCli, withFolder } from '../support/run-cli.ts';
import { WITHOUT_MODES, WITHOUT_SIGNALS } from '../support/systems.ts';
import { valueFlags } from '../support/value-flags.ts';

const WORDS = 'My parcel 4711 is late';

async function record(folder: string, channel: Channel, ...flags: string[]) {
  await using simulator = await startSimulator({ pace: 0 });
  const chat = ['--message', WORDS, '--expect', 'message', '--pre-chat', 'City=Hyderabad', '--json'];
  const result = await runCli(
    ['test-chat', ...chat, '--record', 'chat.jsonl', ...flags, ...valueFlags(simulator, channel)],
    folder,
  );
  const text = await readFile(join(folder, 'chat.jsonl'), 'utf8');
  const lines = text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  return { result, text, lines, simulator };
}

describe.each<Channel>(['miaw', 'live-chat'])('a recording of a test chat over %s', (channel) => {
  it('says what it is, and holds the exchange in its order', () =>
    withFolder(async (folder) => {
      const { lines } = await record(folder, channel);
      expect(lines[0]).toMatchObject({ format: 'sf-handoff-recording', version: 1, channel, texts: 'masked' });
      expect(lines.slice(1).every(({ at, exchange }) => typeof at === 'number' && typeof exchange === 'number')).toBe(
        true,
      );
    }));

  it('holds no secret and no word of what was said', () =>
    withFolder(async (folder) => {
      const { text } = await record(folder, channel);
      expect(text).not.toMatch(/4711|Hyderabad|How can I help|eyJ[\w-]+\.|Bearer [\w-]|!\d{10,}!/);
    }));

  it('holds the words where that is asked for', () =>
    withFolder(async (folder) => {
      const { text } = await record(folder, channel, '--record-texts');
      expect(text).toContain(WORDS);
    }));

  it.skipIf(WITHOUT_MODES)('is for its owner alone, also where the file was there before', () =>
    withFolder(async (folder) => {
      await writeFile(join(folder, 'chat.jsonl'), 'old', { mode: 0o644 });
      await record(folder, channel);
      expect((await stat(join(folder, 'chat.jsonl'))).mode & 0o777).toBe(0o600);
    }),
  );

  it.skipIf(WITHOUT_SIGNALS)('can be had again with simulate --replay', () =>
    withFolder(async (folder) => {
      await record(folder, channel, '--record-texts');
      const replay = startCli(['simulate', '--replay', 'chat.jsonl', '--pace', '0', '--json'], folder);
      const announced = JSON.parse(await replay.waitForStdout(/\n/)) as Pick<Simulator, 'values'>;
      expect(announced).toMatchObject({ replay: 'chat.jsonl' });
      const chat = [
        'test-chat',
        '--message',
        'anything',
        '--expect',
        'message:/parcel 4711/',
        ...valueFlags(announced, channel),
      ];
      const again = await runCli(chat, folder);
      replay.child.kill('SIGTERM');
      expect([again.code, (await replay.done).code]).toEqual([0, 143]);
    }),
  );
});

describe('a recording', () => {
  it('holds what came before a crash', () =>
    withFolder(async (folder) => {
      await using simulator = await startSimulator({ pace: 0 });
      const chat = ['--expect', 'transferred', '--json', '--record', 'chat.jsonl', ...valueFlags(simulator, 'miaw')];
      const running = startCli(['test-chat', ...chat], folder);
      await running.waitForStdout(/"type":"joined"/);
      running.child.kill('SIGKILL');
      await running.done;
      expect(await readFile(join(folder, 'chat.jsonl'), 'utf8')).toContain('CONVERSATION_PARTICIPANT_CHANGED');
    }));

  it('holds no raw control character of hostile texts', () =>
    withFolder(async (folder) => {
      await using simulator = await startSimulator({ pace: 0, scenario: 'hostile' });
      const chat = ['--expect', 'message:/line one/', '--record', 'chat.jsonl', '--record-texts'];
      await runCli(['test-chat', ...chat, ...valueFlags(simulator, 'miaw')], folder);
      const text = await readFile(join(folder, 'chat.jsonl'), 'utf8');
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/);
    }));

  it('is asked for with --record, which --record-texts alone is not', () =>
    withFolder(async (folder) => {
      const result = await runCli(['test-chat', '--simulate', '--record-texts', '--json'], folder);
      expect([result.code, result.json()]).toMatchObject([2, { error: { code: 'INVALID_ARGUMENT' } }]);
    }));
});

describe('a recording that cannot be', () => {
  it('is found out before anything is sent', () =>
    withFolder(async (folder) => {
      await using simulator = await startSimulator({ pace: 0 });
      const flags = ['--record', 'nowhere/chat.jsonl', ...valueFlags(simulator, 'miaw')];
      const result = await runCli(['test-chat', '--message', 'hi', ...flags], folder);
      expect([result.code, simulator.journal.length]).toEqual([2, 0]);
    }));

  it('is refused by simulate with the reason', () =>
    withFolder(async (folder) => {
      await writeFile(join(folder, 'notes.txt'), 'hello');
      const result = await runCli(['simulate', '--replay', 'notes.txt', '--json'], folder);
      expect([result.code, result.json()]).toEqual([
        2,
        expect.objectContaining({ error: expect.objectContaining({ code: 'RECORDING_INVALID' }) }),
      ]);
    }));

  it('is refused by simulate where there is no file', () =>
    withFolder(async (folder) => {
      await mkdir(join(folder, 'x'));
      const result = await runCli(['simulate', '--replay', 'none.jsonl', '--json'], folder);
      expect([result.code, result.json()]).toMatchObject([2, { error: { code: 'FILE_UNREADABLE' } }]);
    }));
});
