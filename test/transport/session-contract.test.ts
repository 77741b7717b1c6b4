import { describe, expect, it } from 'vitest';
import type { AgentEvent, Channel } from '../../src/core/events.ts';
import { openChat } from '../support/open-chat.ts';

const joinedBy = (role: string) => (event: AgentEvent) => event.type === 'joined' && event.participant.role === role;
const saying = (text: string) => (event: AgentEvent) => event.type === 'message' && event.text.includes(text);
const inState = (state: string) => (event: AgentEvent) => event.type === 'transferred' && event.state === state;

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
});
