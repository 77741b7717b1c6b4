import { describe, expect, test } from 'vitest';
import type { Participant } from '../../src/core/events.ts';
import type { MessagesResponse } from '../../src/protocol/live-chat.ts';
import type { SimulatedChat } from '../../src/simulator/model.ts';
import { type LiveChatStage, openLiveChatStage } from '../support/live-chat-stage.ts';
import { manualClock } from '../support/manual-clock.ts';
import { openRawVisitor, type RawAnswer, type RawVisitor } from '../support/raw-live-chat.ts';

const SAM: Participant = { name: 'Sam A', role: 'agent' };

async function openChat(stage: LiveChatStage): Promise<{ visitor: RawVisitor; chat: SimulatedChat }> {
  const visitor = await openRawVisitor(stage.values.liveAgentUrl);
  await visitor.init({}, 1);
  const chat = stage.chats.at(-1);
  if (!chat) throw new Error('no chat was opened');
  chat.emit({ type: 'joined', participant: SAM });
  return { visitor, chat };
}

function typesOf(answer: RawAnswer): readonly string[] {
  return (answer.json() as MessagesResponse).messages.map((message) => message.type);
}

const AT_FIRST = ['ChatRequestSuccess', 'ChatEstablished'];

describe('lost-poll', () => {
  test('cuts one answer, and the same ack hands it out again', async () => {
    await using stage = await openLiveChatStage({ faults: ['lost-poll'] });
    const { visitor } = await openChat(stage);
    await expect(visitor.poll(-1)).rejects.toThrow();
    expect(typesOf(await visitor.poll(-1))).toEqual(AT_FIRST);
  });

  test('hands it out again to a client without ack too', async () => {
    await using stage = await openLiveChatStage({ faults: ['lost-poll'] });
    const { visitor } = await openChat(stage);
    await expect(visitor.poll()).rejects.toThrow();
    expect(typesOf(await visitor.poll())).toEqual(AT_FIRST);
  });

  test('in mid-chat, cuts the answer after it was asked for', async () => {
    await using stage = await openLiveChatStage();
    const { visitor, chat } = await openChat(stage);
    await visitor.poll(-1);
    chat.fault('lost-poll');
    chat.emit({ type: 'typing', participant: SAM, active: true });
    await expect(visitor.poll(1)).rejects.toThrow();
    expect(typesOf(await visitor.poll(1))).toEqual(['AgentTyping']);
  });
});

describe('poll-409', () => {
  test('refuses one poll after the first news, and the chat goes on with the same ack', async () => {
    await using stage = await openLiveChatStage({ faults: ['poll-409'] });
    const { visitor, chat } = await openChat(stage);
    const first = await visitor.poll(-1);
    const second = await visitor.poll(1);
    chat.emit({ type: 'typing', participant: SAM, active: true });
    const third = await visitor.poll(1);
    expect([first.status, second.status, second.body, third.status]).toEqual([
      200,
      409,
      'Out of sync Ack. Expected 1. Actual 1',
      200,
    ]);
  });

  test('in mid-chat, refuses the poll that is held', async () => {
    await using stage = await openLiveChatStage({ pace: 1 });
    const { visitor, chat } = await openChat(stage);
    await visitor.poll(-1);
    const held = visitor.poll(1);
    chat.fault('poll-409');
    expect((await held).status).toBe(409);
  });
});

describe('lost-send', () => {
  test('a message arrives although its answer does not', async () => {
    await using stage = await openLiveChatStage({ faults: ['lost-send'] });
    const { visitor, chat } = await openChat(stage);
    await visitor.poll(-1);
    await expect(visitor.post('Chasitor/ChatMessage', { text: 'hi' }, 2)).rejects.toThrow();
    expect(await chat.nextMessage()).toBe('hi');
  });

  test('repeated under the same number it is confirmed and counts once', async () => {
    await using stage = await openLiveChatStage({ faults: ['lost-send'] });
    const { visitor, chat } = await openChat(stage);
    await visitor.poll(-1);
    await expect(visitor.post('Chasitor/ChatMessage', { text: 'hi' }, 2)).rejects.toThrow();
    const again = await visitor.post('Chasitor/ChatMessage', { text: 'hi' }, 2);
    await expect(visitor.post('Chasitor/ChatMessage', { text: 'next' }, 3)).rejects.toThrow();
    expect([again.body, await chat.nextMessage(), await chat.nextMessage()]).toEqual(['OK', 'hi', 'next']);
  });
});

describe('silence', () => {
  test('never-routed accepts the chat and never says a word', async () => {
    await using stage = await openLiveChatStage({ faults: ['never-routed'] });
    const visitor = await openRawVisitor(stage.values.liveAgentUrl);
    const accepted = await visitor.init();
    expect([accepted.body, stage.chats.length, (await visitor.poll(-1)).status]).toEqual(['OK', 0, 204]);
  });

  test('stall-stream leaves a poll without an answer, whatever happens', async () => {
    const clock = manualClock();
    await using stage = await openLiveChatStage({ clock, pace: 1, faults: ['stall-stream'] });
    const { visitor } = await openChat(stage);
    let answered = false;
    const given = new AbortController();
    const held = visitor.poll(-1, given.signal).finally(() => {
      answered = true;
    });
    await clock.waitUntilSleeping(30_000);
    clock.advance(30_000);
    await clock.waitUntilSleeping(30_000);
    given.abort();
    expect(answered).toBe(false);
    await expect(held).rejects.toThrow();
  });

  test('instant-204 answers at once where there is no news', async () => {
    const clock = manualClock();
    await using stage = await openLiveChatStage({ clock, pace: 1, faults: ['instant-204'] });
    const { visitor } = await openChat(stage);
    await visitor.poll(-1);
    expect((await visitor.poll(1)).status).toBe(204);
  });
});

