import type { Clock } from '../core/clock.ts';
import type { DeskChat, DeskEvent, DeskNews } from '../core/desk.ts';
import { DESK_COMMANDS, type DeskTurn } from './desk-commands.ts';
import { agentOf, emitFrom, type Seat, snapshot } from './desk-seat.ts';
import type { SimulatedChat } from './model.ts';
import { replyTo } from './play-scenario.ts';

/** The desk of a person who plays the agent, with any number of chats on it. It knows no terminal. */
export interface Desk {
  /** Takes a chat onto the desk; resolves when it is over, never rejects. */
  attend(chat: SimulatedChat): Promise<void>;
  /** A line that the person has typed: a command, or words for the visitor of the chat in front. */
  type(line: string): void;
  /** The chat that typed words go to. */
  current(): DeskChat | undefined;
}

export interface DeskOptions {
  readonly clock: Clock;
  readonly pace: number;
  /** What visitors see. */
  readonly name: string;
  tell(event: DeskEvent): void;
}

/** Pause before a colleague who has taken over answers, at pace 1. */
const COLLEAGUE_MS = 2000;
/** The chats that a person can tell apart; further ones are declined at once. */
const MOST_CHATS = 50;

export function createDesk(options: DeskOptions): Desk {
  const seats: Seat[] = [];
  const front = { seat: undefined as Seat | undefined, last: 0 };
  const tell = (news: DeskNews) => options.tell({ at: options.clock.now(), ...news } as DeskEvent);
  const turn: DeskTurn = {
    ...options,
    tell,
    seats,
    front: () => front.seat,
    bringToFront: (seat) => {
      front.seat = seat;
    },
  };
  return {
    current: () => front.seat && snapshot(front.seat),
    async attend(chat) {
      const seat: Seat = {
        chat,
        number: ++front.last,
        state: 'ringing',
        colleagues: [],
        idle: false,
        typing: false,
        ended: false,
        turns: 0,
      };
      if (seats.length >= MOST_CHATS) {
        chat.emit({ type: 'rejected', reason: 'The agent has no room for another chat.', code: 'Unavailable' });
        return;
      }
      seats.push(seat);
      front.seat ??= seat;
      chat.emit({ type: 'queued', position: seats.filter(({ state }) => state === 'ringing').length });
      tell({ type: 'ringing', chat: snapshot(seat) });
      await listen(seat, turn);
      leave(seat, turn);
    },
    type: (line) => typed(line, turn),
  };
}

/** Reads what the visitor says until the chat is over. */
async function listen(seat: Seat, turn: DeskTurn): Promise<void> {
  try {
    for (;;) {
      const text = await seat.chat.nextMessage();
      turn.tell({ type: 'visitor', chat: snapshot(seat), text });
      wakeUp(seat);
      if (seat.state === 'handed-over') await colleagueAnswers(seat, text, turn);
    }
  } catch (thrown) {
    if (!seat.chat.over.aborted) turn.tell({ type: 'note', chat: snapshot(seat), text: String(thrown) });
  }
}

function leave(seat: Seat, { seats, tell, front, bringToFront }: DeskTurn): void {
  seat.state = 'over';
  seats.splice(seats.indexOf(seat), 1);
  tell({ type: 'over', chat: snapshot(seat), by: seat.ended ? 'you' : 'visitor' });
  if (front() !== seat) return;
  const next = seats[0];
  bringToFront(next);
  if (next) tell({ type: 'note', chat: snapshot(next), text: `chat ${next.number} is in front now` });
}

/** Nobody sits there any more, so the simulator speaks for the one who took over. */
async function colleagueAnswers(seat: Seat, said: string, { clock, pace, tell }: DeskTurn): Promise<void> {
  const colleague = seat.colleagues.at(-1);
  if (colleague === undefined) return;
  await clock.sleep(COLLEAGUE_MS * pace, seat.chat.over);
  const text = replyTo(said, seat.turns++);
  emitFrom(seat, colleague, text);
  tell({ type: 'agent', chat: snapshot(seat), name: colleague, text });
}

function typed(line: string, turn: DeskTurn): void {
  const text = line.trim();
  if (text === '') return;
  if (text.startsWith('/')) command(text, turn);
  else say(text, turn);
}

function command(text: string, turn: DeskTurn): void {
  const [, name = '', rest = ''] = /^\/(\S*)\s*(.*)$/s.exec(text) ?? [];
  const known = DESK_COMMANDS.find((entry) => entry.name === name);
  if (known) known.run(turn, rest.trim());
  else turn.tell({ type: 'note', text: `there is no /${name}; /help lists what there is` });
}

function say(text: string, { front, tell, name }: DeskTurn): void {
  const seat = front();
  if (!seat) {
    tell({ type: 'note', text: 'no chat is open; a visitor has to come first' });
  } else if (seat.state !== 'here') {
    tell({ type: 'note', chat: snapshot(seat), text: `${REASONS[seat.state]}; /accept takes it` });
  } else {
    wakeUp(seat);
    emitFrom(seat, name, text);
    if (seat.typing) seat.chat.emit({ type: 'typing', participant: agentOf(name), active: false });
    seat.typing = false;
    tell({ type: 'agent', chat: snapshot(seat), name: 'you', text });
  }
}

const REASONS: Readonly<Record<Exclude<DeskChat['state'], 'here'>, string>> = {
  ringing: 'the chat is still ringing',
  away: 'you have left the chat',
  'handed-over': 'a colleague has the chat',
  declined: 'you have declined the chat',
  over: 'the chat is over',
};

/** Whoever writes ends the inactivity. */
function wakeUp(seat: Seat): void {
  if (seat.idle) seat.chat.emit({ type: 'session', state: 'active' });
  seat.idle = false;
}
