import { describe, expect, it } from 'vitest';
import { entry, receipt, said, textPayload, VISITOR } from '../support/miaw-frames.ts';
import type { Answer, Received } from '../support/miaw-server.ts';
import { type MiawBench, miawBench, openMiawChat } from '../support/miaw-session.ts';

interface MessageBody {
  readonly message: { readonly id: string };
}

function idOf(request: Received): string {
  return (request.body as MessageBody).message.id;
}

describe('sending over MIAW', () => {
  it('posts the text as the vendor documents it and resolves with its id', async () => {
    await using bench = await miawBench();
    const { session } = await openMiawChat(bench);
    const sent = await session.send('Where is my parcel?');
    const { body } = await bench.server.request('message');
    expect(body).toEqual({
      message: {
        id: sent.id,
        messageType: 'StaticContentMessage',
        staticContent: { formatType: 'Text', text: 'Where is my parcel?' },
      },
      esDeveloperName: 'Acme_Custom_Client',
      isNewMessagingSession: false,
    });
  });

  it('does not tell its own message again when it is echoed', async () => {
    await using bench = await miawBench();
    const { session, reader, stream } = await openMiawChat(bench);
    const { id } = await session.send('mine');
    stream.write(said('mine', { id, sender: VISITOR }) + said('theirs'));
    await reader.until('message');
    expect(reader.types()).toEqual(['started', 'message']);
  });

  it('tells a receipt only after the message was confirmed', async () => {
    await using bench = await miawBench();
    const { session, reader, stream } = await openMiawChat(bench);
    bench.server.script('message', 'hold');
    const order: string[] = [];
    const sending = session.send('mine').then(() => order.push('sent'));
    const request = await bench.server.request('message');
    stream.write(receipt('DELIVERY', idOf(request)) + said('a reply'));
    await reader.until('message');
    expect(reader.types()).not.toContain('receipt');
    const told = reader.until('receipt').then(() => order.push('receipt'));
    request.answer({ status: 202 });
    await Promise.all([sending, told]);
    expect(order).toEqual(['sent', 'receipt']);
  });

  it('does not take the receipt of a later message for a sign that this one has arrived', async () => {
    await using bench = await miawBench();
    const { session, reader, stream } = await openMiawChat(bench);
    bench.server.script('message', 'hold');
    const first = session.send('lost on the way');
    const request = await bench.server.request('message');
    const { id } = await session.send('later');
    stream.write(receipt('READ', id));
    await reader.until('receipt');
    request.answer('drop');
    await passLooks(bench, [0, 1000]);
    await first;
    expect(bench.server.of('message').map(idOf)).toEqual([idOf(request), id, idOf(request)]);
  });

  it('waits and repeats what was refused for its rate, under the same id', async () => {
    await using bench = await miawBench();
    const { session } = await openMiawChat(bench);
    bench.server.script('message', { status: 429, headers: { 'retry-after': '3' } });
    const sending = session.send('mine');
    await bench.clock.waitUntilSleeping(3000);
    bench.clock.advance(3000);
    const { id } = await sending;
    expect(bench.server.of('message').map(idOf)).toEqual([id, id]);
  });

  it('gives up on rates after five waits', async () => {
    await using bench = await miawBench();
    const { session } = await openMiawChat(bench);
    bench.server.always('message', { status: 429, headers: { 'retry-after': '1' } });
    const sending = session.send('mine');
    sending.catch(() => undefined);
    for (let wait = 1; wait <= 5; wait += 1) {
      await bench.server.request('message', wait);
      await bench.clock.waitUntilSleeping(1000);
      bench.clock.advance(1000);
    }
    await expect(sending).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    expect(bench.server.of('message')).toHaveLength(6);
  });

  it('never waits longer than a minute, whatever the service asks', async () => {
    await using bench = await miawBench();
    const { session } = await openMiawChat(bench);
    bench.server.script('message', { status: 429, headers: { 'retry-after': '86400' } });
    const sending = session.send('mine');
    await bench.clock.waitUntilSleeping(60_000);
    bench.clock.advance(60_000);
    await expect(sending).resolves.toHaveProperty('id');
  });

  it('opens a new session with the same message where there is none', async () => {
    await using bench = await miawBench();
    const { session } = await openMiawChat(bench, { preChat: { Topic: 'Billing' }, language: 'de' });
    bench.server.script('message', { status: 417, body: { message: 'no messaging session' } });
    const { id } = await session.send('hello again');
    expect((await bench.server.request('message', 2)).body).toMatchObject({
      message: { id },
      isNewMessagingSession: true,
      routingAttributes: { Topic: 'Billing' },
      language: 'de',
    });
  });

  it('sends empty attributes and a language with a new session where it has none', async () => {
    await using bench = await miawBench();
    const { session } = await openMiawChat(bench);
    bench.server.script('message', { status: 417 });
    await session.send('hello again');
    expect((await bench.server.request('message', 2)).body).toMatchObject({ routingAttributes: {}, language: 'en_US' });
  });

  it('does not open a new session twice', async () => {
    await using bench = await miawBench();
    const { session } = await openMiawChat(bench);
    bench.server.always('message', { status: 417 });
    await expect(session.send('hello')).rejects.toMatchObject({ code: 'REQUEST_REJECTED' });
    expect(bench.server.of('message')).toHaveLength(2);
  });

  it('rejects with what the service says', async () => {
    await using bench = await miawBench();
    const { session } = await openMiawChat(bench);
    bench.server.script('message', { status: 403, body: { message: 'Not your conversation' } });
    await expect(session.send('hello')).rejects.toMatchObject({
      code: 'ACCESS_DENIED',
      message: expect.stringContaining('Not your conversation'),
    });
  });
});

