import type { EndedBy } from '../core/events.ts';
import type { MiawChat } from './miaw-chat.ts';
import { askRoutingStatus } from './miaw-conversation.ts';
import type { Leaving } from './miaw-leaving.ts';
import { agentsPresent, type EndSign } from './miaw-state.ts';

/** What a sign of the end turned out to be. */
export type Verdict = 'over' | 'transfer' | 'goes-on';

export interface Judgement {
  readonly verdict: Verdict;
  readonly by: EndedBy;
}

/** How long a transfer may take between one agent and the next. */
const NEXT_AGENT_MS = 10_000;
/** An agent's leaving belongs to an end that comes so shortly before it. */
const LEAVES_WITHIN_MS = 1000;

/** Asks the service what a sign means. Only the routing status tells an end from a transfer; never rejects but by the signal. */
export async function judgeSign(chat: MiawChat, sign: EndSign, leaving: Leaving): Promise<Judgement> {
  // We are saying goodbye ourselves, so the sign is the service's answer to it.
  if (chat.ending) {
    await chat.ending.catch(() => undefined);
    return { verdict: 'over', by: 'visitor' };
  }
  const since = chat.line.deps.clock.now() - NEXT_AGENT_MS;
  const verdict = await verdictOn(chat, sign);
  if (verdict !== 'over' || sign.by) return { verdict, by: sign.by ?? 'system' };
  // Where the service names nobody, it was the last agent if that one left with the end.
  if (agentsPresent(chat.state).length > 0) await leavesOrLater(chat, leaving);
  const leftWithIt = agentsPresent(chat.state).length === 0 && (leaving.at ?? 0) >= since;
  return { verdict, by: leftWithIt ? 'agent' : 'system' };
}

async function verdictOn(chat: MiawChat, sign: EndSign): Promise<Verdict> {
  const before = new Set(chat.state.present.keys());
  let status: string | undefined;
  try {
    status = await askRoutingStatus(chat.line, chat.reading);
  } catch {
    chat.reading.throwIfAborted();
  }
  if (status === 'TRANSFER') return 'transfer';
  if (sign.cause === 'session-ended' || status === 'NEEDS_ROUTING') return 'over';
  if (status !== undefined) return 'goes-on';
  // The service does not tell, so only somebody who comes can.
  await chat.line.deps.clock.sleep(NEXT_AGENT_MS, chat.reading);
  return [...chat.state.present.keys()].some((key) => !before.has(key)) ? 'goes-on' : 'over';
}

async function leavesOrLater(chat: MiawChat, leaving: Leaving): Promise<void> {
  const left = new AbortController();
  const signal = AbortSignal.any([chat.reading, left.signal]);
  const wait = chat.line.deps.clock.sleep(LEAVES_WITHIN_MS, signal).catch(() => undefined);
  await Promise.race([leaving.next, wait]);
  left.abort();
  chat.reading.throwIfAborted();
}
