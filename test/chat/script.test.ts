import { describe, expect, test } from 'vitest';
import { parseScript } from '../../src/chat/script.ts';
import { BOT, ended, joined, MARIA, message, STARTED } from '../support/chat-events.ts';
import { playChat } from '../support/chat-stage.ts';

const steps = (...list: readonly object[]) => parseScript(JSON.stringify(list), 'chat.json');

function refusalOf(text: string): unknown {
  try {
    return parseScript(text, 'chat.json');
  } catch (error) {
    return error;
  }
}

describe('a script that cannot be used', () => {
  test.each<[string, unknown, RegExp]>([
    ['an unknown step', [{ send: 'a' }, { sned: 'b' }], /^Step 2 of chat\.json: “sned” is nothing to do/],
    ['two things at once', [{ send: 'a', expect: 'joined' }], /^Step 1 of chat\.json: send and expect are two/],
    ['an unknown expectation', [{ expect: 'jioned' }], /^Step 1 of chat\.json: “jioned” is nothing that can be/],
    ['a wrong time', [{ expect: 'joined', within: 'soon' }], /^Step 1 of chat\.json: “soon” is not a duration/],
    ['a time where none counts', [{ end: true, within: '2s' }], /^Step 1 of chat\.json: end takes no “within”/],
    ['an empty text', [{ send: '' }], /^Step 1 of chat\.json: a text is wanted/],
    ['a choice that is no number', [{ choose: 'Yes' }], /^Step 1 of chat\.json: choose takes the number/],
    ['no list', {}, /^chat\.json holds no list of steps/],
  ])('names %s', (_what, script, words) => {
    expect(refusalOf(JSON.stringify(script))).toMatchObject({ message: expect.stringMatching(words), exitCode: 2 });
  });

  test('that is no JSON says so', () => {
    expect(refusalOf('- send: hi')).toMatchObject({ code: 'CONFIG_INVALID' });
  });

  test('names the word that was meant', () => {
    expect(refusalOf('[{"sned":"x"}]')).toMatchObject({ hint: 'did you mean send?' });
  });
});

describe('a script that is played', () => {
  test('does its steps in their order and passes', async () => {
    const { session, result, until } = playChat({
      script: steps({ expect: 'joined' }, { send: 'one' }, { expect: 'message' }, { send: 'two' }),
    });
    session.tell(STARTED, joined());
    await until('sent');
    session.tell(message('answer'));
    expect(await result).not.toHaveProperty('error');
    expect(session.said).toEqual(['one', 'two']);
  });

  test('looks for a message after the one that was sent, not before', async () => {
    const { session, result, until, clock } = playChat({
      script: steps({ expect: 'joined' }, { send: 'one' }, { expect: 'message:hello', within: '5s' }),
    });
    session.tell(STARTED, joined(), message('hello'));
    await until('sent');
    await clock.waitUntilSleeping(5000);
    clock.advance(5000);
    expect((await result).error).toMatchObject({
      code: 'EXPECTATION_NOT_MET',
      message: expect.stringMatching(/^Still waiting after 5\.0 s for step 3 \(expect message:hello\) of the script/),
    });
  });

  test('does not use one message for two expectations', async () => {
    const { session, result, until } = playChat({
      script: steps({ expect: 'message' }, { expect: 'message' }, { end: true }),
    });
    session.tell(STARTED, joined(BOT), message('first', BOT));
    await until('message');
    expect(session.ends).toBe(0);
    session.tell(message('second', BOT));
    expect(await result).not.toHaveProperty('error');
  });

  test('waits as long as it says', async () => {
    const { session, result, clock, until } = playChat({
      script: steps({ expect: 'joined' }, { wait: '5s' }, { send: 'late' }),
    });
    session.tell(STARTED, joined());
    await until('joined');
    await clock.waitUntilSleeping(5000);
    expect(session.said).toEqual([]);
    clock.advance(5000);
    await result;
    expect(session.said).toEqual(['late']);
  });

  test('may end the chat and expect its end', async () => {
    const { session, result } = playChat({ script: steps({ expect: 'joined' }, { end: true }, { expect: 'ended' }) });
    session.tell(STARTED, joined());
    expect(await result).not.toHaveProperty('error');
    expect(session.ends).toBeGreaterThan(0);
  });

  test('names the step that the other side has made impossible', async () => {
    const { session, result } = playChat({ script: steps({ expect: 'joined' }, { expect: 'message:never' }) });
    session.tell(STARTED, joined(MARIA), ended('agent'));
    session.stop();
    expect((await result).error).toMatchObject({
      code: 'CHAT_ENDED_EARLY',
      message: expect.stringContaining('step 2 (expect message:never)'),
    });
  });

  test('says in its summary which expectations were met', async () => {
    const { session, result } = playChat({ script: steps({ expect: 'joined' }, { expect: 'message:never' }) });
    session.tell(STARTED, joined(MARIA), ended('agent'));
    session.stop();
    expect((await result).record.expectations()).toEqual([
      { expect: 'joined', met: true },
      { expect: 'message:never', met: false },
    ]);
  });
});
