import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Participant } from '../../src/core/events.ts';
import type { LiveChatMessage, MessagesResponse } from '../../src/protocol/live-chat.ts';
import type { SimulatedChat } from '../../src/simulator/model.ts';
import { type LiveChatStage, openLiveChatStage } from '../support/live-chat-stage.ts';
import { openRawVisitor, type RawAnswer, type RawVisitor, raw } from '../support/raw-live-chat.ts';

const SAM: Participant = { name: 'Sam A', role: 'agent' };
const RESYNC = { organizationId: '00D8Z000001kQ7P' };

interface Talk {
  readonly visitor: RawVisitor;
  readonly chat: SimulatedChat;
  /** The offset of the last answer with messages. */
  readonly offset: number;
}

async function openTalk(stage: LiveChatStage): Promise<Talk> {
  const visitor = await openRawVisitor(stage.values.liveAgentUrl);
  await visitor.init({}, 1);
  const chat = stage.chats.at(-1);
  if (!chat) throw new Error('no chat was opened');
  chat.emit({ type: 'joined', participant: SAM });
  says(chat, 'Hello');
  const { offset = -1 } = batch(await visitor.poll(-1));
  return { visitor, chat, offset };
}

function says(chat: SimulatedChat, text: string): void {
  chat.emit({ type: 'message', id: '', from: SAM, text, format: 'text' });
}

function batch(answer: RawAnswer): MessagesResponse {
  return answer.json() as MessagesResponse;
}

function summary(messages: readonly LiveChatMessage[]): readonly string[] {
  return messages.map(({ type, message }) => (type === 'ChatMessage' ? (message as { text: string }).text : type));
}

function reconnect(stage: LiveChatStage, visitor: RawVisitor, offset?: number, affinity = 'null'): Promise<RawAnswer> {
  const query = offset === undefined ? '' : `?ReconnectSession.offset=${offset}`;
  return raw(`${stage.values.liveAgentUrl}/rest/System/ReconnectSession${query}`, {
    headers: { ...visitor.headers(), 'X-LIVEAGENT-AFFINITY': affinity },
  });
}

/** Reconnects and goes on with the new affinity. */
async function comeBack(stage: LiveChatStage, visitor: RawVisitor, offset?: number): Promise<void> {
  const { messages } = batch(await reconnect(stage, visitor, offset));
  visitor.affinity = (messages[0]?.message as { affinityToken: string } | undefined)?.affinityToken ?? 'none';
}

describe('losing the server', () => {
  test('every request under the old affinity is refused as unavailable', async () => {
    await using stage = await openLiveChatStage();
    const { visitor, chat } = await openTalk(stage);
    chat.fault('drop-affinity');
    const answers = [await visitor.poll(2), await visitor.post('Chasitor/ChatMessage', { text: 'hi' }, 2)];
    expect(answers.map((answer) => answer.status)).toEqual([503, 503]);
  });

  test('a held poll is refused at once', async () => {
    await using stage = await openLiveChatStage({ pace: 1 });
    const { visitor, chat } = await openTalk(stage);
    const held = visitor.poll(2);
    chat.fault('drop-affinity');
    expect((await held).status).toBe(503);
  });

  test('where the script comes too early, it happens once the agent is there', async () => {
    await using stage = await openLiveChatStage();
    const visitor = await openRawVisitor(stage.values.liveAgentUrl);
    await visitor.init();
    stage.chats[0]?.fault('drop-affinity');
    stage.chats[0]?.emit({ type: 'joined', participant: SAM });
    const answers = [await visitor.poll(-1), await visitor.poll(1)];
    expect(answers.map((answer) => answer.status)).toEqual([200, 503]);
  });

  test('from the start, it happens once the agent is there', async () => {
    await using stage = await openLiveChatStage({ faults: ['drop-affinity'] });
    const { visitor } = await openTalk(stage);
    expect((await visitor.poll(2)).status).toBe(503);
  });
});

describe('ReconnectSession', () => {
  test('answers a new affinity token in the shape of the neutral fixture', async () => {
    await using stage = await openLiveChatStage();
    const { visitor, chat, offset } = await openTalk(stage);
    chat.fault('drop-affinity');
    const file = new URL('../fixtures/wire/live-chat/reconnect-response.json', import.meta.url);
    const answer = batch(await reconnect(stage, visitor, offset));
    const fixture = JSON.parse(readFileSync(file, 'utf8')) as MessagesResponse;
    const affinityToken = expect.stringMatching(/^[0-9a-f]{8}$/);
    expect(answer).toEqual({ messages: [{ ...fixture.messages[0], message: { resetSequence: true, affinityToken } }] });
  });

  test('may come with the old affinity', async () => {
    await using stage = await openLiveChatStage();
    const { visitor, chat, offset } = await openTalk(stage);
    chat.fault('drop-affinity');
    expect((await reconnect(stage, visitor, offset, visitor.affinity)).status).toBe(200);
  });

  test('is not allowed where nothing was lost', async () => {
    await using stage = await openLiveChatStage();
    const { visitor, offset } = await openTalk(stage);
    expect((await reconnect(stage, visitor, offset)).status).toBe(405);
  });

  test('with an unknown key meets no session', async () => {
    await using stage = await openLiveChatStage();
    const { visitor } = await openTalk(stage);
    const headers = { ...visitor.headers(), 'X-LIVEAGENT-SESSION-KEY': 'unknown' };
    const url = `${stage.values.liveAgentUrl}/rest/System/ReconnectSession`;
    expect((await raw(url, { headers })).status).toBe(403);
  });
});

