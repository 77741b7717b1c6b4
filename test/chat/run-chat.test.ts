import { describe, expect, test } from 'vitest';
import { HandoffError } from '../../src/core/errors.ts';
import { BOT, ended, JONAS, joined, left, MARIA, message, REJECTED, STARTED } from '../support/chat-events.ts';
import { playChat, WITHIN_MS } from '../support/chat-stage.ts';
import { gate, settled } from '../support/gate.ts';

const GOODBYE_MS = 6500;
const FAREWELL_MS = 1000;
const HANG_UP_MS = 4000;

const never = () => new Promise<never>(() => undefined);

describe('a chat that passes', () => {
  test('ends as soon as what is expected has happened', async () => {
    const { session, result } = playChat({ expect: ['joined'] });
    session.tell(STARTED, joined());
    expect(await result).toMatchObject({ closed: true });
    expect(await result).not.toHaveProperty('error');
  });

  test('waits for everything that is expected', async () => {
    const { session, result, until } = playChat({ expect: ['joined', 'message'] });
    session.tell(joined());
    await until('joined');
    session.tell(message('hi'));
    expect((await result).record.expectations()).toEqual([
      { expect: 'joined', met: true },
      { expect: 'message', met: true },
    ]);
  });

  test('with nothing to do ends at once', async () => {
    expect(await playChat().result).toMatchObject({ closed: true });
  });

  test('says goodbye once, then lets go', async () => {
    const { session, result } = playChat({ expect: ['joined'] });
    session.tell(joined());
    await result;
    expect([session.ends, session.disposals]).toEqual([1, 1]);
  });

  test('shows what comes while it is being closed', async () => {
    const { session, result, types } = playChat({ expect: ['joined'] });
    session.tell(joined());
    await result;
    expect(types()).toEqual(['joined', 'ended']);
  });

  test('an expected rejection is no failure', async () => {
    const { session, result } = playChat({ expect: ['rejected'] });
    session.tell(REJECTED);
    expect(await result).not.toHaveProperty('error');
  });

  test('an expected end is no failure', async () => {
    const { session, result } = playChat({ expect: ['ended:agent'] });
    session.tell(joined(), ended('agent'));
    expect(await result).not.toHaveProperty('error');
  });

  test('what arrives in the very moment of the limit counts', async () => {
    const [begun, shown] = [gate(), gate()];
    const { session, result, runOut } = playChat({
      expect: ['joined'],
      emit() {
        begun.open();
        return shown.opened;
      },
    });
    session.tell(joined());
    await begun.opened;
    await runOut();
    shown.open();
    expect(await result).not.toHaveProperty('error');
  });
});

