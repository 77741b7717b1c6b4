import { describe, expect, test } from 'vitest';
import type { Participant } from '../../src/core/events.ts';
import type { SimulatedChat } from '../../src/simulator/model.ts';
import { type LiveChatStage, openLiveChatStage } from '../support/live-chat-stage.ts';
import { openRawVisitor, type RawVisitor, raw } from '../support/raw-live-chat.ts';

const SAM: Participant = { name: 'Sam A', role: 'agent' };

async function openEstablished(stage: LiveChatStage): Promise<{ visitor: RawVisitor; chat: SimulatedChat }> {
  const visitor = await openRawVisitor(stage.values.liveAgentUrl);
  await visitor.init({}, 1);
  const chat = stage.chats.at(-1);
  if (!chat) throw new Error('no chat was opened');
  chat.emit({ type: 'joined', participant: SAM });
  await visitor.pollUntil('ChatEstablished');
  return { visitor, chat };
}

describe('what a visitor can do in an established chat', () => {
  test.each([
    ['ChatMessage', { text: 'hi' }],
    ['ChasitorTyping', {}],
    ['ChasitorTyping', ''],
    ['ChasitorNotTyping', {}],
    ['ChasitorSneakPeek', { position: 0, text: 'half' }],
    ['CustomEvent', { type: 'survey', data: '{}' }],
    ['ChasitorIdleTimeoutWarningEvent', { idleTimeoutWarningEvent: 'triggered' }],
    ['ChasitorIdleTimeoutWarningEvent', { idleTimeoutWarningEvent: 'cleared' }],
    ['SensitiveDataRuleTriggered', { rules: [{ id: '0GO8Z0000008Lk2', name: 'Card' }] }],
    ['RichMessage', { actions: [{ type: 'ChatWindowButton', index: 0 }] }],
    ['ChasitorResyncState', { organizationId: '00D8Z000001kQ7P' }],
  ])('%s with %j is answered OK', async (noun, body) => {
    await using stage = await openLiveChatStage();
    const { visitor } = await openEstablished(stage);
    const answer = await visitor.post(`Chasitor/${noun}`, body);
    expect([answer.status, answer.body]).toEqual([200, 'OK']);
  });

  test.each([
    ['ChatMessage', {}],
    ['ChatMessage', { text: 7 }],
    ['ChasitorSneakPeek', { text: 'half' }],
    ['ChasitorSneakPeek', { position: 0 }],
    ['CustomEvent', { type: 'survey' }],
    ['ChasitorIdleTimeoutWarningEvent', { idleTimeoutWarningEvent: 'maybe' }],
    ['SensitiveDataRuleTriggered', {}],
    ['RichMessage', {}],
    ['ChasitorResyncState', {}],
  ])('%s with %j is a bad request', async (noun, body) => {
    await using stage = await openLiveChatStage();
    const { visitor } = await openEstablished(stage);
    expect((await visitor.post(`Chasitor/${noun}`, body)).status).toBe(400);
  });

  test('the script hears messages in their order', async () => {
    await using stage = await openLiveChatStage();
    const { visitor, chat } = await openEstablished(stage);
    await visitor.post('Chasitor/ChatMessage', { text: 'one' });
    await visitor.post('Chasitor/ChatMessage', { text: 'two' });
    expect([await chat.nextMessage(), await chat.nextMessage()]).toEqual(['one', 'two']);
  });

  test('a choice is heard by the title of what was chosen', async () => {
    await using stage = await openLiveChatStage();
    const { visitor, chat } = await openEstablished(stage);
    const options = [
      { id: 'a', title: 'Delivery' },
      { id: 'b', title: 'Refund' },
    ];
    chat.emit({ type: 'message', id: '', from: SAM, text: 'Pick', format: 'choices', options });
    await visitor.post('Chasitor/RichMessage', { actions: [{ type: 'ChatWindowMenu', index: 1 }] });
    expect(await chat.nextMessage()).toBe('Refund');
  });

  test('waiting for a message ends with the chat', async () => {
    await using stage = await openLiveChatStage();
    const { visitor, chat } = await openEstablished(stage);
    const waiting = chat.nextMessage();
    void visitor.post('Chasitor/ChatEnd', { reason: 'client' });
    await expect(waiting).rejects.toMatchObject({ code: 'CHAT_ENDED_EARLY' });
  });
});

