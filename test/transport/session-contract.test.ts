import { describe, expect, it } from 'vitest';
import type { AgentEvent, Channel, MessageEvent, MessageOption } from '../../src/core/events.ts';
import { hastyClock } from '../support/hasty-clock.ts';
import { openChat } from '../support/open-chat.ts';
import { type Asked, type RequestFault, startRelay } from '../support/relay.ts';

const joinedBy = (role: string) => (event: AgentEvent) => event.type === 'joined' && event.participant.role === role;
const saying = (text: string) => (event: AgentEvent) => event.type === 'message' && event.text.includes(text);
const inState = (state: string) => (event: AgentEvent) => event.type === 'transferred' && event.state === state;
const choicesOf = (event: AgentEvent) => event.type === 'message' && event.format === 'choices';
/** What a service without file requests says in place of one. */
const asking = (format: string, channel: Channel) => (event: AgentEvent) =>
  event.type === 'message' && (channel === 'miaw' ? event.text.includes('photo') : event.format === format);
const isChoice = (path: string, body: string) =>
  path.endsWith('/RichMessage') || body.includes('ChoicesResponseMessage');
const isFile = (path: string) => path.endsWith('/file');

function option(event: AgentEvent, title: string): MessageOption {
  const found = event.type === 'message' ? event.options?.find((one) => one.title === title) : undefined;
  if (!found) throw new Error(`There is no option ${title}`);
  return found;
}

/** Loses the answer to the first request that fits, after the service has acted on it. */
function lateFault(fits: (path: string, body: string) => boolean): (asked: Asked) => RequestFault | undefined {
  let done = false;
  return ({ path, body }) => {
    if (done || !fits(path, body)) return undefined;
    done = true;
    return 'lost';
  };
}