describe('messages of a script', () => {
  test('wait for an agent', async () => {
    const { session, result, until } = playChat({ messages: ['hi'], expect: ['joined'] });
    session.tell(STARTED, { type: 'queued' });
    await until('queued');
    expect(session.said).toEqual([]);
    session.tell(joined());
    await result;
    expect(session.said).toEqual(['hi']);
  });

  test('do not take a bot for an agent', async () => {
    const { session, until } = playChat({ messages: ['hi'] });
    session.tell(joined(BOT), message('I am a bot', BOT));
    await until('message');
    expect(session.said).toEqual([]);
  });

  test('go to a bot where anyone will do', async () => {
    const { session, result } = playChat({ messages: ['hi'], to: 'anyone' });
    session.tell(joined(BOT));
    await result;
    expect(session.said).toEqual(['hi']);
  });

  test('go out one after the other, each when the one before is accepted', async () => {
    const accepted: string[] = [];
    const { session, result } = playChat({
      messages: ['one', 'two'],
      behaviour: {
        async send(text, nth) {
          accepted.push(`${nth} ${text}`);
          await Promise.resolve();
          return { id: `s${nth}` };
        },
      },
    });
    session.tell(joined());
    await result;
    expect(accepted).toEqual(['1 one', '2 two']);
  });

  test('wait again where the agent has left', async () => {
    const first = gate();
    const { session, result, until } = playChat({
      messages: ['one', 'two'],
      behaviour: {
        async send(_, nth) {
          if (nth === 1) await first.opened;
          return { id: `s${nth}` };
        },
      },
    });
    session.tell(joined(MARIA), left(MARIA));
    await until('left');
    first.open();
    await until('sent');
    expect(session.said).toEqual(['one']);
    session.tell(joined(JONAS));
    await result;
    expect(session.said).toEqual(['one', 'two']);
  });

  test('are told with the id the service gave them', async () => {
    const { session, result, shown } = playChat({ messages: ['hi'] });
    session.tell(joined());
    await result;
    expect(shown).toContainEqual({ at: expect.any(Number), type: 'sent', id: 's1', text: 'hi' });
  });

  test('keep the chat open until the last is accepted', async () => {
    const { session, result } = playChat({ messages: ['one', 'two', 'three'], expect: ['joined'] });
    session.tell(joined());
    expect((await result).record.sent).toBe(3);
  });

  test('one that is never confirmed fails the chat, which is closed all the same', async () => {
    const send = () => Promise.reject(new HandoffError('MESSAGE_NOT_CONFIRMED'));
    const { session, result } = playChat({ messages: ['hi'], behaviour: { send } });
    session.tell(joined());
    expect(await result).toMatchObject({ error: { code: 'MESSAGE_NOT_CONFIRMED', exitCode: 1 }, closed: true });
  });

  test('after one that failed no other is sent', async () => {
    const send = () => Promise.reject(new HandoffError('MESSAGE_NOT_CONFIRMED'));
    const { session, result } = playChat({ messages: ['one', 'two'], behaviour: { send } });
    session.tell(joined());
    await result;
    expect(session.said).toEqual(['one']);
  });

  test('nothing is said to an agent who comes when the limit has passed', async () => {
    const { session, result, runOut } = playChat({
      messages: ['hi'],
      behaviour: {
        async end(own) {
          own.tell(joined(), ended('visitor'));
          own.closed = true;
          own.stop();
        },
      },
    });
    await runOut();
    await result;
    expect(session.said).toEqual([]);
  });
});

describe('the time limit', () => {
  test('without an agent says what is known about why', async () => {
    const { session, result, runOut } = playChat({ expect: ['joined'], behaviour: { routing: { routed: true } } });
    session.tell(STARTED, { type: 'queued' });
    await runOut();
    expect((await result).error).toMatchObject({
      code: 'NO_AGENT_AVAILABLE',
      exitCode: 1,
      message: expect.stringMatching(/^No agent joined within 1 min: .*routed the chat to a queue/),
    });
  });

  test('with messages that could not be said is a matter of nobody being there, too', async () => {
    const { result, runOut } = playChat({ messages: ['hi'] });
    await runOut();
    expect((await result).error).toMatchObject({ code: 'NO_AGENT_AVAILABLE' });
  });

  test('with an agent names what was still waited for', async () => {
    const { session, result, runOut, until } = playChat({ expect: ['joined', 'message:/order/', 'transferred'] });
    session.tell(joined(), message('hello'));
    await until('message');
    await runOut();
    expect((await result).error).toMatchObject({
      code: 'EXPECTATION_NOT_MET',
      message:
        'Still waiting after 1 min for message:/order/, transferred; what came last: Maria joined, then a message from Maria: “hello”',
    });
  });

  test('names a message that hangs', async () => {
    const { session, result, runOut, until } = playChat({ messages: ['hi'], behaviour: { send: never } });
    session.tell(joined());
    await until('joined');
    await runOut();
    expect((await result).error?.message).toMatch(/for one message to be accepted/);
  });

  test('a bot that does not answer is not nobody, where anyone will do', async () => {
    const { session, result, runOut, until } = playChat({
      messages: ['a', 'b'],
      to: 'anyone',
      behaviour: { send: never },
    });
    session.tell(joined(BOT));
    await until('joined');
    await runOut();
    expect((await result).error).toMatchObject({
      code: 'EXPECTATION_NOT_MET',
      message: expect.stringContaining('2 messages to be accepted'),
    });
  });

  test('what comes with our own goodbye meets no expectation any more', async () => {
    const { result, runOut } = playChat({ expect: ['ended'] });
    await runOut();
    expect((await result).record.expectations()).toEqual([{ expect: 'ended', met: false }]);
  });

  test('does not strike a chat that is over', async () => {
    const { session, result, clock } = playChat({ expect: ['joined'] });
    session.tell(joined());
    await result;
    clock.advance(2 * WITHIN_MS);
    expect(await result).not.toHaveProperty('error');
  });
});

