import { describe, expect, test } from 'vitest';
import { CAPABILITIES } from '../../src/chat/capabilities.ts';
import { plainLine } from '../../src/ui/plain.ts';
import { type Score, scorecard } from '../../src/ui/scorecard.ts';
import { columnsOf } from '../../src/ui/wrap.ts';

const SCORE: Score = {
  outcome: 'passed',
  closed: true,
  durationMs: 69_000,
  sent: 1,
  received: 4,
  reconnects: 0,
  seen: [],
  notSeen: [],
};

function cardOf(score: Partial<Score> = {}, options = { width: 80, unicode: true }): string[] {
  return scorecard({ ...SCORE, ...score }, options).map(plainLine);
}

test('a whole card', () => {
  const card = cardOf({
    queuedAfterMs: 1000,
    agentAfterMs: 20_000,
    firstAnswerMs: 9000,
    reconnects: 2,
    conversationId: '7c1f0e52-0000-4000-8000-000000000000',
    seen: ['agentName', 'joinsAndExits'],
    notSeen: [
      { name: 'agentName', step: 'miaw.1' },
      { name: 'conference', step: 'miaw.capabilities' },
      { name: 'inactivity', step: 'miaw.capabilities', note: 'not here' },
    ],
  });
  expect(card.join('\n')).toMatchInlineSnapshot(`
    "
    Handoff proven in 1 min 9 s   closed, nothing left open
      queued after 1.0 s · agent after 20 s · first answer after 9.0 s · 1 sent, 4
      received · 2 reconnects
      seen      agent name · joins and exits
      not seen  agent name
                → sf-handoff guide miaw.1
                conference · inactivity (not here)
                → sf-handoff guide miaw.capabilities
      chat id   7c1f0e52-0000-4000-8000-000000000000"
  `);
});

describe('the headline', () => {
  test('a failure says so in words', () => {
    expect(cardOf({ outcome: 'failed' })[1]).toBe('Handoff not proven after 1 min 9 s   closed, nothing left open');
  });

  test('a chat that is still open is named loudly', () => {
    expect(cardOf({ closed: false })[1]).toContain('NOT CLOSED: sf-handoff test-chat --cleanup');
  });

  test.each([
    ['passed', 'ok'],
    ['failed', 'fail'],
    ['interrupted', 'warn'],
  ] as const)('a chat that %s is painted %s', (outcome, tone) => {
    expect(scorecard({ ...SCORE, outcome }, { width: 80, unicode: true })[1]?.[0]).toMatchObject({ tone });
  });
});

describe('the figures', () => {
  test('what did not happen is left out', () => {
    expect(cardOf()[2]).toBe('  1 sent, 4 received');
  });

  test('one reconnect is one', () => {
    expect(cardOf({ reconnects: 1 })[2]).toBe('  1 sent, 4 received · 1 reconnect');
  });

  test('an agent at once is told all the same', () => {
    expect(cardOf({ agentAfterMs: 0 })[2]).toContain('agent after 0 ms');
  });
});

describe('the capabilities', () => {
  test('every one has words of its own', () => {
    const card = cardOf({ notSeen: CAPABILITIES.map((name) => ({ name, step: 'miaw.1' })) }).join(' ');
    expect(card).not.toMatch(/[a-z][A-Z]/);
  });

  test('where all were seen nothing is left to try', () => {
    expect(cardOf({ seen: CAPABILITIES }).join('\n')).not.toContain('sf-handoff guide');
  });
});

test('without Unicode no symbol is used', () => {
  const card = cardOf({ agentAfterMs: 1, seen: ['agentName', 'transfer'] }, { width: 80, unicode: false });
  expect(card.join('\n')).toMatch(/^[\n\x20-\x7e]*$/);
});

test.each([40, 60])('at %d columns the entries do not stick out', (width) => {
  const card = cardOf({ seen: CAPABILITIES, agentAfterMs: 1, queuedAfterMs: 1 }, { width, unicode: true });
  expect(Math.max(...card.slice(2).map(columnsOf))).toBeLessThanOrEqual(width);
});
