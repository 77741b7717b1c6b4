import { request } from 'node:http';
import { describe, expect, test } from 'vitest';
import type { Participant } from '../../src/core/events.ts';
import type { MessagesResponse } from '../../src/protocol/live-chat.ts';
import type { SimulatedChat } from '../../src/simulator/model.ts';
import { type LiveChatStage, openLiveChatStage } from '../support/live-chat-stage.ts';
import { manualClock } from '../support/manual-clock.ts';
import { openRawVisitor, type RawAnswer, type RawVisitor } from '../support/raw-live-chat.ts';

const SAM: Participant = { name: 'Sam A', role: 'agent' };
const OUT_OF_SYNC = 'Out of sync Ack. Expected 9. Actual 0';

async function openChat(stage: LiveChatStage): Promise<{ visitor: RawVisitor; chat: SimulatedChat }> {
  const visitor = await openRawVisitor(stage.values.liveAgentUrl);
  await visitor.init();
  const chat = stage.chats.at(-1);
  if (!chat) throw new Error('no chat was opened');
  return { visitor, chat };
}

function typesOf(answer: RawAnswer): readonly string[] {
  return (answer.json() as MessagesResponse).messages.map((message) => message.type);
}

function sequenceOf(answer: RawAnswer): number | undefined {
  return (answer.json() as MessagesResponse).sequence;
}

describe('numbering', () => {
  test('the first single message of a session has sequence 0', async () => {
    await using stage = await openLiveChatStage();
    const { visitor, chat } = await openChat(stage);
    chat.emit({ type: 'queued', position: 1 });
    expect(sequenceOf(await visitor.poll(-1))).toBe(0);
  });

  test('sequence counts messages over the session, not answers', async () => {
    await using stage = await openLiveChatStage();
    const { visitor, chat } = await openChat(stage);
    chat.emit({ type: 'joined', participant: SAM });
    const first = sequenceOf(await visitor.poll(-1));
    chat.emit({ type: 'typing', participant: SAM, active: true });
    chat.emit({ type: 'typing', participant: SAM, active: false });
    expect([first, sequenceOf(await visitor.poll(1))]).toEqual([1, 3]);
  });

  test('every answer with messages has an offset that grows', async () => {
    await using stage = await openLiveChatStage();
    const { visitor, chat } = await openChat(stage);
    chat.emit({ type: 'queued', position: 1 });
    const first = (await visitor.poll(-1)).json() as MessagesResponse;
    chat.emit({ type: 'queued', position: 0 });
    const second = (await visitor.poll(0)).json() as MessagesResponse;
    expect(second.offset).toBeGreaterThan(first.offset ?? Number.POSITIVE_INFINITY);
  });
});

describe('acknowledgement', () => {
  test('the same ack hands out the same messages again', async () => {
    await using stage = await openLiveChatStage();
    const { visitor, chat } = await openChat(stage);
    chat.emit({ type: 'joined', participant: SAM });
    const first = typesOf(await visitor.poll(-1));
    expect(typesOf(await visitor.poll(-1))).toEqual(first);
  });

  test('what was acknowledged is not handed out again', async () => {
    await using stage = await openLiveChatStage();
    const { visitor, chat } = await openChat(stage);
    chat.emit({ type: 'queued' });
    await visitor.poll(-1);
    chat.emit({ type: 'joined', participant: SAM });
    expect(typesOf(await visitor.poll(0))).toEqual(['ChatEstablished']);
  });

  test('a client that sends no ack gets each message once', async () => {
    await using stage = await openLiveChatStage();
    const { visitor, chat } = await openChat(stage);
    chat.emit({ type: 'queued' });
    await visitor.poll();
    chat.emit({ type: 'joined', participant: SAM });
    expect(typesOf(await visitor.poll())).toEqual(['ChatEstablished']);
  });

  test('an ack ahead of what was delivered is out of sync and leaves the chat alone', async () => {
    await using stage = await openLiveChatStage();
    const { visitor, chat } = await openChat(stage);
    chat.emit({ type: 'queued' });
    await visitor.poll(-1);
    const answer = await visitor.poll(9);
    expect([answer.status, answer.body, chat.over.aborted]).toEqual([409, OUT_OF_SYNC, false]);
  });

  test('an ack that goes back past an acknowledged message is out of sync', async () => {
    await using stage = await openLiveChatStage();
    const { visitor, chat } = await openChat(stage);
    chat.emit({ type: 'queued' });
    await visitor.poll(-1);
    chat.emit({ type: 'queued' });
    await visitor.poll(0);
    expect((await visitor.poll(-1)).status).toBe(409);
  });

  test('an ack that is no number is a bad request', async () => {
    await using stage = await openLiveChatStage();
    const { visitor } = await openChat(stage);
    expect((await visitor.poll(Number.NaN)).status).toBe(400);
  });

  test('the poll counter of some clients is of no importance', async () => {
    await using stage = await openLiveChatStage();
    const { visitor, chat } = await openChat(stage);
    chat.emit({ type: 'queued' });
    const url = `${stage.values.liveAgentUrl}/rest/System/Messages?ack=-1&pc=0`;
    expect((await fetch(url, { headers: visitor.headers() })).status).toBe(200);
  });
});