describe('a chat that comes to nothing', () => {
  test('a rejection ends it with its cause', async () => {
    const { session, result } = playChat({ expect: ['joined'] });
    session.tell({ type: 'rejected', reason: 'Blocked', code: 'VISITOR_BLOCKED' });
    expect((await result).error).toMatchObject({ code: 'VISITOR_BLOCKED', exitCode: 3 });
  });

  test('a rejection that was expected beside more ends it when nothing more can come', async () => {
    const { session, result } = playChat({ expect: ['rejected', 'joined'] });
    session.tell(REJECTED);
    session.stop();
    expect((await result).error).toMatchObject({ code: 'NO_AGENT_AVAILABLE' });
  });

  test.each(['agent', 'system'] as const)('an early end by the %s says what was missing', async (by) => {
    const { session, result } = playChat({ expect: ['message'] });
    session.tell(joined(), ended(by));
    expect((await result).error).toMatchObject({
      code: 'CHAT_ENDED_EARLY',
      exitCode: 1,
      message: `The chat was ended by the ${by} while still waiting for message; what came last: Maria joined`,
    });
  });

  test('a session that is lost says so', async () => {
    const { session, result } = playChat({ expect: ['joined'] });
    session.stop(new HandoffError('SESSION_LOST', { message: 'the server forgot us' }));
    expect((await result).error).toMatchObject({ code: 'SESSION_LOST', message: 'the server forgot us' });
  });

  test('events that just stop are a lost session', async () => {
    const { session, result } = playChat({ expect: ['joined'] });
    session.stop();
    expect((await result).error).toMatchObject({ code: 'SESSION_LOST' });
  });

  test('a fault of ours is called one', async () => {
    const { session, result } = playChat({ expect: ['joined'] });
    session.stop(new TypeError('x is undefined'));
    expect((await result).error).toMatchObject({ code: 'INTERNAL', exitCode: 70 });
  });

  test('output that cannot be written ends the chat', async () => {
    const emit = () => Promise.reject(new Error('the pipe is broken'));
    const { session, result } = playChat({ expect: ['joined'], emit });
    session.tell(joined());
    expect(await result).toMatchObject({ error: { code: 'INTERNAL' }, closed: true });
  });

  test('the first cause counts', async () => {
    const { session, result } = playChat({
      expect: ['message'],
      behaviour: { end: () => Promise.reject(new HandoffError('SERVICE_ERROR')) },
    });
    session.tell(joined(), ended('agent'));
    expect((await result).error).toMatchObject({ code: 'CHAT_ENDED_EARLY' });
  });
});

describe('an interruption', () => {
  const stop = () => new HandoffError('INTERRUPTED');

  test('while waiting ends the chat with the hard stop', async () => {
    const { session, result, outside, until } = playChat({ expect: ['joined'] });
    session.tell(STARTED);
    await until('started');
    outside.abort(stop());
    expect((await result).error).toMatchObject({ code: 'INTERRUPTED', exitCode: 130 });
    expect([session.ends, session.disposals]).toEqual([0, 1]);
  });

  test('before anything has happened does so too', async () => {
    const { result, outside } = playChat({ expect: ['joined'] });
    outside.abort(new HandoffError('TERMINATED'));
    expect((await result).error).toMatchObject({ code: 'TERMINATED', exitCode: 143 });
  });

  test('while a message is under way does not wait for it', async () => {
    const { session, result, outside, until } = playChat({ messages: ['hi'], behaviour: { send: never } });
    session.tell(joined());
    await until('joined');
    outside.abort(stop());
    expect((await result).error).toMatchObject({ code: 'INTERRUPTED' });
  });

  test('while the output hangs does not wait for it', async () => {
    const begun = gate();
    const { session, result, outside, clock } = playChat({
      expect: ['message'],
      emit() {
        begun.open();
        return never();
      },
    });
    session.tell(joined());
    await begun.opened;
    outside.abort(stop());
    await clock.waitUntilSleeping(HANG_UP_MS);
    clock.advance(HANG_UP_MS);
    expect((await result).error).toMatchObject({ code: 'INTERRUPTED' });
  });

  test('while saying goodbye turns to the hard stop', async () => {
    const { session, result, outside, clock } = playChat({ expect: ['joined'], behaviour: { end: never } });
    session.tell(joined());
    await clock.waitUntilSleeping(GOODBYE_MS);
    outside.abort(stop());
    expect(await result).toMatchObject({ closed: false });
    expect(session.disposals).toBe(1);
  });

  test('after which the hard stop still worked leaves nothing open', async () => {
    const { result, outside } = playChat({
      expect: ['joined'],
      behaviour: {
        async dispose(own) {
          own.closed = true;
        },
      },
    });
    outside.abort(stop());
    expect((await result).closed).toBe(true);
  });

  test('of which the session takes no notice ends the chat all the same', async () => {
    const { session, result, outside, clock } = playChat({
      expect: ['joined'],
      behaviour: { deaf: true, dispose: never },
    });
    outside.abort(stop());
    await clock.waitUntilSleeping(HANG_UP_MS);
    clock.advance(HANG_UP_MS);
    expect((await result).error).toMatchObject({ code: 'INTERRUPTED' });
    expect(session.disposals).toBe(1);
  });
});

