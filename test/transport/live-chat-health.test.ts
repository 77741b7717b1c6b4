import { expect, test } from 'vitest';
import { HandoffError } from '../../src/core/errors.ts';
import { FRESH_HEALTH, judgePoll, type PollHealth } from '../../src/transport/live-chat-health.ts';
import type { PollOutcome } from '../../src/transport/live-chat-poll.ts';

const TIMES = { now: 1000, tookMs: 30_000, budgetMs: 150_000 };
const EMPTY: PollOutcome = { kind: 'empty' };
const UNREACHABLE: PollOutcome = { kind: 'unreachable', error: new HandoffError('CONNECTION_LOST') };
const FAILED: PollOutcome = { kind: 'failed', error: new HandoffError('SERVICE_ERROR') };

/** The judgement of the last of several outcomes in a row. */
function after(outcomes: readonly PollOutcome[], times = TIMES, health: PollHealth = FRESH_HEALTH) {
  let judged = judgePoll(health, { kind: 'aborted' }, times);
  for (const outcome of outcomes) judged = judgePoll(judged.health, outcome, times);
  return judged;
}

test('messages are taken in', () => {
  const body = { messages: [] };
  expect(after([{ kind: 'messages', body }]).verdict).toEqual({ kind: 'take', body });
});

test('a poll that was held and empty is followed by the next at once', () => {
  expect(after([EMPTY]).verdict).toEqual({ kind: 'again', delayMs: 0 });
});

test('empty answers that come at once are followed by ever longer pauses, a second at most', () => {
  const pauses = [1, 2, 3, 4, 5, 9].map((count) => after(Array(count).fill(EMPTY), { ...TIMES, tookMs: 5 }).verdict);
  expect(pauses).toEqual([100, 200, 400, 800, 1000, 1000].map((delayMs) => ({ kind: 'again', delayMs })));
});

test('a session that is gone after polls had worked is the end of the chat', () => {
  expect(after([EMPTY, { kind: 'gone' }]).verdict).toEqual({ kind: 'end' });
});

test('a session that is gone before any poll had worked is lost', () => {
  expect(after([{ kind: 'gone' }]).verdict).toMatchObject({ kind: 'fail', error: { code: 'SESSION_LOST' } });
});

test('the first conflict is retried', () => {
  expect(after([{ kind: 'conflict' }]).verdict).toMatchObject({ kind: 'again' });
});

test('the second conflict in a row loses the session', () => {
  const { verdict } = after([{ kind: 'conflict' }, { kind: 'conflict' }]);
  expect(verdict).toMatchObject({ kind: 'fail', error: { code: 'SESSION_LOST' } });
});

test('a conflict after an answered poll is a first one again', () => {
  expect(after([{ kind: 'conflict' }, EMPTY, { kind: 'conflict' }]).verdict).toMatchObject({ kind: 'again' });
});

test('a server error is retried after two seconds', () => {
  expect(after([FAILED]).verdict).toEqual({ kind: 'again', delayMs: 2000 });
});

test('the fourth server error in a row is handed on', () => {
  expect(after([FAILED, FAILED, FAILED]).verdict.kind).toBe('again');
  expect(after([FAILED, FAILED, FAILED, FAILED]).verdict).toMatchObject({ error: { code: 'SERVICE_ERROR' } });
});

test('a lost affinity is repaired', () => {
  expect(after([{ kind: 'affinity-lost' }]).verdict).toEqual({ kind: 'repair' });
});

test('a chat that is lost again and again is given up', () => {
  const { verdict } = after(Array(6).fill({ kind: 'affinity-lost' }));
  expect(verdict).toMatchObject({ kind: 'fail', error: { code: 'SESSION_LOST' } });
});

test('a refusal is handed on', () => {
  const error = new HandoffError('NOT_FOUND');
  expect(after([{ kind: 'refused', error }]).verdict).toEqual({ kind: 'fail', error });
});

test('a lost connection is retried after two seconds, and told', () => {
  const { verdict, events } = after([UNREACHABLE]);
  expect(verdict).toEqual({ kind: 'again', delayMs: 2000 });
  expect(events).toMatchObject([{ type: 'reconnecting', attempt: 1, delayMs: 2000 }]);
});

test('attempts to reconnect are counted', () => {
  expect(after([UNREACHABLE, UNREACHABLE, UNREACHABLE]).events).toMatchObject([{ attempt: 3 }]);
});

test('the connection’s return is told', () => {
  expect(after([UNREACHABLE, EMPTY]).events).toEqual([{ type: 'reconnected' }]);
});

test('an outage longer than the server waits loses the session, with the cause', () => {
  const { health } = after([UNREACHABLE]);
  const { verdict } = after([UNREACHABLE], { ...TIMES, now: TIMES.now + 149_000 }, health);
  expect(verdict).toMatchObject({ kind: 'fail', error: { code: 'SESSION_LOST', cause: { code: 'CONNECTION_LOST' } } });
});

test('an outage shorter than that is still retried', () => {
  const { health } = after([UNREACHABLE]);
  expect(after([UNREACHABLE], { ...TIMES, now: TIMES.now + 147_000 }, health).verdict.kind).toBe('again');
});

test('a poll that we gave up ourselves says nothing', () => {
  expect(after([{ kind: 'aborted' }])).toMatchObject({
    verdict: { kind: 'nothing' },
    events: [],
    health: FRESH_HEALTH,
  });
});