describe('holding', () => {
  test('a poll without news ends with an empty 204 after thirty seconds', async () => {
    const clock = manualClock();
    await using stage = await openLiveChatStage({ clock, pace: 1 });
    const { visitor } = await openChat(stage);
    const held = visitor.poll(-1);
    await clock.waitUntilSleeping(30_000);
    clock.advance(30_000);
    const answer = await held;
    expect([answer.status, answer.body]).toEqual([204, '']);
  });

  test('at pace 0 a poll without news ends after a quarter of a second', async () => {
    const clock = manualClock();
    await using stage = await openLiveChatStage({ clock, pace: 0 });
    const { visitor } = await openChat(stage);
    const held = visitor.poll(-1);
    await clock.waitUntilSleeping(250);
    clock.advance(250);
    expect((await held).status).toBe(204);
  });

  test('a message wakes the poll, and those of the next moment come along', async () => {
    const clock = manualClock();
    await using stage = await openLiveChatStage({ clock, pace: 1 });
    const { visitor, chat } = await openChat(stage);
    const held = visitor.poll(-1);
    await clock.waitUntilSleeping(30_000);
    chat.emit({ type: 'queued', position: 2 });
    await clock.waitUntilSleeping(50);
    chat.emit({ type: 'queued', position: 1 });
    clock.advance(50);
    expect(typesOf(await held)).toEqual(['ChatRequestSuccess', 'QueueUpdate']);
  });

  test('a second poll is refused, and the first one gets the end of the chat', async () => {
    await using stage = await openLiveChatStage({ pace: 1 });
    const { visitor, chat } = await openChat(stage);
    chat.emit({ type: 'queued' });
    await visitor.poll(-1);
    const both = await Promise.all([visitor.poll(0), visitor.poll(0)]);
    const held = both.find((answer) => answer.status === 200);
    expect([both.map((answer) => answer.status).sort(), held && typesOf(held)]).toEqual([[200, 409], ['ChatEnded']]);
  });

  test('a second poll ends the chat for the script', async () => {
    await using stage = await openLiveChatStage({ pace: 1 });
    const { visitor, chat } = await openChat(stage);
    await Promise.all([visitor.poll(-1), visitor.poll(-1)]);
    expect([chat.over.aborted, stage.openChats()]).toEqual([true, []]);
  });

  test('a poll whose client has hung up does not stand in the way of the next', async () => {
    const clock = manualClock();
    await using stage = await openLiveChatStage({ clock, pace: 1 });
    const { visitor, chat } = await openChat(stage);
    const abandoned = request(`${stage.values.liveAgentUrl}/rest/System/Messages?ack=-1`, {
      headers: visitor.headers(),
    });
    abandoned.on('error', () => undefined).end();
    await clock.waitUntilSleeping(30_000);
    abandoned.destroy();
    const next = visitor.poll(-1);
    await clock.waitUntilSleeping(30_000);
    chat.emit({ type: 'queued' });
    await clock.waitUntilSleeping(50);
    clock.advance(50);
    expect((await next).status).toBe(200);
  });

  test('nothing is lost with a client that has hung up', async () => {
    const clock = manualClock();
    await using stage = await openLiveChatStage({ clock, pace: 1 });
    const { visitor, chat } = await openChat(stage);
    const abandoned = request(`${stage.values.liveAgentUrl}/rest/System/Messages`, { headers: visitor.headers() });
    abandoned.on('error', () => undefined).end();
    await clock.waitUntilSleeping(30_000);
    abandoned.destroy();
    await clock.waitUntilSleeping(45_000);
    chat.emit({ type: 'queued' });
    expect(typesOf(await visitor.poll())).toEqual(['ChatRequestSuccess']);
  });
});

describe('expiry', () => {
  test('a session that asks for no chat within forty seconds is gone', async () => {
    const clock = manualClock();
    await using stage = await openLiveChatStage({ clock });
    const visitor = await openRawVisitor(stage.values.liveAgentUrl);
    clock.advance(40_000);
    await Promise.resolve();
    const answer = await visitor.init();
    expect([answer.status, answer.body]).toEqual([403, 'Session required but was invalid or not found']);
  });

  test('a chat that nobody polls for forty-five seconds is gone', async () => {
    const clock = manualClock();
    await using stage = await openLiveChatStage({ clock });
    const { visitor, chat } = await openChat(stage);
    clock.advance(45_000);
    await Promise.resolve();
    expect([(await visitor.poll(-1)).status, chat.over.aborted]).toEqual([403, true]);
  });

  test('one second before that it is still there', async () => {
    const clock = manualClock();
    await using stage = await openLiveChatStage({ clock });
    const { visitor, chat } = await openChat(stage);
    chat.emit({ type: 'queued' });
    clock.advance(44_000);
    expect((await visitor.poll(-1)).status).toBe(200);
  });

  test('a poll starts the limit anew', async () => {
    const clock = manualClock();
    await using stage = await openLiveChatStage({ clock });
    const { visitor, chat } = await openChat(stage);
    chat.emit({ type: 'queued' });
    clock.advance(44_000);
    await visitor.poll(-1);
    clock.advance(44_000);
    chat.emit({ type: 'queued' });
    expect((await visitor.poll(0)).status).toBe(200);
  });

  test('a poll before the chat is asked for does not keep the session alive', async () => {
    const clock = manualClock();
    await using stage = await openLiveChatStage({ clock });
    const visitor = await openRawVisitor(stage.values.liveAgentUrl);
    const held = visitor.poll(-1);
    await clock.waitUntilSleeping(250);
    clock.advance(40_000);
    await held;
    expect((await visitor.init()).status).toBe(403);
  });

  test('a chat that has ended hands out the end, then refuses polls and actions alike', async () => {
    await using stage = await openLiveChatStage();
    const { visitor, chat } = await openChat(stage);
    chat.emit({ type: 'joined', participant: SAM });
    chat.emit({ type: 'ended', by: 'agent' });
    const last = await visitor.poll(-1);
    const after = await visitor.poll(2);
    const late = await visitor.post('Chasitor/ChatMessage', { text: 'too late' });
    expect([typesOf(last).at(-1), after.status, late.status]).toEqual(['ChatEnded', 403, 403]);
  });
});
