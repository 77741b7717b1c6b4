import { describe, expect, it, test } from 'vitest';
import type { Channel } from '../../src/core/events.ts';
import { FAULTS } from '../../src/simulator/faults.ts';
import { SCENARIOS } from '../../src/simulator/scenarios.ts';
import { openChat } from '../support/open-chat.ts';
import { runCli, withFolder } from '../support/run-cli.ts';

const COMBINED: readonly (readonly [Channel, string, readonly string[]])[] = [
  ['miaw', 'transfer', ['drop-stream', 'duplicate-events']],
  ['miaw', 'transfer', ['payload-object', 'odd-shapes', 'unknown-event']],
  ['miaw', 'conference', ['drop-stream', 'entries-string']],
  ['miaw', 'forms', ['duplicate-events', 'create-json']],
  ['live-chat', 'transfer', ['lost-poll', 'typing-disorder']],
  ['live-chat', 'conference', ['poll-409', 'unknown-event']],
  ['live-chat', 'forms', ['lost-poll', 'instant-204']],
];

test.each(COMBINED)('over %s, %s with %j tells every text once', async (channel, name, faults) => {
  const scenario = SCENARIOS.find((entry) => entry.name === name);
  const told = (scenario?.steps ?? []).flatMap((step) =>
    'emit' in step && step.emit.type === 'message' && step.emit.format === 'text' ? [step.emit.text] : [],
  );
  await using chat = await openChat(channel, { scenario: name, faults });
  await chat.reader.until('joined');
  await chat.session.send('Where is my parcel?');
  await chat.reader.until((event) => event.type === 'message' && event.text.includes('Where is my parcel?'));
  const heard = chat.reader.events.flatMap((event) => (event.type === 'message' ? [event.text] : []));
  expect(told.map((text) => heard.filter((one) => one === text).length)).toEqual(
    told.map((text) => (heard.includes(text) ? 1 : 0)),
  );
});

describe('simulate', () => {
  it('lists every scenario and every fault', () =>
    withFolder(async (folder) => {
      const { stdout } = await runCli(['simulate', '--list'], folder);
      const missing = [...SCENARIOS, ...FAULTS].filter(
        ({ name, title }) => !stdout.includes(`  ${name}`) || !stdout.includes(title),
      );
      expect(missing).toEqual([]);
    }));

  it('names the nearest where one of several faults is not known', () =>
    withFolder(async (folder) => {
      const result = await runCli(
        ['simulate', '--scenario', 'transfer', '--fault', 'drop-stream', '--fault', 'drop-steam', '--json'],
        folder,
      );
      expect([result.code, JSON.stringify(result.json())]).toEqual([2, expect.stringContaining('drop-stream')]);
    }));
});