describe('ending a chat', () => {
  test.each([
    ['client', { reason: 'client' }],
    ['client', { ChatEndReason: { reason: 'client' } }],
    ['client', { type: 'ChatEndReason', reason: 'client' }],
    ['client', {}],
    ['client', ''],
    ['client', { reason: 7 }],
    ['clientIdleTimeout', { reason: 'clientIdleTimeout' }],
    ['clientIdleTimeout', { ChatEndReason: { reason: 'clientIdleTimeout' } }],
  ])('yields ChatEnded with the reason %s for %j', async (reason, body) => {
    await using stage = await openLiveChatStage();
    const { visitor } = await openEstablished(stage);
    await visitor.post('Chasitor/ChatEnd', body);
    const messages = await visitor.pollUntil('ChatEnded');
    expect(messages.at(-1)).toEqual({
      type: 'ChatEnded',
      message: { reason, attachedRecords: [expect.stringMatching(/^500/)] },
    });
  });

  test.each(['ChatEnd', 'ChatCancel'])('%s works while the visitor is still in the queue', async (noun) => {
    await using stage = await openLiveChatStage();
    const visitor = await openRawVisitor(stage.values.liveAgentUrl);
    await visitor.init();
    const answer = await visitor.post(`Chasitor/${noun}`, {});
    expect([answer.body, stage.openChats()]).toEqual(['OK', []]);
  });

  test('before there is a chat it is a server error', async () => {
    await using stage = await openLiveChatStage();
    const visitor = await openRawVisitor(stage.values.liveAgentUrl);
    expect((await visitor.post('Chasitor/ChatEnd', {})).status).toBe(500);
  });

  test('after the agent has ended it meets no session', async () => {
    await using stage = await openLiveChatStage();
    const { visitor, chat } = await openEstablished(stage);
    chat.emit({ type: 'ended', by: 'agent' });
    expect((await visitor.post('Chasitor/ChatEnd', {})).status).toBe(403);
  });
});

describe('X-LIVEAGENT-SEQUENCE', () => {
  test.each([[[0, 1, 2]], [[1, 2, 3]], [[7, 8, 9]]])('may start anywhere and grow by one: %j', async (numbers) => {
    await using stage = await openLiveChatStage();
    const visitor = await openRawVisitor(stage.values.liveAgentUrl);
    const answers = [];
    for (const number of numbers) answers.push((await visitor.post('WebEvent/Any', {}, number)).status);
    expect(answers).toEqual([200, 200, 200]);
  });

  test('a repeated number is answered OK and acted upon once', async () => {
    await using stage = await openLiveChatStage();
    const { visitor, chat } = await openEstablished(stage);
    await visitor.post('Chasitor/ChatMessage', { text: 'once' }, 2);
    const again = await visitor.post('Chasitor/ChatMessage', { text: 'once' }, 2);
    await visitor.post('Chasitor/ChatMessage', { text: 'next' }, 3);
    expect([again.body, await chat.nextMessage(), await chat.nextMessage()]).toEqual(['OK', 'once', 'next']);
  });

  test('a gap is told with what was sent and what was last taken', async () => {
    await using stage = await openLiveChatStage();
    const { visitor } = await openEstablished(stage);
    const answer = await visitor.post('Chasitor/ChasitorTyping', {}, 498);
    expect([answer.status, answer.body]).toEqual([409, 'Out of sync Ack. Expected 498. Actual 1']);
  });

  test('after a gap the chat goes on with the number that follows', async () => {
    await using stage = await openLiveChatStage();
    const { visitor } = await openEstablished(stage);
    await visitor.post('Chasitor/ChasitorTyping', {}, 498);
    expect((await visitor.post('Chasitor/ChasitorTyping', {}, 2)).status).toBe(200);
  });

  test.each([2, 3])('after a refused request with number 2 the client may go on with %i', async (number) => {
    await using stage = await openLiveChatStage();
    const { visitor } = await openEstablished(stage);
    await visitor.post('Chasitor/ChatMessage', {}, 2);
    expect((await visitor.post('Chasitor/ChatMessage', { text: 'hi' }, number)).status).toBe(200);
  });

  test('what is no number is a bad request', async () => {
    await using stage = await openLiveChatStage();
    const { visitor } = await openEstablished(stage);
    expect((await visitor.post('Chasitor/ChasitorTyping', {}, Number.NaN)).status).toBe(400);
  });
});

