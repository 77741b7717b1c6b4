import type { Clock } from '../../src/core/clock.ts';
import type { AgentEventBody, Participant } from '../../src/core/events.ts';
import type { SimulatedChat } from '../../src/simulator/model.ts';
import { type Chance, chance } from './seeded.ts';
import { MOMENTS } from './weather.ts';

/** What the service's side knows about one chat. */
export interface DeskRecord {
  /** What was meant for the visitor, in order. */
  readonly told: string[];
  /** What the visitor has said, as often as it was taken. */
  readonly taken: string[];
  readonly faults: string[];
  endedByAgent: boolean;
}

/** Agents who take part in every chat of one simulator. */
export interface Desk {
  attend(chat: SimulatedChat): Promise<void>;
  recordOf(id: string): DeskRecord;
}

interface Shift {
  readonly seed: number;
  readonly name: string;
  readonly clock: Clock;
  /** When the last chats are to be over. */
  readonly until: number;
}

interface Play extends Shift {
  readonly faulted: { at: number };
  readonly chat: SimulatedChat;
  readonly record: DeskRecord;
  readonly luck: Chance;
  readonly name: string;
}

const MARIA: Participant = { name: 'Maria Lopez', role: 'agent' };
const JONAS: Participant = { name: 'Jonas Weber', role: 'agent' };
const STUMBLE_GAP_MS = 30_000;
/** The last thing an agent says; the visitor waits for it. */
export const LAST = 'last word';
const LENGTHS_MS: readonly [readonly [number, number], ...(readonly [number, number])[]] = [
  [5_000, 20_000],
  [20_000, 90_000],
  [90_000, 300_000],
];

export function createDesk(shift: Shift): Desk {
  const records = new Map<string, DeskRecord>();
  const recordOf = (id: string) => {
    const known = records.get(id);
    const record = known ?? { told: [], taken: [], faults: [], endedByAgent: false };
    if (!known) records.set(id, record);
    return record;
  };
  let chats = 0;
  return {
    recordOf,
    async attend(chat) {
      const again = records.has(chat.id);
      const record = recordOf(chat.id);
      void listen(chat, record);
      if (again) return;
      chats += 1;
      const name = `${shift.name} ${chats}`;
      const faulted = { at: 0 };
      const play = { ...shift, chat, record, name, faulted, luck: chance(shift.seed, `desk ${name}`) };
      // The chat is over, or the simulator has been stopped.
      await perform(play).catch(() => undefined);
    },
  };
}

async function listen(chat: SimulatedChat, record: DeskRecord): Promise<void> {
  for (;;) {
    const text = await chat.nextMessage().catch(() => undefined);
    if (text === undefined) return;
    record.taken.push(text);
  }
}

/** Rejects as soon as the chat is over. */
async function perform(play: Play): Promise<void> {
  const { chat, clock, luck, record, until } = play;
  const [low, high] = luck.pick(LENGTHS_MS);
  const endsAt = Math.min(until, clock.now() + luck.between(low, high));
  await pause(play, 100, 3000);
  chat.emit({ type: 'queued', position: 1, estimatedWaitSeconds: 20 });
  await pause(play, 100, 5000);
  tell(play, { type: 'joined', participant: MARIA });
  while (clock.now() < endsAt) {
    await pause(play, 200, 8000);
    await doSomething(play);
  }
  say(play, MARIA, LAST);
  if (!luck.happens(0.3)) return;
  record.endedByAgent = true;
  chat.emit({ type: 'ended', by: 'agent' });
}

async function doSomething(play: Play): Promise<void> {
  const { chat, luck, record } = play;
  const dice = luck.next();
  if (dice < 0.5) say(play, MARIA);
  else if (dice < 0.6) for (let count = luck.between(2, 5); count > 0; count -= 1) say(play, MARIA);
  else if (dice < 0.75) chat.emit({ type: 'typing', participant: MARIA, active: luck.happens(0.5) });
  else if (dice < 0.8) chat.emit({ type: 'unknown', wireType: 'FutureThing', raw: { level: 7 } });
  else if (dice < 0.85) await consult(play);
  // Before somebody has joined on the visitor's side, too, a move of the session loses what only the service could know.
  else if (record.taken.length > 0) stumble(play);
}

/** A colleague comes, says something and leaves. */
async function consult(play: Play): Promise<void> {
  tell(play, { type: 'joined', participant: JONAS });
  await pause(play, 100, 2000);
  say(play, JONAS);
  await pause(play, 100, 2000);
  play.chat.emit({ type: 'left', participant: JONAS });
}

/** A second conflict in a row is the end of a chat by the vendor's guide, so there is time between one fault and the next. */
function stumble({ chat, clock, faulted, luck, record }: Play): void {
  if (clock.now() - faulted.at < STUMBLE_GAP_MS) return;
  faulted.at = clock.now();
  const fault = luck.pick(MOMENTS[chat.channel]);
  record.faults.push(fault);
  chat.fault(fault);
}

function say(play: Play, from: Participant, more = ''): void {
  const { luck, name, record } = play;
  const padding = luck.happens(0.05) ? ` ${'漢字かな🧑‍🚀 '.repeat(luck.between(20, 200))}`.trimEnd() : '';
  const text = `${name}: ${record.told.length + 1} – Grüße 📦${padding} ${more}`.trimEnd();
  tell(play, { type: 'message', id: '', from, text, format: 'text' });
}

function tell({ chat, record }: Play, event: AgentEventBody): void {
  chat.over.throwIfAborted();
  record.told.push(...tokenOf(event));
  chat.emit(event);
}

/** What is compared of an event: what was said, and who has come. */
export function tokenOf(event: AgentEventBody): readonly string[] {
  if (event.type === 'message') return [event.text];
  return event.type === 'joined' ? [`joined: ${event.participant.name}`] : [];
}

async function pause({ chat, clock, luck }: Play, low: number, high: number): Promise<void> {
  await clock.sleep(luck.between(low, high), chat.over);
}
