import { raceAbort, systemClock } from '../../src/core/clock.ts';
import { HandoffError } from '../../src/core/errors.ts';
import type { AgentEvent, Channel } from '../../src/core/events.ts';
import type { SimulatedRequest } from '../../src/simulator/model.ts';
import { hastyClock } from './hasty-clock.ts';
import { type OpenChat, openChat } from './open-chat.ts';
import { type Asked, type Relay, type RelayPlan, startRelay } from './relay.ts';

/** Texts of several bytes a character, for links that break in the middle of one. */
const TEXTS = ['Grüße – wo ist mein Päckchen? 📦', '二番目のメッセージ 🧑‍🚀'] as const;
const LIMIT_MS = 12_000;

/** What one chat with one fault has come to. */
export interface Walk {
  /** How the chat failed to open, or how its events ended; absent where all was well. */
  readonly opening?: unknown;
  readonly reading?: unknown;
  /** By text: how its sending ended. */
  readonly sends: readonly { readonly text: string; readonly error?: unknown }[];
  readonly events: readonly AgentEvent[];
  readonly journal: readonly SimulatedRequest[];
  readonly asked: readonly Asked[];
  readonly wireEvents: readonly string[];
  readonly closed: boolean;
  readonly stillOpen: readonly string[];
}

interface WalkOptions {
  readonly faults?: readonly string[];
}

/** Holds the same short chat each time: two texts, two answers, goodbye. Rejects only where it takes for ever. */
export async function walk(channel: Channel, plan: RelayPlan = {}, options: WalkOptions = {}): Promise<Walk> {
  await using relay = await startRelay(plan);
  const limit = AbortSignal.timeout(LIMIT_MS);
  return await raceAbort(attempt(channel, relay, options), limit);
}

async function attempt(channel: Channel, relay: Relay, { faults = [] }: WalkOptions): Promise<Walk> {
  let open: OpenChat;
  const left: { journal?: readonly SimulatedRequest[]; openChats?: () => readonly string[] } = {};
  try {
    open = await openChat(channel, {
      through: relay,
      faults,
      clientClock: hastyClock(),
      onSimulator(simulator) {
        left.journal = simulator.journal;
        left.openChats = simulator.openChats;
      },
    });
  } catch (opening) {
    const nothing = { sends: [], events: [], closed: true };
    return { ...nothing, opening, ...seen(relay), journal: left.journal ?? [], stillOpen: left.openChats?.() ?? [] };
  }
  await using chat = open;
  const { session, reader, simulator } = chat;
  const sends = await converse(chat);
  const reading = await endAndRead(chat);
  await session[Symbol.asyncDispose]();
  return {
    ...(reading === undefined ? {} : { reading }),
    sends,
    events: reader.events,
    journal: simulator.journal,
    ...seen(relay),
    closed: session.closed,
    stillOpen: simulator.openChats(),
  };
}

function seen(relay: Relay) {
  return { asked: relay.asked, wireEvents: relay.events };
}

async function converse({ session, reader }: OpenChat): Promise<Walk['sends']> {
  const sends: { text: string; error?: unknown }[] = [];
  const failed = reader.finished.then(
    () => undefined,
    () => undefined,
  );
  for (const text of TEXTS) {
    await Promise.race([reader.until((event) => event.type === 'joined').catch(() => undefined), failed]);
    const error = await session.send(text).then(
      () => undefined,
      (thrown: unknown) => thrown ?? new Error('nothing'),
    );
    sends.push(error === undefined ? { text } : { text, error });
    const taken = error === undefined;
    if (taken) await Promise.race([reader.until(quoting(text)).catch(() => undefined), failed]);
  }
  return sends;
}

async function endAndRead({ session, reader }: OpenChat): Promise<unknown> {
  await session.end().catch(() => undefined);
  await Promise.race([reader.finished.catch(() => undefined), systemClock.sleep(2000)]);
  await session[Symbol.asyncDispose]();
  return reader.finished.then(
    () => undefined,
    (error: unknown) => error,
  );
}

function quoting(text: string): (event: AgentEvent) => boolean {
  return (event) => event.type === 'message' && event.text.includes(text);
}

/** How often the service has taken a text: repeats under one id or number count once, as they do for the service. */
function timesTaken({ journal }: Walk, text: string): number {
  const taken = journal.filter(
    ({ path, body, status }) => /\/(?:message|ChatMessage)$/.test(path) && status < 300 && body?.includes(text),
  );
  const keys = taken.map(({ body, headers }) => headers['x-liveagent-sequence'] ?? idOf(body));
  return new Set(keys).size;
}

function idOf(body: string | undefined): string {
  return /"id":"([^"]+)"/.exec(body ?? '')?.[1] ?? '';
}

/** What must hold after any single fault, in words; empty where all of it does. */
export function broken(result: Walk): readonly string[] {
  return [
    ...(result.stillOpen.length > 0 ? [`left open: ${result.stillOpen.join(', ')}`] : []),
    ...(result.closed ? [] : ['not closed']),
    ...(result.opening !== undefined && !(result.opening instanceof HandoffError)
      ? ['opening failed without a code']
      : []),
    ...(result.reading === undefined ? [] : [`the events failed: ${String(result.reading)}`]),
    ...result.sends.flatMap((send) => wrongSend(result, send)),
    ...TEXTS.filter((text) => result.events.filter(quoting(text)).length > 1).map((text) => `shown twice: ${text}`),
    ...twice(result.events).map((id) => `shown twice: ${id}`),
  ];
}

function wrongSend(result: Walk, { text, error }: Walk['sends'][number]): readonly string[] {
  const times = timesTaken(result, text);
  const answers = result.events.filter(quoting(text)).length;
  if (error === undefined) {
    if (times !== 1) return [`taken ${times} times: ${text}`];
    return answers === 1 ? [] : [`answered ${answers} times: ${text}`];
  }
  const code = error instanceof HandoffError ? error.code : String(error);
  if (code === 'MESSAGE_NOT_CONFIRMED') return times > 1 ? [`unconfirmed, yet taken ${times} times`] : [];
  return times === 0 && error instanceof HandoffError ? [] : [`failed with ${code}, yet taken ${times} times`];
}

function twice(events: readonly AgentEvent[]): readonly string[] {
  const ids = events.flatMap((event) => (event.type === 'message' ? [event.id] : []));
  return ids.filter((id, index) => ids.indexOf(id) !== index);
}