describe.each<Channel>(['miaw', 'live-chat'])('a %s session against the simulator', (channel) => {
  it('starts with the conversation’s id, which is the session’s', async () => {
    await using chat = await openChat(channel);
    const started = await chat.reader.until('started');
    expect(started).toMatchObject({ channel, conversationId: chat.session.id });
    expect(chat.reader.events[0]).toBe(started);
  });

  it('tells of the queue, the agent by name, and the greeting, in that order', async () => {
    await using chat = await openChat(channel);
    await chat.reader.until(saying('this is Maria'));
    const types = chat.reader.types();
    expect(types.indexOf('queued')).toBeGreaterThan(types.indexOf('started'));
    expect(types.indexOf('joined')).toBeGreaterThan(types.indexOf('queued'));
    expect(await chat.reader.until(joinedBy('agent'))).toMatchObject({
      participant: { name: 'Maria Lopez', role: 'agent' },
    });
  });

  it('has a message accepted and answered', async () => {
    await using chat = await openChat(channel);
    await chat.reader.until(joinedBy('agent'));
    const { id } = await chat.session.send('Where is my parcel?');
    expect(id).not.toBe('');
    const answer = await chat.reader.until(saying('Where is my parcel?'));
    expect(answer).toMatchObject({ from: { role: 'agent', name: 'Maria Lopez' }, format: 'text' });
  });

  it('does not hear its own words back', async () => {
    await using chat = await openChat(channel);
    await chat.reader.until(joinedBy('agent'));
    await chat.session.send('one of my own');
    await chat.reader.until(saying('one of my own'));
    const own = chat.reader.events.filter((event) => event.type === 'message' && event.from.role === 'visitor');
    expect(own).toEqual([]);
  });

  it('shows the agent typing before the answer and not after it', async () => {
    await using chat = await openChat(channel);
    await chat.reader.until(joinedBy('agent'));
    await chat.session.send('hello');
    await chat.reader.until(saying('hello'));
    expect(chat.reader.events.some((event) => event.type === 'typing' && event.active)).toBe(true);
  });

  it('sees the bot first and then the person', async () => {
    await using chat = await openChat(channel, { scenario: 'bot-first' });
    const bot = await chat.reader.until(joinedBy('bot'));
    expect(bot).toMatchObject({ participant: { name: 'Acme Bot' } });
    const choices = await chat.reader.until((event) => event.type === 'message' && event.options !== undefined);
    expect(choices).toMatchObject({ format: 'choices', from: { role: 'bot' } });
    await chat.session.send('Billing');
    await chat.reader.until(joinedBy('agent'));
    await chat.reader.until(inState('completed'));
    expect(chat.reader.types()).not.toContain('ended');
  });

  it('takes a transfer for a transfer and not for an end', async () => {
    await using chat = await openChat(channel, { scenario: 'transfer' });
    await chat.reader.until(joinedBy('agent'));
    await chat.session.send('please transfer me');
    await chat.reader.until(inState('requested'));
    expect(await chat.reader.until(joinedBy('agent'), 2)).toMatchObject({ participant: { name: 'Jonas Weber' } });
    expect(await chat.reader.until(inState('completed'))).toMatchObject({ to: 'Jonas Weber' });
    await chat.session.send('are you there?');
    await chat.reader.until(saying('are you there?'));
    expect(chat.reader.types()).not.toContain('ended');
  });

  it('tells of a transfer that failed, and goes on with the first agent', async () => {
    await using chat = await openChat(channel, { scenario: 'transfer-failed' });
    await chat.reader.until(joinedBy('agent'));
    await chat.session.send('please transfer me');
    await chat.reader.until(inState('failed'));
    expect(chat.reader.types()).not.toContain('ended');
  });

  it('goes on through a conference until everybody has left', async () => {
    await using chat = await openChat(channel, { scenario: 'conference' });
    await chat.reader.until(joinedBy('agent'));
    await chat.session.send('hello');
    expect(await chat.reader.until(joinedBy('agent'), 2)).toMatchObject({ participant: { name: 'Jonas Weber' } });
    expect(await chat.reader.until('left')).toMatchObject({ participant: { name: 'Jonas Weber' } });
    await chat.session.send('still there?');
    await chat.reader.until(saying('still there?'));
    expect(chat.reader.types()).not.toContain('ended');
  });

  it('ends when the agent ends it, and says so', async () => {
    await using chat = await openChat(channel, { scenario: 'agent-ends' });
    await chat.reader.until(joinedBy('agent'));
    await chat.session.send('bye');
    expect(await chat.reader.until('ended')).toMatchObject({ by: 'agent' });
    await chat.reader.finished;
  });

  it('is rejected with a reason where nobody is there', async () => {
    await using chat = await openChat(channel, { scenario: 'nobody' });
    expect(await chat.reader.until('rejected')).toMatchObject({ code: 'NO_AGENT_AVAILABLE' });
  });

  it('tells every place in the queue', async () => {
    await using chat = await openChat(channel, { scenario: 'queue' });
    await chat.reader.until(joinedBy('agent'));
    const positions = chat.reader.events.flatMap((event) =>
      event.type === 'queued' && event.position ? [event.position] : [],
    );
    expect(positions).toEqual([...positions].sort((a, b) => b - a));
    expect(positions.length).toBeGreaterThan(1);
  });

  it('ends politely: the service confirms and nothing stays open', async () => {
    await using chat = await openChat(channel);
    await chat.reader.until(joinedBy('agent'));
    await chat.session.end();
    await chat.reader.finished;
    expect(chat.session.closed).toBe(true);
    expect(chat.simulator.openChats()).toEqual([]);
  });

  it('leaves nothing open when it is dropped in the middle', async () => {
    await using chat = await openChat(channel);
    await chat.reader.until('queued');
    await chat.session[Symbol.asyncDispose]();
    expect(chat.session.closed).toBe(true);
    expect(chat.simulator.openChats()).toEqual([]);
    await chat.reader.finished;
  });

  it('can still be closed after an interruption', async () => {
    await using chat = await openChat(channel);
    await chat.reader.until('queued');
    chat.abort.abort(new Error('interrupted'));
    await expect(chat.reader.finished).rejects.toThrow('interrupted');
    await chat.session[Symbol.asyncDispose]();
    expect(chat.simulator.openChats()).toEqual([]);
  });

  it('may be ended and dropped twice', async () => {
    await using chat = await openChat(channel);
    await chat.reader.until('queued');
    await chat.session.end();
    await chat.session.end();
    await chat.session[Symbol.asyncDispose]();
    await chat.session[Symbol.asyncDispose]();
    expect(chat.session.closed).toBe(true);
  });

  it('loses and doubles nothing when the link breaks', async () => {
    await using chat = await openChat(channel, { scenario: channel === 'miaw' ? 'stream-drop' : 'poll-drop' });
    await chat.reader.until(joinedBy('agent'));
    await chat.reader.until('reconnected');
    await chat.session.send('after the break');
    await chat.reader.until(saying('after the break'));
    const ids = chat.reader.events.flatMap((event) => (event.type === 'message' ? [event.id] : []));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('keeps what nobody knows yet', async () => {
    await using chat = await openChat(channel, { scenario: 'unknown-event' });
    const unknown = await chat.reader.until((event) => event.type === 'unknown' && /future/i.test(event.wireType));
    expect(unknown).toHaveProperty('raw');
  });

  it('shows no token and no session key in any event', async () => {
    await using chat = await openChat(channel, { scenario: 'agent-ends' });
    await chat.reader.until(joinedBy('agent'));
    await chat.session.send('bye');
    await chat.reader.until('ended');
    const text = JSON.stringify(chat.reader.events);
    expect(chat.secrets.redact(text)).toBe(text);
  });

  it('passes pre-chat values on', async () => {
    await using chat = await openChat(channel, { visitor: { preChat: { City: 'Lyon' } } });
    await chat.reader.until('queued');
    const opening = chat.simulator.journal.find(
      (request) => request.method === 'POST' && request.body?.includes('Lyon'),
    );
    expect(opening?.body).toContain('City');
  });

  it('answers choices by picking one, and the service takes it as that one', async () => {
    await using chat = await openChat(channel, { scenario: 'bot-first' });
    const asked = await chat.reader.until(choicesOf);
    await chat.session.choose(asked as MessageEvent, [option(asked, 'Billing')]);
    expect(await chat.reader.until(saying('“Billing”'))).toMatchObject({ from: { role: 'bot' } });
  });

  it('sends no choice that was not offered', async () => {
    await using chat = await openChat(channel, { scenario: 'bot-first' });
    const asked = await chat.reader.until(choicesOf);
    const other = chat.session.choose(asked as MessageEvent, [{ id: 'no-such-thing', title: 'Nothing of that kind' }]);
    await expect(other).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
  });

  it('sends a file that was asked for', async () => {
    await using chat = await openChat(channel, { scenario: 'forms' });
    await chat.reader.until(asking('file-request', channel));
    await chat.session.sendFile({
      name: 'Quittung "é".png',
      mimeType: 'image/png',
      bytes: Buffer.from([0, 255, 13, 10]),
    });
    expect(await chat.reader.until(saying('.png”'))).toMatchObject({ from: { role: 'agent' } });
  });

  it('finds a choice whose answer was lost, and the service has it once', async () => {
    await using relay = await startRelay({ fault: lateFault(isChoice) });
    await using chat = await openChat(channel, { scenario: 'bot-first', through: relay, clientClock: hastyClock() });
    const asked = await chat.reader.until(choicesOf);
    await chat.session.choose(asked as MessageEvent, [option(asked, 'Billing')]);
    await chat.reader.until(inState('completed'));
    const heard = chat.reader.events.filter((event) => event.type === 'message' && event.text.includes('“Billing”'));
    expect(heard).toHaveLength(1);
  });

  it('finds a file whose answer was lost, and the service has it once', async () => {
    await using relay = await startRelay({ fault: lateFault(isFile) });
    await using chat = await openChat(channel, { scenario: 'forms', through: relay, clientClock: hastyClock() });
    await chat.reader.until(asking('file-request', channel));
    await chat.session.sendFile({ name: 'parcel.png', mimeType: 'image/png', bytes: Buffer.from('png') });
    await chat.reader.until(saying('parcel.png'));
    expect(chat.simulator.journal.filter((request) => isFile(request.path))).toHaveLength(1);
  });
});

describe('forms and files of a miaw session', () => {
  it('fills a form by the kinds of its inputs', async () => {
    await using chat = await openChat('miaw', { scenario: 'forms' });
    const asked = await chat.reader.until((event) => event.type === 'message' && event.format === 'form');
    await chat.reader.until(joinedBy('agent'));
    const values = { order_number: '12345678', delivery_date: '2026-01-09', gift: 'yes' };
    await chat.session.answerForm(asked as MessageEvent, values);
    expect(await chat.reader.until(saying('12345678'))).toMatchObject({ text: expect.stringContaining('Yes') });
  });

  it.each([
    ['a required one is missing', { gift: 'yes' }],
    ['one is too long', { order_number: '123456789' }],
    ['one is unknown', { order_number: '1', colour: 'red' }],
    ['a date is none', { order_number: '1', delivery_date: 'tomorrow' }],
    ['a choice is none', { order_number: '1', gift: 'perhaps' }],
  ])('sends no form where %s', async (_what, values) => {
    await using chat = await openChat('miaw', { scenario: 'forms' });
    const asked = await chat.reader.until((event) => event.type === 'message' && event.format === 'form');
    const filled = chat.session.answerForm(asked as MessageEvent, values);
    await expect(filled).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
    expect(chat.simulator.journal.some(({ body }) => body?.includes('FormResponseMessage'))).toBe(false);
  });

  it('refuses a file over the published limit without sending it', async () => {
    await using chat = await openChat('miaw');
    const file = { name: 'film.mp4', mimeType: 'video/mp4', bytes: new Uint8Array(5 * 1024 * 1024 + 1) };
    await expect(chat.session.sendFile(file)).rejects.toMatchObject({ code: 'FILE_REFUSED' });
    expect(chat.simulator.journal.some(({ path }) => isFile(path))).toBe(false);
  });

  it('tells of a file type that the service refuses', async () => {
    await using chat = await openChat('miaw');
    const file = { name: 'run.exe', mimeType: 'application/octet-stream', bytes: Buffer.from('MZ') };
    await expect(chat.session.sendFile(file)).rejects.toMatchObject({ code: 'FILE_REFUSED' });
  });
});

describe('the published form and a miaw session', () => {
  it('is told, with the values that would be sent, before anything is opened', async () => {
    const told: unknown[] = [];
    const beforeOpen = (...facts: unknown[]) => void told.push(...facts);
    await using chat = await openChat('miaw', {
      visitor: { preChat: { City: 'Lyon' }, visitorName: 'Ada L' },
      beforeOpen,
    });
    const fields = expect.arrayContaining([
      { name: 'City', type: 'Text', required: false, hidden: true, maxLength: 100 },
      expect.objectContaining({ name: 'Topic', choices: ['Billing', 'Delivery', 'Returns'] }),
    ]);
    expect(told).toEqual([{ fields }, { City: 'Lyon', _firstName: 'Ada', _lastName: 'L' }]);
    expect(chat.session.closed).toBe(false);
  });

  it('stops the chat where the hook says so, with nothing opened but the token', async () => {
    await using relay = await startRelay();
    const refusal = new Error('not like this');
    const beforeOpen = () => Promise.reject(refusal);
    await expect(openChat('miaw', { through: relay, beforeOpen })).rejects.toBe(refusal);
    expect(relay.asked.map(({ path }) => path.replace(/^.*\//, ''))).toEqual(['access-token']);
  });
});

describe('what only live-chat says', () => {
  it('takes no file that the agent has not asked for', async () => {
    await using chat = await openChat('live-chat');
    await chat.reader.until(joinedBy('agent'));
    const file = { name: 'a.png', mimeType: 'image/png', bytes: Buffer.from('png') };
    await expect(chat.session.sendFile(file)).rejects.toMatchObject({ code: 'FILE_REFUSED' });
  });

  it('has no forms', async () => {
    await using chat = await openChat('live-chat');
    const form = { type: 'message', id: 'm', from: { role: 'bot' }, text: '', format: 'form' } as const;
    await expect(chat.session.answerForm(form, {})).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
  });
});
