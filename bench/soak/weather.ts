import type { Clock } from '../../src/core/clock.ts';
import type { Channel } from '../../src/core/events.ts';
import { type Asked, type RelayPlan, type RequestFault, SUDDEN_FAULTS } from '../../test/support/relay.ts';
import { CUTS, type EventFault } from '../../test/support/relay-cuts.ts';
import type { Chance } from './seeded.ts';

/** What goes wrong all the time: one simulator each, named by its faults. */
export const WEATHERS: Readonly<Record<Channel, readonly (readonly string[])[]>> = {
  miaw: [[], ['drop-stream', 'duplicate-events'], ['no-replay'], ['odd-shapes', 'payload-object']],
  'live-chat': [[], ['instant-204'], ['typing-disorder', 'odd-shapes'], ['unknown-event']],
};

/** What goes wrong once, in the middle of a chat, at the service itself. */
export const MOMENTS: Readonly<Record<Channel, readonly [string, ...string[]]>> = {
  miaw: ['drop-stream', 'lost-send', 'message-limit'],
  'live-chat': ['drop-affinity', 'lost-poll', 'poll-409', 'lost-send'],
};

const REQUEST_FAULTS: readonly [RequestFault, ...RequestFault[]] = [...SUDDEN_FAULTS, 'stall', 'slow'];
/** Swapped frames are not among them: they arrive in another order than they were meant. */
const EVENT_FAULTS: readonly [EventFault, ...EventFault[]] = [...CUTS, 'slow', 'stall'];
/** The share of requests and events that go wrong; most chats meet one kind of day, some none at all. */
const SHARES: readonly [number, ...number[]] = [0, 0.02, 0.05, 0.1];
const REFUSED_SHARE = 0.15;
/** No more in a row than the client promises to bear, and a pause after what takes its whole patience. */
const MOST_IN_A_ROW = 2;
const PAUSE = 4;

/** The network between one client and the service. `clear` ends all trouble. */
export interface Weather {
  readonly plan: RelayPlan;
  readonly faults: ReadonlyMap<string, number>;
  clear(): void;
}

export function weather(channel: Channel, clock: Clock, luck: Chance): Weather {
  const faults = new Map<string, number>();
  let share = luck.pick(SHARES);
  let inARow = 0;
  let spared = 0;

  function isDue(): boolean {
    spared -= 1;
    const due = luck.happens(share) && spared < 0 && inARow < MOST_IN_A_ROW;
    inARow = due ? inARow + 1 : 0;
    return due;
  }

  function note<F extends string>(fault: F): F {
    faults.set(fault, (faults.get(fault) ?? 0) + 1);
    if (fault === 'stall' || fault === 'expired') spared = PAUSE;
    return fault;
  }

  function requestFault({ path }: Asked): RequestFault | undefined {
    if (!isDue()) return undefined;
    const canExpire = channel === 'miaw' && !path.includes('/authorization/');
    return note(canExpire && luck.happens(0.15) ? 'expired' : luck.pick(REQUEST_FAULTS));
  }

  const refusedAt = share > 0 && luck.happens(REFUSED_SHARE) ? luck.between(4, 40) : undefined;
  return {
    plan: {
      clock,
      fault: requestFault,
      eventFault: () => (isDue() ? note(luck.pick(EVENT_FAULTS)) : undefined),
      heldMs: () => luck.between(300, 15_000),
      ...(refusedAt === undefined ? {} : { refusedAt }),
    },
    faults,
    clear() {
      share = 0;
    },
  };
}