describe('MultiNoun', () => {
  test.each(['object', 'data'])('carries out its nouns in order, with the body under %s', async (field) => {
    await using stage = await openLiveChatStage();
    const { visitor, chat } = await openEstablished(stage);
    const nouns = ['one', 'two'].map((text) => ({ prefix: 'Chasitor', noun: 'ChatMessage', [field]: { text } }));
    const answer = await visitor.post('System/MultiNoun', { nouns }, 2);
    expect([answer.body, await chat.nextMessage(), await chat.nextMessage()]).toEqual(['OK', 'one', 'two']);
  });

  test.each([
    [404, { prefix: 'Agent', noun: 'ChatMessage', object: {} }],
    [404, { prefix: 'Chasitor', noun: 'Nothing', object: {} }],
    [400, { prefix: 'Chasitor', noun: 'ChatMessage', object: {} }],
    [400, { prefix: 'Chasitor', noun: 'ChatMessage', object: 'text' }],
  ])('answers %i for the noun %j', async (status, noun) => {
    await using stage = await openLiveChatStage();
    const { visitor } = await openEstablished(stage);
    expect((await visitor.post('System/MultiNoun', { nouns: [noun] })).status).toBe(status);
  });

  test('needs nouns', async () => {
    await using stage = await openLiveChatStage();
    const { visitor } = await openEstablished(stage);
    expect((await visitor.post('System/MultiNoun', {})).status).toBe(400);
  });
});

describe('the upload servlet', () => {
  async function askForFile(stage: LiveChatStage) {
    const { visitor, chat } = await openEstablished(stage);
    chat.emit({ type: 'message', id: '', from: SAM, text: 'Send it', format: 'file-request' });
    const asked = (await visitor.pollUntil('FileTransfer')).at(-1)?.message as Record<string, string>;
    return { visitor, chat, url: asked.uploadServletUrl ?? '', token: asked.fileToken ?? '' };
  }

  function upload(url: string, query: Record<string, string>, part = 'file') {
    const body = new FormData();
    body.append('filename', 'parcel.png');
    body.append(part, new File(['bytes'], 'parcel.png', { type: 'image/png' }));
    return raw(`${url}?${new URLSearchParams({ orgId: '00D8Z000001kQ7P', encoding: 'UTF-8', ...query })}`, {
      method: 'POST',
      body,
    });
  }

  test('takes one file for one request and tells so on the poll', async () => {
    await using stage = await openLiveChatStage();
    const { visitor, chat, url, token } = await askForFile(stage);
    const answer = await upload(url, { chatKey: visitor.id, fileToken: token });
    const told = (await visitor.pollUntil('FileTransfer')).at(-1);
    expect([answer.body, told?.message, await chat.nextMessage()]).toEqual([
      'Success',
      { type: 'Success' },
      'parcel.png',
    ]);
  });

  test('refuses a second file under the same token', async () => {
    await using stage = await openLiveChatStage();
    const { visitor, url, token } = await askForFile(stage);
    await upload(url, { chatKey: visitor.id, fileToken: token });
    const answer = await upload(url, { chatKey: visitor.id, fileToken: token });
    expect([answer.status, answer.body]).toEqual([200, 'Failure']);
  });

  test('a form without the file fails, also on the poll', async () => {
    await using stage = await openLiveChatStage();
    const { visitor, url, token } = await askForFile(stage);
    const answer = await upload(url, { chatKey: visitor.id, fileToken: token }, 'attachment');
    const told = (await visitor.pollUntil('FileTransfer')).at(-1);
    expect([answer.body, told?.message]).toEqual(['Failure', { type: 'Failure' }]);
  });

  test('an unknown chat meets no session', async () => {
    await using stage = await openLiveChatStage();
    const { url, token } = await askForFile(stage);
    expect((await upload(url, { chatKey: 'unknown', fileToken: token })).status).toBe(403);
  });

  test('a file of another organization fails', async () => {
    await using stage = await openLiveChatStage();
    const { visitor, url, token } = await askForFile(stage);
    const answer = await upload(url, { chatKey: visitor.id, fileToken: token, orgId: '00D8Z000001kQ7X' });
    expect(answer.body).toBe('Failure');
  });

  test('a missing parameter is a bad request', async () => {
    await using stage = await openLiveChatStage();
    const { visitor, url } = await askForFile(stage);
    expect((await upload(url, { chatKey: visitor.id })).status).toBe(400);
  });
});
