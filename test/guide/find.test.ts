import { expect, test } from 'vitest';
import { guideFor, guideTopics } from '../../src/guide/find.ts';
import { GUIDE } from '../../src/guide/steps.ts';

const ids = (query?: string) => guideFor(query)?.map((entry) => entry.id);

test('without a query everything is found', () => {
  expect(guideFor()).toBe(GUIDE);
});

test('a track finds its steps in order', () => {
  expect(ids('miaw')).toEqual(['miaw.1', 'miaw.2', 'miaw.3', 'miaw.capabilities']);
});

test('a step finds itself', () => {
  expect(ids('live-chat.verify')).toEqual(['live-chat.verify']);
});

test('capitals and blanks around a query do not matter', () => {
  expect(ids(' MIAW.1 ')).toEqual(['miaw.1']);
});

test.each(['miaw.9', 'mia', '', 'constructor'])('“%s” finds nothing', (query) => {
  expect(guideFor(query)).toBeUndefined();
});

test('every topic that is offered can be found', () => {
  expect(guideTopics().filter((topic) => guideFor(topic) === undefined)).toEqual([]);
});

test('the topics name tracks before steps, each once', () => {
  const topics = guideTopics();
  expect(topics.slice(0, 4)).toEqual(['prerequisite', 'live-chat', 'miaw', 'metadata']);
  expect(new Set(topics).size).toBe(topics.length);
});
