import { describe, expect, it } from 'vitest';
import { BOT, entry, SYSTEM, said, textPayload, VISITOR } from '../support/miaw-frames.ts';
import { type MiawBench, miawBench, openMiawChat } from '../support/miaw-session.ts';

interface AckBody {
  readonly acks: readonly { readonly entryType: string; readonly conversationEntryId: string }[];
}

/** All receipts that the server got, in order, however they were put together. */
function acks(bench: MiawBench): readonly string[] {
  const bodies = bench.server.of('acks').map((request) => request.body as AckBody);
  return bodies.flatMap(({ acks: list }) => list.map((ack) => `${ack.entryType} ${ack.conversationEntryId}`));
}

describe('our receipts over MIAW', () => {
  it('says delivered when a message comes and read when it was taken', async () => {
    await using bench = await miawBench();
    const { session, reader, stream } = await openMiawChat(bench);
    stream.write(said('hello', { id: 'm1' }));
    await reader.until('message');
    await session.end();
    expect(acks(bench)).toEqual(['Delivery m1', 'Read m1']);
  });

  it('names each receipt by an id of its own', async () => {
    await using bench = await miawBench();
    const { stream } = await openMiawChat(bench);
    stream.write(said('hello', { id: 'm1' }));
    const { body } = await bench.server.request('acks');
    expect(body).toEqual({
      acks: [{ id: expect.stringMatching(/^[0-9a-f-]{36}$/), entryType: 'Delivery', conversationEntryId: 'm1' }],
    });
  });

  it('gives them to bots and to the system as well, but not to visitors', async () => {
    await using bench = await miawBench();
    const { session, reader, stream } = await openMiawChat(bench);
    stream.write(said('a', { id: 'bot', sender: BOT }) + said('b', { id: 'me', sender: VISITOR }));
    stream.write(said('c', { id: 'system', sender: SYSTEM }));
    await reader.until('message', 3);
    await session.end();
    expect(acks(bench).filter((ack) => ack.startsWith('Read'))).toEqual(['Read bot', 'Read system']);
    expect(acks(bench).join()).not.toContain('me');
  });

  it('gives them for messages from the history too', async () => {
    await using bench = await miawBench();
    const { session, reader, stream } = await openMiawChat(bench);
    const missed = entry('CONVERSATION_MESSAGE', textPayload('missed'), { id: 'h1' });
    bench.server.script('entries', { status: 200, body: { conversationEntries: [missed] } });
    stream.end();
    await bench.clock.waitUntilSleeping(500);
    bench.clock.advance(500);
    await reader.until('message');
    await session.end();
    expect(acks(bench)).toEqual(['Delivery h1', 'Read h1']);
  });

  it('does not hold up the events while a receipt is under way', async () => {
    await using bench = await miawBench();
    bench.server.script('acks', 'hold');
    const { reader, stream } = await openMiawChat(bench);
    stream.write(said('one', { id: 'm1' }));
    const held = await bench.server.request('acks');
    stream.write(said('two', { id: 'm2' }) + said('three', { id: 'm3' }));
    await reader.until('message', 3);
    expect(bench.server.of('acks')).toHaveLength(1);
    held.answer({ status: 202 });
    await bench.server.request('acks', 2);
  });

  it('goes on without receipts where the service refuses them', async () => {
    await using bench = await miawBench();
    bench.server.always('acks', { status: 500 });
    const { reader, stream } = await openMiawChat(bench);
    stream.write(said('one'));
    await bench.server.request('acks', 2);
    stream.write(said('two'));
    await reader.until('message', 2);
    expect(reader.types()).toEqual(['started', 'message', 'message']);
  });
});
