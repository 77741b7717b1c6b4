import { expect, test } from 'vitest';
import { createTypingNotices } from '../../src/chat/typing-notices.ts';
import { settled } from '../support/gate.ts';
import { manualClock } from '../support/manual-clock.ts';

function noticesAt(isWatched = true) {
  const clock = manualClock();
  const told: boolean[] = [];
  const notices = createTypingNotices({
    clock,
    signal: new AbortController().signal,
    isWatched: () => isWatched,
    notify: async (active) => void told.push(active),
  });
  return { clock, told, notices };
}

test('many strokes are told once', () => {
  const { told, notices } = noticesAt();
  notices.stroke();
  notices.stroke();
  expect(told).toEqual([true]);
});

test('a pause of five seconds is told', async () => {
  const { clock, told, notices } = noticesAt();
  notices.stroke();
  await clock.waitUntilSleeping(5000);
  clock.advance(5000);
  await settled();
  expect(told).toEqual([true, false]);
});

test('every further stroke puts the pause off', async () => {
  const { clock, told, notices } = noticesAt();
  notices.stroke();
  await clock.waitUntilSleeping(5000);
  clock.advance(4000);
  notices.stroke();
  clock.advance(1000);
  await clock.waitUntilSleeping(4000);
  expect(told).toEqual([true]);
});

test('a message ends the typing', () => {
  const { told, notices } = noticesAt();
  notices.stroke();
  notices.settle();
  expect(told).toEqual([true, false]);
});

test('nothing is told while nobody is there', () => {
  const { told, notices } = noticesAt(false);
  notices.stroke();
  notices.settle();
  expect(told).toEqual([]);
});

test('switched off, nothing is told', () => {
  const { told, notices } = noticesAt();
  notices.switch(false);
  notices.stroke();
  expect(told).toEqual([]);
});