describe('closing', () => {
  test('a goodbye that fails is followed by the hard stop', async () => {
    const { session, result } = playChat({
      expect: ['joined'],
      behaviour: {
        end: () => Promise.reject(new HandoffError('SERVICE_ERROR')),
        async dispose(own) {
          own.closed = true;
        },
      },
    });
    session.tell(joined());
    expect(await result).toMatchObject({ closed: true });
    expect(await result).not.toHaveProperty('error');
  });

  test('a chat that stays open fails, though all went well before', async () => {
    const { session, result } = playChat({
      expect: ['joined'],
      behaviour: { end: () => Promise.reject(new HandoffError('SERVICE_ERROR')) },
    });
    session.tell(joined());
    expect(await result).toMatchObject({ closed: false, error: { code: 'CHAT_LEFT_OPEN', exitCode: 1 } });
  });

  test('a chat that stays open keeps the failure it had', async () => {
    const { result, runOut } = playChat({
      expect: ['joined'],
      behaviour: { end: () => Promise.reject(new HandoffError('SERVICE_ERROR')) },
    });
    await runOut();
    expect(await result).toMatchObject({ closed: false, error: { code: 'NO_AGENT_AVAILABLE' } });
  });

  test('a goodbye that hangs is given up', async () => {
    const { session, result, clock } = playChat({ expect: ['joined'], behaviour: { end: never } });
    session.tell(joined());
    await clock.waitUntilSleeping(GOODBYE_MS);
    clock.advance(GOODBYE_MS);
    expect(await result).toMatchObject({ closed: false, error: { code: 'CHAT_LEFT_OPEN' } });
    expect(session.disposals).toBe(1);
  });

  test('a confirmation that does not come as an event is not waited for long', async () => {
    const { session, result, clock } = playChat({
      expect: ['joined'],
      behaviour: {
        async end(own) {
          own.closed = true;
        },
      },
    });
    session.tell(joined());
    await clock.waitUntilSleeping(FAREWELL_MS);
    clock.advance(FAREWELL_MS);
    expect(await result).toMatchObject({ closed: true });
  });

  test('a hard stop that throws does not hide that the chat is open', async () => {
    const { session, result } = playChat({
      expect: ['joined'],
      behaviour: {
        end: () => Promise.reject(new Error('no')),
        dispose: () => Promise.reject(new Error('no')),
      },
    });
    session.tell(joined());
    expect(await result).toMatchObject({ closed: false, error: { code: 'CHAT_LEFT_OPEN' } });
  });

  test('a hard stop that hangs is given up', async () => {
    const { session, result, clock } = playChat({ expect: ['joined'], behaviour: { dispose: never } });
    session.tell(joined());
    await clock.waitUntilSleeping(HANG_UP_MS);
    clock.advance(HANG_UP_MS);
    expect(await result).toMatchObject({ closed: true });
  });

  test('afterwards nobody sleeps and nobody reads', async () => {
    const { session, result, clock } = playChat({ expect: ['joined'], messages: ['hi'] });
    session.tell(joined());
    await result;
    expect([clock.sleeping, session.reading]).toEqual([0, false]);
  });

  test('afterwards nothing is shown any more', async () => {
    const accepted = gate();
    const send = async () => {
      await accepted.opened;
      return { id: 's1' };
    };
    const { session, result, until, runOut, types } = playChat({ messages: ['hi'], behaviour: { send } });
    session.tell(joined());
    await until('joined');
    await runOut();
    await result;
    const before = types().length;
    accepted.open();
    await settled();
    expect(types().slice(before)).toEqual([]);
  });
});
