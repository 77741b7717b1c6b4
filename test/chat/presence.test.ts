import { expect, test } from 'vitest';
import { createPresence, isSame } from '../../src/chat/presence.ts';
import type { Participant } from '../../src/core/events.ts';
import { BOT, JONAS, MARIA } from '../support/chat-events.ts';

test('at first nobody is there', () => {
  const presence = createPresence();
  expect([presence.isThere('agent'), presence.isThere('anyone')]).toEqual([false, false]);
});

test('a bot is somebody, but no agent', () => {
  const presence = createPresence();
  presence.join(BOT);
  expect([presence.isThere('agent'), presence.isThere('anyone')]).toEqual([false, true]);
});

test('a person is both', () => {
  const presence = createPresence();
  presence.join(MARIA);
  expect([presence.isThere('agent'), presence.isThere('anyone')]).toEqual([true, true]);
});

test.each<Participant>([{ role: 'visitor', name: 'Me' }, { role: 'supervisor', name: 'Sue' }, { role: 'system' }])(
  'a $role is nobody to wait for',
  (participant) => {
    const presence = createPresence();
    presence.join(participant);
    expect(presence.isThere('anyone')).toBe(false);
  },
);

test('who has left is not there, but has come', () => {
  const presence = createPresence();
  presence.join(MARIA);
  presence.leave(MARIA);
  expect([presence.isThere('agent'), presence.hasCome('agent')]).toEqual([false, true]);
});

test('a bot that came is no agent that came', () => {
  const presence = createPresence();
  presence.join(BOT);
  presence.leave(BOT);
  expect([presence.hasCome('anyone'), presence.hasCome('agent')]).toEqual([true, false]);
});

test('who joins twice is there once', () => {
  const presence = createPresence();
  presence.join(MARIA);
  presence.join({ ...MARIA, name: 'Maria L.' });
  expect(presence.agents()).toEqual([{ ...MARIA, name: 'Maria L.' }]);
});

test('one who leaves does not take the others along', () => {
  const presence = createPresence();
  presence.join(MARIA);
  presence.join(JONAS);
  presence.leave(MARIA);
  expect(presence.agents()).toEqual([JONAS]);
});

test('who leaves by name alone is found', () => {
  const presence = createPresence();
  presence.join(MARIA);
  presence.leave({ name: 'Maria', role: 'agent' });
  expect(presence.isThere('anyone')).toBe(false);
});

test.each<[string, Participant, Participant, boolean]>([
  ['the same id under another name', MARIA, { ...MARIA, name: 'M.' }, true],
  ['the same name with another id', MARIA, { ...MARIA, id: 'u9' }, false],
  ['the same name in another role', { name: 'Max', role: 'agent' }, { name: 'Max', role: 'bot' }, false],
  ['two of whom nothing is known', { role: 'agent' }, { role: 'agent' }, true],
])('%s: %o and %o', (_what, one, other, same) => {
  expect(isSame(one, other)).toBe(same);
});