describe('content', () => {
  test('unknown-event follows the arrival of the agent', async () => {
    await using stage = await openLiveChatStage({ faults: ['unknown-event'] });
    const { visitor } = await openChat(stage);
    expect(typesOf(await visitor.poll(-1))).toEqual([...AT_FIRST, 'FutureThing']);
  });

  test('unknown-event comes in mid-chat where the script says so', async () => {
    await using stage = await openLiveChatStage();
    const { visitor, chat } = await openChat(stage);
    await visitor.poll(-1);
    chat.fault('unknown-event');
    expect(typesOf(await visitor.poll(1))).toEqual(['FutureThing']);
  });

  test('odd-shapes comes between the right messages', async () => {
    await using stage = await openLiveChatStage({ faults: ['odd-shapes'] });
    const { visitor } = await openChat(stage);
    const { messages } = (await visitor.poll(-1)).json() as MessagesResponse;
    expect(messages).toContainEqual({ type: 'AnotherThing', message: null });
    expect(messages.map((message) => message.type)).toEqual(expect.arrayContaining(AT_FIRST));
  });

  test('typing-disorder stops before it starts, in one batch', async () => {
    await using stage = await openLiveChatStage({ faults: ['typing-disorder'] });
    const { visitor, chat } = await openChat(stage);
    await visitor.poll(-1);
    chat.emit({ type: 'typing', participant: SAM, active: true });
    chat.emit({ type: 'typing', participant: SAM, active: false });
    expect(typesOf(await visitor.poll(1))).toEqual(['AgentNotTyping', 'AgentTyping']);
  });

  test.each([null, 'text', [1]])('an unknown event with the odd body %j is passed on', async (odd) => {
    await using stage = await openLiveChatStage();
    const { visitor, chat } = await openChat(stage);
    await visitor.poll(-1);
    chat.emit({ type: 'unknown', wireType: 'AnotherThing', raw: odd });
    const { messages } = (await visitor.poll(1)).json() as MessagesResponse;
    expect(messages).toEqual([{ type: 'AnotherThing', message: odd }]);
  });

  test('an event after the end is dropped', async () => {
    await using stage = await openLiveChatStage();
    const { visitor, chat } = await openChat(stage);
    chat.emit({ type: 'ended', by: 'agent' });
    chat.emit({ type: 'typing', participant: SAM, active: true });
    expect(typesOf(await visitor.poll(-1))).toEqual([...AT_FIRST, 'ChatEnded']);
  });
});

describe('silence of the visitor', () => {
  const silent = { steps: [{ emit: { type: 'session', state: 'inactive' } }] } as const;

  test.each([
    [1, { isEnabled: true, warningTime: 8, timeout: 16 }],
    [0, { isEnabled: true, warningTime: 1, timeout: 2 }],
  ])('is given limits at pace %d where the script is about it', async (pace, limits) => {
    await using stage = await openLiveChatStage({ pace, scenario: silent });
    const { visitor } = await openChat(stage);
    const established = (await visitor.pollUntil('ChatEstablished')).at(-1);
    expect(established?.message).toMatchObject({ chasitorIdleTimeout: limits });
  });

  test('has no limit elsewhere', async () => {
    await using stage = await openLiveChatStage();
    const { visitor } = await openChat(stage);
    const established = (await visitor.pollUntil('ChatEstablished')).at(-1);
    expect(established?.message).toMatchObject({ chasitorIdleTimeout: { isEnabled: false } });
  });

  test('is ended by the visitor, not by the script', async () => {
    await using stage = await openLiveChatStage({ scenario: silent });
    const { visitor, chat } = await openChat(stage);
    await visitor.pollUntil('ChatEstablished');
    chat.emit({ type: 'ended', by: 'system', reason: 'inactivity' });
    await visitor.post('Chasitor/ChasitorIdleTimeoutWarningEvent', { idleTimeoutWarningEvent: 'triggered' }, 2);
    await visitor.post('Chasitor/ChatEnd', { reason: 'clientIdleTimeout' }, 3);
    const last = (await visitor.pollUntil('ChatEnded')).at(-1);
    expect(last?.message).toMatchObject({ reason: 'clientIdleTimeout' });
  });

  test('is ended by the service a little later where the visitor does not', async () => {
    const clock = manualClock();
    await using stage = await openLiveChatStage({ clock, pace: 1, scenario: silent });
    const { visitor } = await openChat(stage);
    await visitor.pollUntil('ChatEstablished');
    clock.advance(19_000);
    await visitor.post('Chasitor/ChatMessage', { text: 'still here' }, 2);
    clock.advance(19_000);
    const before = stage.openChats().length;
    await visitor.post('Chasitor/ChasitorIdleTimeoutWarningEvent', { idleTimeoutWarningEvent: 'triggered' }, 3);
    clock.advance(1000);
    const last = (await visitor.pollUntil('ChatEnded')).at(-1);
    expect([before, last?.message]).toEqual([1, expect.objectContaining({ reason: 'clientIdleTimeout' })]);
  });

  test('has no limit after the end', async () => {
    await using stage = await openLiveChatStage({ scenario: silent });
    const { visitor } = await openChat(stage);
    await visitor.pollUntil('ChatEstablished');
    await visitor.post('Chasitor/ChatEnd', { reason: 'client' }, 2);
    const last = (await visitor.pollUntil('ChatEnded')).at(-1);
    expect(last?.message).toMatchObject({ reason: 'client' });
  });
});
