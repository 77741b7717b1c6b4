import { describe, expect, test } from 'vitest';
import { SCENARIOS } from '../../src/simulator/scenarios.ts';
import { startSimulator } from '../../src/simulator/start-simulator.ts';
import { openRawVisitor, type RawVisitor } from '../support/raw-live-chat.ts';

/** Plays a scenario without waits up to the last type; a line is said after each of the others has come. */
async function play(scenario: string, until: readonly string[]) {
  await using simulator = await startSimulator({ scenario, pace: 0 });
  const visitor = await openRawVisitor(simulator.urls['live-chat']);
  await visitor.init();
  const types: string[] = [];
  for (const [index, type] of until.entries()) {
    if (index > 0) await visitor.post('Chasitor/ChatMessage', { text: `line ${index}` });
    types.push(...(await visitor.pollUntil(type)).map((message) => message.type));
  }
  const played = types.slice(0, types.lastIndexOf(until.at(-1) ?? '') + 1);
  return played.filter((type) => type !== 'AgentTyping' && type !== 'AgentNotTyping');
}

describe('the scenarios on this wire', () => {
  test.each<[string, readonly string[], readonly string[]]>([
    [
      'happy-path',
      ['ChatEstablished', 'AgentNotTyping'],
      ['ChatRequestSuccess', 'QueueUpdate', 'ChatEstablished', 'ChatMessage', 'ChatMessage', 'ChatMessage'],
    ],
    ['queue', ['ChatEstablished'], ['ChatRequestSuccess', 'QueueUpdate', 'QueueUpdate', 'ChatEstablished']],
    [
      'bot-first',
      ['RichMessage', 'ChatTransferred'],
      [
        'ChatRequestSuccess',
        'ChatEstablished',
        'RichMessage',
        'ChatMessage',
        'TransferToButtonInitiated',
        'ChatTransferred',
      ],
    ],
    [
      'transfer-failed',
      ['ChatEstablished', 'ChatResumedAfterTransfer'],
      ['ChatRequestSuccess', 'ChatEstablished', 'ChatMessage', 'TransferToButtonInitiated', 'ChatResumedAfterTransfer'],
    ],
    [
      'conference',
      ['ChatEstablished', 'AgentLeftConference'],
      [
        'ChatRequestSuccess',
        'ChatEstablished',
        'ChatMessage',
        'AgentJoinedConference',
        'ChatMessage',
        'AgentLeftConference',
      ],
    ],
    [
      'agent-ends',
      ['ChatEstablished', 'ChatEnded'],
      ['ChatRequestSuccess', 'ChatEstablished', 'ChatMessage', 'ChatMessage', 'ChatEnded'],
    ],
    ['nobody', ['ChatRequestFail'], ['ChatRequestFail']],
    ['declined', ['ChatRequestFail'], ['ChatRequestSuccess', 'QueueUpdate', 'ChatRequestFail']],
    ['ghost-agent', ['AgentDisconnect'], ['ChatRequestSuccess', 'ChatEstablished', 'AgentDisconnect']],
  ])('%s', async (scenario, until, types) => {
    expect(await play(scenario, until)).toEqual(types);
  });

  test('transfers are told once, also where the agent left before', async () => {
    const types = await play('transfer-abrupt', ['ChatEstablished', 'ChatTransferred']);
    expect(types.slice(3)).toEqual(['AgentDisconnect', 'TransferToButtonInitiated', 'ChatTransferred']);
  });

  test('a lost server costs no message', async () => {
    await using simulator = await startSimulator({ scenario: 'server-moved', pace: 0.02 });
    const visitor = await openRawVisitor(simulator.urls['live-chat']);
    await visitor.init();
    const texts = await collectTexts(visitor, `${simulator.urls['live-chat']}/rest`, 3);
    expect(texts).toEqual(['first', 'second', 'third']);
  });

  test.each(SCENARIOS.map((scenario) => scenario.name))(
    '%s leaves no chat open once the visitor has ended it',
    async (scenario) => {
      await using simulator = await startSimulator({ scenario, pace: 0 });
      const visitor = await openRawVisitor(simulator.urls['live-chat']);
      await visitor.init();
      await visitor.post('Chasitor/ChatEnd', { reason: 'client' });
      expect(simulator.openChats()).toEqual([]);
    },
  );
});

test('disposing frees a held poll and kills its chat', async () => {
  const simulator = await startSimulator({ scenario: 'never-routed', pace: 1 });
  const visitor = await openRawVisitor(simulator.urls['live-chat']);
  await visitor.init();
  const held = visitor.poll(-1).catch(() => 'broken');
  await simulator.waitForRequest((request) => request.path.endsWith('/Messages'));
  await simulator[Symbol.asyncDispose]();
  expect([await held, simulator.openChats()]).toEqual(['broken', []]);
});

test('the journal names the channel and masks the session key', async () => {
  await using simulator = await startSimulator({ scenario: 'never-routed', pace: 0 });
  const visitor = await openRawVisitor(simulator.urls['live-chat']);
  await visitor.init();
  expect([simulator.journal[1]?.channel, JSON.stringify(simulator.journal).includes(visitor.key)]).toEqual([
    'live-chat',
    false,
  ]);
});

/** Polls as a client does that reconnects on 503; gives the ordinal word of each message, from transcripts too. */
async function collectTexts(visitor: RawVisitor, rest: string, count: number): Promise<readonly string[]> {
  const seen = new Set<string>();
  let ack = -1;
  while (seen.size < count) {
    const answer = await visitor.poll(ack);
    if (answer.status === 503) {
      const response = await fetch(`${rest}/System/ReconnectSession`, { headers: visitor.headers() });
      visitor.affinity = /"affinityToken":"(\w+)"/.exec(await response.text())?.[1] ?? '';
      ack = -1;
    } else if (answer.status === 200) {
      for (const [, word] of answer.body.matchAll(/This is the (\w+) message/g)) seen.add(word ?? '');
      ack = (answer.json() as { sequence: number }).sequence;
    }
  }
  return [...seen];
}
