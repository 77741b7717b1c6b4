import { describe, expect, it } from 'vitest';
import type { FieldName } from '../../src/core/config.ts';
import type { Channel } from '../../src/core/events.ts';
import { tellOnce } from '../../src/doctor/tell-once.ts';
import { startSimulator } from '../../src/simulator/start-simulator.ts';
import { openSession } from '../../src/transport/open-session.ts';
import { validateValues } from '../../src/values/validate.ts';
import { type Alarm, alarmsOf, CHAT, HARMLESS, MIAW, namesOf } from './failure-table.ts';
import { doctor } from './local-service.ts';

async function played(play: string, channel: Channel, agentWithinMs: number): Promise<readonly Alarm[]> {
  await using simulator = await startSimulator({ ...namesOf(play), pace: 0 });
  const { preChat, channel: _, ...texts } = simulator.values[channel];
  const values = Object.fromEntries(
    Object.entries(texts).map(([field, text]) => [
      field as FieldName,
      { text, source: { kind: 'simulator' as const } },
    ]),
  );
  const validation = validateValues({ channel, values, ...(preChat ? { preChat } : {}) });
  const found = await doctor(validation, { level: 'chat', openChat: openSession, agentWithinMs, timeoutMs: 1500 });
  return tellOnce(Object.values(found));
}

describe('a failure that a test chat shows', () => {
  it.each(CHAT)('$row: $play over $channel is $cause and nothing else', async (expected) => {
    const { play, channel, status = 'fail', check, cause, step } = expected;
    expect(alarmsOf(await played(play, channel, 700))).toEqual([[check, status, cause, step]]);
  });
});

describe('a pre-chat value that Salesforce would refuse', () => {
  it('fails once, and no chat is opened for it', async () => {
    const found = await played('field-short', MIAW, 700);
    expect(found.filter(({ status }) => status === 'fail').map(({ id }) => id)).toEqual(['service.pre-chat']);
    expect(found.find(({ id }) => id === 'chat.open')?.status).toBe('skip');
  });
});

describe('a fault that a right client copes with', () => {
  it.each(HARMLESS)('%i: %s over %s raises no alarm', async (_, play, channel) => {
    expect(alarmsOf(await played(play, channel, 10_000))).toEqual([]);
  });
});
