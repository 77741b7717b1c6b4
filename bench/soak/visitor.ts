import { type Clock, raceAbort, withDeadline } from '../../src/core/clock.ts';
import { HandoffError } from '../../src/core/errors.ts';
import type { AgentEvent, Channel } from '../../src/core/events.ts';
import type { Http } from '../../src/core/http.ts';
import type { Leftover, LeftoverKeeper } from '../../src/core/leftover.ts';
import { createSecrets } from '../../src/core/redact.ts';
import type { ChatSession } from '../../src/core/session.ts';
import { createHttp } from '../../src/http/client.ts';
import type { Simulator } from '../../src/simulator/model.ts';
import { closeLeftover } from '../../src/transport/close-leftover.ts';
import { openSession } from '../../src/transport/open-session.ts';
import { type EventReader, readEvents } from '../../test/support/event-reader.ts';
import { configThrough } from '../../test/support/open-chat.ts';
import { type Relay, startRelay } from '../../test/support/relay.ts';
import { LAST } from './desk.ts';
import type { ChatLedger, Leaving, Said } from './proof.ts';
import type { Chance } from './seeded.ts';
import { type Weather, weather } from './weather.ts';

export interface Visit {
  readonly name: string;
  readonly channel: Channel;
  readonly simulator: Simulator;
  readonly clock: Clock;
  readonly luck: Chance;
  /** When a chat that has not come to its end is given up. */
  readonly until: number;
  /** Aborts when the whole run is to end at once. */
  readonly hurry: AbortSignal;
  /** For a test that wants to see something found. */
  readonly spoil?: ((session: ChatSession) => ChatSession) | undefined;
}

interface Kept {
  leftover?: Leftover;
}

interface Chat extends Visit {
  readonly session: ChatSession;
  readonly reader: EventReader;
  /** Aborts when there is nothing more to wait for. */
  readonly over: AbortController;
  readonly said: Said[];
}

const TIMEOUT_MS = 5000;
/** For what is to happen at once. */
const END_MS = 30_000;

/** One chat from the visitor's side, over a network of its own, with everything closed at its end. */
export async function visit(visit: Visit): Promise<ChatLedger> {
  const { channel, clock, luck, simulator } = visit;
  const sky = weather(channel, clock, luck);
  await using relay = await startRelay(sky.plan);
  relay.forwardTo(simulator.port);
  const http = await createHttp({ timeoutMs: TIMEOUT_MS, env: {}, clock, userAgent: 'soak' });
  try {
    return await meet(visit, sky, relay, http);
  } finally {
    await http.close();
  }
}

async function meet(visit: Visit, sky: Weather, relay: Relay, http: Http): Promise<ChatLedger> {
  const { channel, clock, luck, name, simulator } = visit;
  const outside = new AbortController();
  const kept: Kept = {};
  const powers = { http, clock, random: luck, secrets: createSecrets(), timeoutMs: TIMEOUT_MS };
  const common = { name, channel, faults: sky.faults, requests: () => relay.asked.length };
  const cleanUp = async () => {
    const { signal } = new AbortController();
    sky.clear();
    return kept.leftover && closeLeftover(kept.leftover, { ...powers, signal }).catch((error: unknown) => error);
  };
  let opened: ChatSession;
  try {
    const deps = { ...powers, signal: outside.signal, leftover: keeperOf(kept) };
    opened = await openSession(configThrough(channel, simulator, relay), {}, deps);
  } catch (opening) {
    const id = kept.leftover?.conversationId;
    const cleaning = await cleanUp();
    const nothing = { said: [], events: [], leaving: 'not-opened', closed: false } as const;
    return { ...common, ...nothing, id, opening, cleaning, stillOpen: stillOpen(simulator, id) };
  }
  const session = visit.spoil?.(opened) ?? opened;
  const talk = await converse(visit, session, outside);
  // A session that says it is closed is taken at its word, and the service asked whether that is so.
  const cleaning = session.closed ? undefined : await cleanUp();
  return { ...common, ...talk, cleaning, closed: session.closed, stillOpen: stillOpen(simulator, session.id) };
}

/** What `test-chat --cleanup` would find. */
function keeperOf(kept: Kept): LeftoverKeeper {
  return {
    async keep(leftover) {
      kept.leftover = leftover;
    },
    async forget() {
      delete kept.leftover;
    },
  };
}