describe('after a reconnect', () => {
  test('the first batch starts with everything said so far', async () => {
    await using stage = await openLiveChatStage();
    const { visitor, chat, offset } = await openTalk(stage);
    await visitor.post('Chasitor/ChatMessage', { text: 'Hi' }, 2);
    chat.fault('drop-affinity');
    await comeBack(stage, visitor, offset);
    const { messages, sequence } = batch(await visitor.poll(-1));
    const said = (messages[0]?.message as { chatMessages?: readonly object[] } | undefined)?.chatMessages;
    expect([sequence, messages[0]?.type, said]).toEqual([
      0,
      'ChasitorSessionData',
      [
        { type: 'Agent', name: 'Sam A', content: 'Hello', timestamp: expect.any(Number), sequence: 1 },
        { type: 'Chasitor', name: 'Robin Example', content: 'Hi', timestamp: expect.any(Number), sequence: 2 },
      ],
    ]);
  });

  test('a client that goes on with its old ack is understood once', async () => {
    await using stage = await openLiveChatStage();
    const { visitor, chat, offset } = await openTalk(stage);
    chat.fault('drop-affinity');
    await comeBack(stage, visitor, offset);
    const answers = [await visitor.poll(2), await visitor.poll(2)];
    expect(answers.map((answer) => answer.status)).toEqual([200, 409]);
  });

  test('what was not handed out before follows, and nothing twice', async () => {
    await using stage = await openLiveChatStage();
    const { visitor, chat, offset } = await openTalk(stage);
    says(chat, 'in between');
    chat.fault('drop-affinity');
    await comeBack(stage, visitor, offset);
    const { messages } = batch(await visitor.poll(-1));
    expect(summary(messages)).toEqual(['ChasitorSessionData', 'in between']);
    expect(JSON.stringify(messages[0])).not.toContain('in between');
  });

  test('what came after the offset the client knows is handed out again', async () => {
    await using stage = await openLiveChatStage();
    const { visitor, chat, offset } = await openTalk(stage);
    says(chat, 'in an answer that was lost');
    await visitor.poll(2);
    chat.fault('drop-affinity');
    await comeBack(stage, visitor, offset);
    expect(summary(batch(await visitor.poll(-1)).messages)).toContain('in an answer that was lost');
  });

  test('a client without an offset gets only what was never handed out', async () => {
    await using stage = await openLiveChatStage();
    const { visitor, chat } = await openTalk(stage);
    chat.fault('drop-affinity');
    await comeBack(stage, visitor);
    expect(summary(batch(await visitor.poll(-1)).messages)).toEqual(['ChasitorSessionData']);
  });

  test('nothing can be sent before the state is resynchronised', async () => {
    await using stage = await openLiveChatStage();
    const { visitor, chat, offset } = await openTalk(stage);
    chat.fault('drop-affinity');
    await comeBack(stage, visitor, offset);
    expect((await visitor.post('Chasitor/ChatMessage', { text: 'too early' }, 1)).status).toBe(500);
  });

  test.each([undefined, 1])('the chat goes on after ChasitorResyncState with the number %s', async (sequence) => {
    await using stage = await openLiveChatStage();
    const { visitor, chat, offset } = await openTalk(stage);
    await visitor.post('Chasitor/ChasitorTyping', {}, 2);
    chat.fault('drop-affinity');
    await comeBack(stage, visitor, offset);
    await visitor.post('Chasitor/ChasitorResyncState', RESYNC, sequence);
    const sent = await visitor.post('Chasitor/ChatMessage', { text: 'still here' }, (sequence ?? 0) + 1);
    expect([sent.body, await chat.nextMessage()]).toEqual(['OK', 'still here']);
  });

  test('a chat can be ended without resynchronising', async () => {
    await using stage = await openLiveChatStage();
    const { visitor, chat, offset } = await openTalk(stage);
    chat.fault('drop-affinity');
    await comeBack(stage, visitor, offset);
    expect((await visitor.post('Chasitor/ChatEnd', { reason: 'client' })).body).toBe('OK');
  });
});

describe('ResyncSession, the older way', () => {
  test.each([
    ['query', (id: string) => `?SessionId=${id}`],
    ['path', (id: string) => `/${id}`],
  ])('gives a new key and affinity for the id in the %s', async (_, write) => {
    await using stage = await openLiveChatStage();
    const { visitor, chat } = await openTalk(stage);
    chat.fault('drop-affinity');
    const url = `${stage.values.liveAgentUrl}/rest/System/ResyncSession${write(visitor.id)}`;
    const answer = (await raw(url, { headers: visitor.headers() })).json() as Record<string, string>;
    const headers = {
      ...visitor.headers(),
      'X-LIVEAGENT-SESSION-KEY': answer.key ?? '',
      'X-LIVEAGENT-AFFINITY': answer.affinityToken ?? '',
    };
    const polled = await raw(`${stage.values.liveAgentUrl}/rest/System/Messages?ack=-1`, { headers });
    expect([answer.isValid, summary(batch(polled).messages)]).toEqual([true, ['ChasitorSessionData']]);
  });

  test('makes the old key void', async () => {
    await using stage = await openLiveChatStage();
    const { visitor } = await openTalk(stage);
    const url = `${stage.values.liveAgentUrl}/rest/System/ResyncSession?SessionId=${visitor.id}`;
    const answer = (await raw(url, { headers: visitor.headers() })).json() as Record<string, string>;
    visitor.affinity = answer.affinityToken ?? '';
    expect((await visitor.poll(-1)).status).toBe(403);
  });

  test('says so where there is no such session', async () => {
    await using stage = await openLiveChatStage();
    const { visitor } = await openTalk(stage);
    const url = `${stage.values.liveAgentUrl}/rest/System/ResyncSession?SessionId=unknown`;
    expect((await raw(url, { headers: visitor.headers() })).json()).toEqual({ isValid: false });
  });
});