const LOST: readonly (readonly [string, Answer, code: string, why: RegExp])[] = [
  ['a broken connection', 'drop', 'MESSAGE_NOT_CONFIRMED', /broke off/],
  ['a fault of the service', { status: 503 }, 'SERVICE_ERROR', /503/],
];

async function passLooks(bench: MiawBench, waits: readonly number[]): Promise<void> {
  for (const ms of waits) {
    await bench.clock.waitUntilSleeping(ms);
    bench.clock.advance(ms);
  }
}

describe.each(LOST)('a MIAW message whose answer was lost to %s', (_, answer, code, why) => {
  it('counts as sent when the history holds it', async () => {
    await using bench = await miawBench();
    const { session } = await openMiawChat(bench);
    bench.server.script('message', 'hold');
    const sending = session.send('mine');
    const request = await bench.server.request('message');
    const own = entry('CONVERSATION_MESSAGE', textPayload('mine'), { id: idOf(request), sender: VISITOR });
    bench.server.always('entries', { status: 200, body: { conversationEntries: [own] } });
    request.answer(answer);
    await bench.clock.waitUntilSleeping(0);
    bench.clock.advance(0);
    await expect(sending).resolves.toEqual({ id: idOf(request) });
  });

  it('counts as sent when the stream echoes it', async () => {
    await using bench = await miawBench();
    const { session, reader, stream } = await openMiawChat(bench);
    bench.server.script('message', 'hold');
    const sending = session.send('mine');
    const request = await bench.server.request('message');
    request.answer(answer);
    await bench.clock.waitUntilSleeping(0);
    stream.write(said('mine', { id: idOf(request), sender: VISITOR }) + said('reply'));
    await reader.until('message');
    await expect(sending).resolves.toEqual({ id: idOf(request) });
  });

  it('counts as sent when somebody acknowledges it', async () => {
    await using bench = await miawBench();
    const { session, reader, stream } = await openMiawChat(bench);
    bench.server.script('message', 'hold');
    const sending = session.send('mine');
    const request = await bench.server.request('message');
    request.answer(answer);
    await bench.clock.waitUntilSleeping(0);
    stream.write(receipt('READ', idOf(request)));
    await expect(sending).resolves.toEqual({ id: idOf(request) });
    await expect(reader.until('receipt')).resolves.toMatchObject({ state: 'read' });
  });

  it('is sent again under its id when the history does not hold it', async () => {
    await using bench = await miawBench();
    const { session } = await openMiawChat(bench);
    bench.server.script('message', answer);
    const sending = session.send('mine');
    await passLooks(bench, [0, 1000]);
    const { id } = await sending;
    expect(bench.server.of('message').map(idOf)).toEqual([id, id]);
    expect(bench.server.of('entries')).toHaveLength(2);
  });

  it('is not sent again where the history cannot be asked, for it may have been taken', async () => {
    await using bench = await miawBench();
    const { session } = await openMiawChat(bench);
    bench.server.script('message', answer);
    bench.server.always('entries', { status: 404 });
    const sending = session.send('mine');
    sending.catch(() => undefined);
    await passLooks(bench, [0, 1000, 2000, 4000]);
    await expect(sending).rejects.toMatchObject({ code: 'MESSAGE_NOT_CONFIRMED', message: expect.stringMatching(why) });
    expect(bench.server.of('message')).toHaveLength(1);
  });

  it('is given up after three attempts, with the cause', async () => {
    await using bench = await miawBench();
    const { session } = await openMiawChat(bench);
    bench.server.always('message', answer);
    const sending = session.send('mine');
    sending.catch(() => undefined);
    await passLooks(bench, [0, 1000, 0, 1000, 0, 1000, 2000, 4000]);
    await expect(sending).rejects.toMatchObject({ code, message: expect.stringMatching(why) });
    expect(bench.server.of('message')).toHaveLength(3);
  });
});

describe('sending over MIAW at the wrong time', () => {
  it('treats a time-out like any lost answer', async () => {
    // Long enough for what is answered at once, also on a busy machine.
    await using bench = await miawBench(500);
    const { session } = await openMiawChat(bench);
    bench.server.script('message', 'hold', 'hold', 'hold');
    const sending = session.send('mine');
    sending.catch(() => undefined);
    await passLooks(bench, [0, 1000, 0, 1000, 0, 1000, 2000, 4000]);
    await expect(sending).rejects.toMatchObject({ code: 'MESSAGE_NOT_CONFIRMED', cause: { code: 'TIMED_OUT' } });
  });

  it('rejects with the caller’s reason when it is aborted', async () => {
    await using bench = await miawBench();
    const { session } = await openMiawChat(bench);
    bench.server.script('message', 'hold');
    const sending = session.send('mine');
    sending.catch(() => undefined);
    await bench.server.request('message');
    bench.outside.abort(new Error('enough'));
    await expect(sending).rejects.toThrow('enough');
  });

  it('sends nothing after the end', async () => {
    await using bench = await miawBench();
    const { session } = await openMiawChat(bench);
    await session.end();
    await expect(session.send('too late')).rejects.toMatchObject({ code: 'CHAT_ENDED_EARLY' });
    expect(bench.server.of('message')).toEqual([]);
  });

  it('tells typing and does not mind a refusal', async () => {
    await using bench = await miawBench();
    const { session } = await openMiawChat(bench);
    bench.server.script('typing', { status: 202 }, { status: 417 });
    await session.typing(true);
    await session.typing(false);
    expect(bench.server.of('typing').map((request) => request.body)).toEqual([
      { entryType: 'TypingStartedIndicator', id: expect.any(String) },
      { entryType: 'TypingStoppedIndicator', id: expect.any(String) },
    ]);
  });
});
