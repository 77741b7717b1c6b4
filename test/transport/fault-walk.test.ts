import { describe, expect, it } from 'vitest';
import type { Channel } from '../../src/core/events.ts';
import { type RelayPlan, type RequestFault, SUDDEN_FAULTS } from '../support/relay.ts';
import { CUTS, type EventFault } from '../support/relay-cuts.ts';
import { broken, type Walk, walk } from '../support/walk.ts';

/** The same chat without any fault: how many steps there are to break. */
const REHEARSALS: Readonly<Record<Channel, Walk>> = { miaw: await walk('miaw'), 'live-chat': await walk('live-chat') };
/** Requests before the chat is open; nothing is promised but a clear error and nothing left behind. */
const OPENING = 3;
const AT_ONCE = 8;
/** Where a session moves before its first batch has arrived, only the service could tell what was in it. */
const FIRST_POLL = 4;

const REQUEST_FAULTS: readonly RequestFault[] = SUDDEN_FAULTS;
const EVENT_FAULTS: readonly EventFault[] = [...CUTS, 'swapped'];

/** What is broken after the fault at each step in turn, some at a time; empty where nothing is. */
async function walkAll(
  channel: Channel,
  count: number,
  planFor: (nth: number) => RelayPlan,
  faults: readonly string[] = [],
): Promise<readonly string[]> {
  const complaints: string[] = [];
  const steps = Array.from({ length: count }, (_, index) => index + 1);
  const work = async () => {
    for (let nth = steps.shift(); nth !== undefined; nth = steps.shift()) {
      const found = await walk(channel, planFor(nth), { faults }).then(
        (result) =>
          [...broken(result), ...unopened(result, nth)].map(
            (what) => `${what} (${result.asked[(nth ?? 0) - 1]?.path})`,
          ),
        (error: unknown) => [`hangs: ${String(error)}`],
      );
      complaints.push(...found.map((what) => `${nth}: ${what}`));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return complaints;
}

function unopened({ opening }: Walk, nth: number): readonly string[] {
  return opening !== undefined && nth > OPENING ? [`did not open: ${String(opening)}`] : [];
}

describe.each<Channel>(['miaw', 'live-chat'])('a %s chat in which one request goes wrong', (channel) => {
  const { asked } = REHEARSALS[channel];

  it('is whole where nothing does', () => {
    expect(broken(REHEARSALS[channel])).toEqual([]);
  });

  it.each(REQUEST_FAULTS)(
    'has every text once and closes: %s at each request in turn',
    async (fault) => {
      const plan = (nth: number) => ({ fault: (one: { nth: number }) => (one.nth === nth ? fault : undefined) });
      expect(await walkAll(channel, asked.length, plan)).toEqual([]);
    },
    60_000,
  );

  it.each(['reset', 'lost', '500', '503'] as const)(
    'has every text once: %s at each two requests in a row',
    async (fault) => {
      const plan = (nth: number) => ({
        fault: (one: { nth: number }) => (one.nth === nth || one.nth === nth + 1 ? fault : undefined),
      });
      expect(await walkAll(channel, asked.length, plan)).toEqual([]);
    },
    60_000,
  );

  it.each(['lost', 'late-500'] as const)(
    'has every text once: %s at each request of a chat in trouble',
    async (fault) => {
      const plan = (nth: number) => ({
        fault: (one: { nth: number }) => (one.nth === nth && nth !== FIRST_POLL ? fault : undefined),
      });
      const trouble =
        channel === 'miaw' ? ['drop-stream', 'no-replay', 'duplicate-events'] : ['drop-affinity', 'poll-409'];
      expect(await walkAll(channel, asked.length + 6, plan, trouble)).toEqual([]);
    },
    60_000,
  );

  it('has every text once and closes: nobody listens before each request in turn', async () => {
    const plan = (nth: number) => ({ refusedAt: nth });
    expect(await walkAll(channel, asked.length, plan)).toEqual([]);
  }, 60_000);
});

describe.each<Channel>(['miaw', 'live-chat'])('a %s chat whose events go wrong', (channel) => {
  const { wireEvents } = REHEARSALS[channel];

  it.each(EVENT_FAULTS)(
    'shows everything once: %s at each event in turn',
    async (fault) => {
      const plan = (nth: number) => ({ eventFault: (one: number) => (one === nth ? fault : undefined) });
      expect(await walkAll(channel, wireEvents.length, plan)).toEqual([]);
    },
    60_000,
  );
});

describe('a miaw chat whose service does not replay', () => {
  const { wireEvents } = REHEARSALS.miaw;

  it.each(['before', 'after', 'mid-character'] as const)(
    'shows every message once: %s at each event',
    async (fault) => {
      const plan = (nth: number) => ({ eventFault: (one: number) => (one === nth ? fault : undefined) });
      expect(await walkAll('miaw', wireEvents.length, plan, ['no-replay'])).toEqual([]);
    },
    60_000,
  );
});

describe('a miaw chat whose token is refused', () => {
  it('renews it at each request in turn', async () => {
    const plan = (nth: number) => ({
      fault: (one: { nth: number }) => (one.nth === nth ? ('expired' as const) : undefined),
    });
    expect(await walkAll('miaw', REHEARSALS.miaw.asked.length, plan)).toEqual([]);
  }, 60_000);
});