function stillOpen(simulator: Simulator, id: string | undefined): boolean {
  return id !== undefined && simulator.openChats().includes(id);
}

async function converse(visit: Visit, session: ChatSession, outside: AbortController) {
  const reader = readEvents(session);
  const over = new AbortController();
  const done = () => over.abort(new Error('nothing more to wait for'));
  const chat: Chat = { ...visit, session, reader, over, said: [] };
  reader.finished.then(done, done);
  reader.until(isLast).then(done, () => undefined);
  visit.hurry.addEventListener('abort', done, { once: true });
  const leaving = await talkUntilOver(chat);
  if (leaving === 'aborted') outside.abort(new Error('interrupted'));
  if (leaving === 'said-goodbye' || leaving === 'hurried') await sayGoodbye(chat);
  await session[Symbol.asyncDispose]();
  visit.hurry.removeEventListener('abort', done);
  const reading = await endOfReading(chat, outside);
  return { id: session.id, said: chat.said, events: reader.events, leaving, reading };
}

/** How the events have ended, if not well. After dispose they end by themselves. */
async function endOfReading({ clock, reader }: Chat, outside: AbortController): Promise<unknown> {
  const late = () => new Error('they did not end with the session');
  const reading = withDeadline(clock, END_MS, late, () => reader.finished);
  const failure = await reading.then(
    () => undefined,
    (error: unknown) => error,
  );
  outside.abort(new Error('the chat is over'));
  await reader.finished.catch(() => undefined);
  return failure;
}

function isLast(event: AgentEvent): boolean {
  return event.type === 'message' && event.text.endsWith(LAST);
}

async function talkUntilOver(chat: Chat): Promise<Leaving> {
  const { clock, luck, over, until } = chat;
  const early = luck.happens(0.12) ? luck.pick(['walked-off', 'aborted'] as const) : undefined;
  const earlyAt = clock.now() + luck.between(1000, 60_000);
  const pending = new Set<Promise<void>>();
  while (!over.signal.aborted && clock.now() < until) {
    if (early && clock.now() > earlyAt) return early;
    for (let count = luck.happens(0.1) ? 3 : 1; count > 0; count -= 1) {
      const sending = say(chat).finally(() => pending.delete(sending));
      pending.add(sending);
    }
    if (luck.happens(0.2)) chat.session.typing(true).catch(() => undefined);
    await clock.sleep(luck.between(200, 9000), over.signal).catch(() => undefined);
    if (pending.size > 3) await raceAbort(Promise.all(pending), over.signal).catch(() => undefined);
  }
  await Promise.all(pending);
  await lookOutForEnd(chat);
  return leavingOf(chat);
}

/** Some agents end the chat after their last word, and some visitors give them the time to. */
async function lookOutForEnd({ clock, hurry, luck, reader }: Chat): Promise<void> {
  const ended = new AbortController();
  const stop = () => ended.abort(new Error('the events have ended'));
  reader.finished.then(stop, stop);
  await clock.sleep(luck.between(0, 5000), AbortSignal.any([hurry, ended.signal])).catch(() => undefined);
}

function leavingOf({ hurry, reader }: Chat): Leaving {
  if (hurry.aborted) return 'hurried';
  if (reader.events.some((event) => event.type === 'ended')) return 'was-ended';
  return reader.events.some(isLast) ? 'said-goodbye' : 'gave-up';
}

async function say(chat: Chat): Promise<void> {
  const { luck, name, said, session } = chat;
  const padding = luck.happens(0.05) ? ` ${'二番目の🧑‍🚀 '.repeat(luck.between(10, 100))}`.trimEnd() : '';
  const entry: Said = { text: `${name}: ${said.length + 1} – Päckchen 📦${padding}`, outcome: 'sending' };
  said.push(entry);
  await session.send(entry.text).then(
    () => {
      entry.outcome = 'sent';
    },
    (error: unknown) => {
      entry.outcome =
        error instanceof HandoffError && error.code === 'MESSAGE_NOT_CONFIRMED' ? 'unconfirmed' : 'refused';
      entry.error = error;
    },
  );
}

/** A goodbye that did not get through may be said again. */
async function sayGoodbye({ session }: Chat): Promise<void> {
  await session.end().catch(() => session.end().catch(() => undefined));
}
