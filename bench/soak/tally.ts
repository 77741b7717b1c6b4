import { HandoffError } from '../../src/core/errors.ts';
import type { DeskRecord } from './desk.ts';
import type { ChatLedger } from './proof.ts';

/** The figures of a run. What is counted is forgotten, so that the run itself needs no memory. */
export interface Tally {
  readonly counts: Map<string, number>;
  readonly violations: string[];
  add(name: string, count?: number): void;
  of(name: string): number;
}

export function createTally(): Tally {
  const counts = new Map<string, number>();
  const of = (name: string) => counts.get(name) ?? 0;
  return { counts, violations: [], of, add: (name, count = 1) => void counts.set(name, of(name) + count) };
}

export function countChat(tally: Tally, ledger: ChatLedger, desk: DeskRecord): void {
  tally.add('chats');
  tally.add(`${ledger.channel} chats`);
  tally.add(`chats: ${ledger.leaving}`);
  tally.add('requests', ledger.requests());
  if (!ledger.closed && ledger.leaving !== 'not-opened') tally.add('chats left open, then cleaned up');
  if (ledger.opening instanceof HandoffError) tally.add(`opening failed: ${ledger.opening.code}`);
  for (const { outcome } of ledger.said) tally.add(`texts: ${outcome}`);
  for (const { type } of ledger.events) if (type === 'message' || type === 'reconnected') tally.add(`events: ${type}`);
  for (const [fault, count] of ledger.faults) {
    tally.add('faults of the network', count);
    tally.add(`network: ${fault}`, count);
  }
  for (const fault of desk.faults) {
    tally.add('faults of the service');
    tally.add(`service: ${fault}`);
  }
}
