import { describe, expect, it } from 'vitest';
import { chance } from '../../bench/soak/seeded.ts';
import { type SoakPlan, soak } from '../../bench/soak/soak.ts';
import { weather } from '../../bench/soak/weather.ts';
import type { AgentEvent } from '../../src/core/events.ts';
import type { ChatSession } from '../../src/core/session.ts';
import { manualClock } from '../support/manual-clock.ts';

const NEVER = new AbortController().signal;

function shortSoak(more: Partial<SoakPlan> = {}) {
  return soak({ seed: 1, time: 'compressed', lengthMs: 60_000, lanes: 4, hurry: NEVER, ...more });
}

/** The same session with another behaviour in one place. */
function changed(session: ChatSession, parts: Partial<ChatSession>): ChatSession {
  return Object.defineProperties(Object.create(session), Object.getOwnPropertyDescriptors(parts));
}

async function* eachMessage(session: ChatSession, times: number): AsyncGenerator<AgentEvent> {
  for await (const event of session.events()) {
    for (let count = event.type === 'message' ? times : 1; count > 0; count -= 1) yield event;
  }
}

describe('a short soak', () => {
  it.each([1, 2])('finds nothing wrong, with the seed %i', async (seed) => {
    const { tally, vitals } = await shortSoak({ seed });
    expect(tally.violations).toEqual([]);
    expect(vitals).toHaveLength(6);
    expect(Math.min(tally.of('miaw chats'), tally.of('live-chat chats'))).toBeGreaterThan(3);
    expect(tally.of('faults of the network')).toBeGreaterThan(10);
    expect(tally.of('texts: sent')).toBeGreaterThan(50);
  });

  it('draws the same faults from the same seed', () => {
    const draw = (seed: number) => {
      const { plan } = weather('miaw', manualClock(), chance(seed, 'visitor'));
      const asked = { method: 'GET', path: '/iamessage', body: '' };
      return Array.from({ length: 300 }, (_, nth) => [plan.fault?.({ ...asked, nth }), plan.eventFault?.(nth, '')]);
    };
    expect(draw(2)).toEqual(draw(2));
    expect(draw(2).flat().filter(Boolean)).not.toEqual(draw(3).flat().filter(Boolean));
  });

  it('closes what is open and says how far it came when it is to end at once', async () => {
    const hurry = new AbortController();
    const spoil = (session: ChatSession) => {
      hurry.abort(new Error('interrupted'));
      return session;
    };
    const { tally } = await shortSoak({ hurry: hurry.signal, spoil });
    expect([tally.violations, tally.of('chats open')]).toEqual([[], 0]);
    expect(tally.of('chats: hurried')).toBeGreaterThan(0);
  });
});

describe('the proof of a soak', () => {
  it('is made of fewer shifts where there is little time, and none where no chat could be held', async () => {
    const little = await shortSoak({ lengthMs: 12_000 });
    expect([little.tally.violations, little.vitals.length]).toEqual([[], 1]);
    expect(little.tally.of('chats')).toBeGreaterThan(0);
    expect((await shortSoak({ lengthMs: 2000 })).tally.violations).toEqual(['no chat was held, so nothing is proven']);
  });

  it.each<[what: string, words: RegExp, spoil: (session: ChatSession) => ChatSession]>([
    [
      'a text that is lost',
      /sent, yet never taken/,
      (session) => changed(session, { send: async () => ({ id: 'none' }) }),
    ],
    [
      'a text that is sent twice',
      /taken 2 times/,
      (session) => changed(session, { send: (text) => session.send(text).then(() => session.send(text)) }),
    ],
    [
      'a message that is not shown',
      /told, yet never shown|did not come/,
      (session) => changed(session, { events: () => eachMessage(session, 0) }),
    ],
    [
      'a message that is shown twice',
      /shown twice/,
      (session) => changed(session, { events: () => eachMessage(session, 2) }),
    ],
    [
      'a session that is left open',
      /left open, although reported as closed/,
      (session) =>
        changed(session, { end: async () => undefined, closed: true, [Symbol.asyncDispose]: async () => undefined }),
    ],
  ])('finds %s', async (_, words, spoil) => {
    const { tally } = await shortSoak({ lengthMs: 30_000, shifts: 1, spoil });
    expect(tally.violations.join('\n')).toMatch(words);
  });
});
