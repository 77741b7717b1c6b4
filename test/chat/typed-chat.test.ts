import { describe, expect, test } from 'vitest';
import { HandoffError } from '../../src/core/errors.ts';
import { BOT, ended, joined, left, REJECTED, STARTED } from '../support/chat-events.ts';
import { keyboard, playChat, WITHIN_MS } from '../support/chat-stage.ts';
import { gate, settled } from '../support/gate.ts';

describe('a person’s chat', () => {
  test('sends what is typed, without blanks around it', async () => {
    const keys = keyboard();
    const { session, result, until } = playChat({ typed: keys.typed });
    session.tell(joined());
    await until('joined');
    keys.type('  hello there ', '/end');
    await result;
    expect(session.said).toEqual(['hello there']);
  });

  test('does not send empty lines', async () => {
    const keys = keyboard();
    const { session, result } = playChat({ typed: keys.typed });
    session.tell(joined());
    keys.type('', '   ', 'hi', '/end');
    await result;
    expect(session.said).toEqual(['hi']);
  });

  test.each<[string, (keys: ReturnType<typeof keyboard>) => void]>([
    ['/end', (keys) => keys.type('/end')],
    ['Ctrl-D', (keys) => keys.end()],
  ])('is left with %s, and passes if an agent was there', async (_key, leave) => {
    const keys = keyboard();
    const { session, result, until } = playChat({ typed: keys.typed });
    session.tell(STARTED, joined());
    await until('joined');
    leave(keys);
    expect(await result).not.toHaveProperty('error');
    expect(session.ends).toBe(1);
  });

  test.each(['agent', 'system'] as const)(
    'is over when the %s ends it, and passes if an agent was there',
    async (by) => {
      const { session, result } = playChat({ typed: keyboard().typed });
      session.tell(joined(), left(), ended(by));
      expect(await result).not.toHaveProperty('error');
    },
  );

  test('that is left before an agent came has proven nothing', async () => {
    const keys = keyboard();
    const { session, result, until } = playChat({ typed: keys.typed });
    session.tell(joined(BOT));
    await until('joined');
    keys.type('/end');
    expect((await result).error).toMatchObject({
      code: 'NO_AGENT_AVAILABLE',
      exitCode: 1,
      message: 'The chat was ended by the visitor before an agent came',
    });
  });

  test('that ends before an agent came has proven nothing', async () => {
    const { session, result } = playChat({ typed: keyboard().typed });
    session.tell(STARTED, ended('system'));
    expect((await result).error?.message).toBe('The chat was ended by the system before an agent came');
  });

  test('with a bot has proven enough where anyone will do', async () => {
    const { session, result } = playChat({ typed: keyboard().typed, to: 'anyone' });
    session.tell(joined(BOT), ended('system'));
    expect(await result).not.toHaveProperty('error');
  });

  test('that is rejected is over', async () => {
    const { session, result } = playChat({ typed: keyboard().typed });
    session.tell(REJECTED);
    expect((await result).error).toMatchObject({ code: 'NO_AGENT_AVAILABLE' });
  });

  test('is over when the session is lost', async () => {
    const { session, result } = playChat({ typed: keyboard().typed });
    session.tell(joined());
    session.stop();
    expect((await result).error).toMatchObject({ code: 'SESSION_LOST' });
  });

  test('goes on after a line that could not be sent, and says so', async () => {
    const keys = keyboard();
    const { session, result, shown } = playChat({
      typed: keys.typed,
      behaviour: {
        async send(_, nth) {
          if (nth === 1) throw new HandoffError('MESSAGE_NOT_CONFIRMED');
          return { id: `s${nth}` };
        },
      },
    });
    session.tell(joined());
    keys.type('one', 'two', '/end');
    expect(await result).not.toHaveProperty('error');
    expect(shown).toContainEqual(
      expect.objectContaining({ type: 'error', error: expect.objectContaining({ code: 'MESSAGE_NOT_CONFIRMED' }) }),
    );
    expect(session.said).toEqual(['one', 'two']);
  });

  test('is interrupted as any other', async () => {
    const keys = keyboard();
    const { session, result, until, outside } = playChat({ typed: keys.typed });
    session.tell(joined());
    await until('joined');
    outside.abort(new HandoffError('INTERRUPTED'));
    expect((await result).error).toMatchObject({ code: 'INTERRUPTED' });
    expect(session.disposals).toBe(1);
  });

  test('that is interrupted while a line is under way shows no error for the line', async () => {
    const keys = keyboard();
    const begun = gate();
    const reason = new HandoffError('INTERRUPTED');
    const { session, result, outside, types } = playChat({
      typed: keys.typed,
      behaviour: {
        async send() {
          begun.open();
          await new Promise((resolve) => outside.signal.addEventListener('abort', resolve));
          throw reason;
        },
      },
    });
    session.tell(joined());
    keys.type('hi');
    await begun.opened;
    outside.abort(reason);
    await result;
    await settled();
    expect(types()).not.toContain('error');
  });

  test('is over though the person never types again', async () => {
    const { session, result } = playChat({ typed: keyboard().typed });
    session.tell(joined(), ended('agent'));
    expect(await result).toMatchObject({ closed: true });
  });

  test('sends nothing that is typed after its end', async () => {
    const keys = keyboard();
    const { session, result } = playChat({ typed: keys.typed });
    session.tell(joined(), ended('agent'));
    await result;
    keys.type('too late');
    await settled();
    expect(session.said).toEqual([]);
  });
});

describe('the time limit of a person’s chat', () => {
  test('strikes where nobody has come', async () => {
    const { session, result, runOut } = playChat({ typed: keyboard().typed, behaviour: { channel: 'live-chat' } });
    session.tell(STARTED);
    await runOut();
    expect((await result).error).toMatchObject({ code: 'NO_AGENT_AVAILABLE', step: 'live-chat.verify' });
  });

  test.each([
    ['an agent', [joined()]],
    ['a bot', [joined(BOT)]],
    ['an agent who has left again', [joined(), left()]],
  ])('does not strike where %s has come', async (_who, events) => {
    const keys = keyboard();
    const { session, result, clock, until } = playChat({ typed: keys.typed });
    session.tell(...events);
    await until(events.at(-1)?.type ?? 'joined');
    await clock.waitUntilSleeping(WITHIN_MS);
    clock.advance(WITHIN_MS);
    session.tell(joined(), ended('agent'));
    expect(await result).not.toHaveProperty('error');
  });
});
