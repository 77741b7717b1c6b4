import type { Clock } from '../../src/core/clock.ts';
import type { Channel } from '../../src/core/events.ts';
import type { ChatSession } from '../../src/core/session.ts';
import type { SimulatedRequest, Simulator } from '../../src/simulator/model.ts';
import { startSimulator } from '../../src/simulator/start-simulator.ts';
import { createDesk, type Desk } from './desk.ts';
import { violations } from './proof.ts';
import { type Chance, chance } from './seeded.ts';
import { countChat, type Tally } from './tally.ts';
import { visit } from './visitor.ts';
import { WEATHERS } from './weather.ts';

export interface ShiftPlan {
  readonly seed: number;
  readonly name: string;
  readonly clock: Clock;
  readonly lengthMs: number;
  /** How many chats are held at once. */
  readonly lanes: number;
  readonly hurry: AbortSignal;
  readonly tally: Tally;
  readonly spoil?: ((session: ChatSession) => ChatSession) | undefined;
}

interface Service {
  readonly channel: Channel;
  readonly simulator: Simulator;
  readonly desk: Desk;
  /** Texts that the service's journal has shown since somebody last asked. */
  readonly posted: Set<string>;
  readonly replays: boolean;
}

const CHANNELS: readonly Channel[] = ['miaw', 'live-chat'];
/** No chat is begun so shortly before the end. */
const SHORTEST_MS = 3000;
/** How long a chat may take beyond the end of its shift. */
const GRACE_MS = 240_000;

/** Opens all services, holds chats until the time is over, closes everything, and says what was wrong. */
export async function workShift(plan: ShiftPlan): Promise<void> {
  const until = plan.clock.now() + plan.lengthMs;
  const services = await Promise.all(
    CHANNELS.flatMap((channel) => WEATHERS[channel].map((faults) => openService(plan, channel, faults, until))),
  );
  try {
    await Promise.all(Array.from({ length: plan.lanes }, (_, lane) => workLane(plan, services, lane, until)));
    for (const { simulator } of services) {
      const left = simulator.openChats();
      if (left.length > 0) plan.tally.violations.push(`shift ${plan.name}: left open: ${left.join(', ')}`);
      plan.tally.add('chats in the journals', simulator.totals().chats);
    }
  } finally {
    await Promise.all(services.map(({ simulator }) => simulator[Symbol.asyncDispose]()));
  }
}

async function openService(
  { seed, name, clock }: ShiftPlan,
  channel: Channel,
  faults: readonly string[],
  until: number,
): Promise<Service> {
  const title = `${name} ${channel} ${faults.join('+') || 'fair'}`;
  const desk = createDesk({ seed, name: title, clock, until });
  const posted = new Set<string>();
  const simulator = await startSimulator({
    attend: desk.attend,
    faults,
    clock,
    random: chance(seed, `service ${title}`),
    onRequest: (request) => notePosted(request, posted),
  });
  return { channel, simulator, desk, posted, replays: !faults.includes('no-replay') };
}

function notePosted({ method, path, body }: SimulatedRequest, posted: Set<string>): void {
  if (method !== 'POST' || !/\/(?:message|ChatMessage)$/.test(path)) return;
  const sent: { text?: string; message?: { staticContent?: { text?: string } } } = JSON.parse(body ?? '{}');
  const text = sent.text ?? sent.message?.staticContent?.text;
  if (text !== undefined) posted.add(text);
}

async function workLane(plan: ShiftPlan, services: readonly Service[], lane: number, until: number): Promise<void> {
  const channel = CHANNELS[lane % CHANNELS.length];
  const own = services.filter((service) => service.channel === channel);
  for (let nth = 1; !plan.hurry.aborted && plan.clock.now() < until - SHORTEST_MS; nth += 1) {
    const name = `${plan.name}/${lane + 1}/${nth}`;
    const luck = chance(plan.seed, `visitor ${name}`);
    const service = own[luck.between(0, own.length - 1)];
    if (service) await holdChat(plan, service, { name, luck, until });
  }
}

interface Turn {
  readonly name: string;
  readonly luck: Chance;
  readonly until: number;
}

async function holdChat(plan: ShiftPlan, service: Service, turn: Turn): Promise<void> {
  const { clock, hurry, spoil, tally } = plan;
  const { channel, simulator, desk, posted, replays } = service;
  tally.add('chats open');
  const ledger = await visit({ ...turn, until: turn.until + GRACE_MS, channel, simulator, clock, hurry, spoil });
  tally.add('chats open', -1);
  const record = desk.recordOf(ledger.id ?? '');
  countChat(tally, ledger, record);
  const found = violations(ledger, { desk: record, posted, replays });
  for (const { text } of ledger.said) posted.delete(text);
  const circumstances = [...ledger.faults.keys(), ...record.faults].join(' ') || 'no faults';
  tally.violations.push(...found.map((what) => `${channel} chat ${turn.name}: ${what} [${circumstances}]`));
}
