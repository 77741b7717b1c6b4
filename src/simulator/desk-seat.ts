import type { DeskChat } from '../core/desk.ts';
import type { Participant } from '../core/events.ts';
import type { SimulatedChat } from './model.ts';

/** A chat on the desk, with what the desk has to remember of it. */
export interface Seat {
  readonly chat: SimulatedChat;
  readonly number: number;
  state: DeskChat['state'];
  /** Names of the others on our side. */
  colleagues: readonly string[];
  idle: boolean;
  typing: boolean;
  /** Ended by the person at the desk. */
  ended: boolean;
  turns: number;
}

export function snapshot({ number, chat, state }: Seat): DeskChat {
  return { number, channel: chat.channel, state };
}

export function agentOf(name: string): Participant {
  return { name, role: 'agent' };
}

export function emitFrom(seat: Seat, name: string, text: string): void {
  seat.chat.emit({ type: 'message', id: '', from: agentOf(name), text, format: 'text' });
}
