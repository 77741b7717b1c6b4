import type { Clock } from '../core/clock.ts';
import type { DeskNews } from '../core/desk.ts';
import { agentOf, emitFrom, type Seat, snapshot } from './desk-seat.ts';

/** What a command may use. */
export interface DeskTurn {
  readonly clock: Clock;
  readonly pace: number;
  readonly name: string;
  readonly seats: readonly Seat[] & { splice(start: number, count: number): unknown };
  front(): Seat | undefined;
  bringToFront(seat: Seat | undefined): void;
  tell(news: DeskNews): void;
}

export interface DeskCommand {
  readonly name: string;
  /** What stands behind the name. */
  readonly takes: string;
  readonly text: string;
  run(turn: DeskTurn, rest: string): void;
}

/** Time on the way to the colleague, at pace 1. */
const TRANSFER_MS = 2500;
const GUEST = 'Jonas Weber';

export const DESK_COMMANDS: readonly DeskCommand[] = [
  { name: 'accept', takes: '[number]', text: 'take the chat, or come back to it', run: withSeat(accept) },
  { name: 'decline', takes: '[number]', text: 'do not take the ringing chat', run: withSeat(decline) },
  { name: 'typing', takes: '', text: 'show that you are typing, or no longer', run: inChat(typing) },
  {
    name: 'transfer',
    takes: '<queue>',
    text: 'hand the chat to a colleague there, who goes on alone',
    run: inChat(transfer),
  },
  { name: 'invite', takes: '<name>', text: 'bring a colleague into the chat', run: inChat(invite) },
  {
    name: 'leave',
    takes: '[name]',
    text: 'leave the chat without ending it, or let a colleague leave',
    run: inChat(leave),
  },
  { name: 'idle', takes: '', text: 'let the session go inactive (MIAW)', run: inChat(idle) },
  { name: 'end', takes: '', text: 'end the chat', run: withSeat(end) },
  { name: 'chats', takes: '', text: 'list the chats', run: chats },
  { name: 'switch', takes: '<number>', text: 'bring another chat to the front', run: switchTo },
  { name: 'help', takes: '', text: 'this list; anything without a slash goes to the visitor', run: help },
];

/** Does it, and says how that went; undefined where the chat itself will tell. */
type OnSeat = (turn: DeskTurn, seat: Seat, rest: string) => string | undefined;

/** For the chat whose number is given, else for the one in front. */
function withSeat(run: OnSeat): DeskCommand['run'] {
  return (turn, rest) => {
    const seat = rest === '' ? turn.front() : seatOf(turn, rest);
    if (seat) report(turn, seat, run(turn, seat, rest));
    else turn.tell({ type: 'note', text: rest === '' ? NO_CHAT : noSuchChat(rest) });
  };
}

/** For the chat in front, once it is ours. */
function inChat(run: OnSeat): DeskCommand['run'] {
  return (turn, rest) => {
    const seat = turn.front();
    if (!seat) turn.tell({ type: 'note', text: NO_CHAT });
    else report(turn, seat, seat.state === 'here' ? run(turn, seat, rest) : 'take the chat first: /accept');
  };
}

const NO_CHAT = 'no chat is open';

function noSuchChat(number: string): string {
  return `there is no chat ${number}; /chats lists them`;
}

function seatOf({ seats }: DeskTurn, number: string): Seat | undefined {
  return seats.find((seat) => String(seat.number) === number);
}

function report(turn: DeskTurn, seat: Seat, text: string | undefined): void {
  if (text !== undefined) turn.tell({ type: 'note', chat: snapshot(seat), text });
}

function accept(turn: DeskTurn, seat: Seat): string | undefined {
  turn.bringToFront(seat);
  if (seat.state === 'here') return 'the chat is yours already';
  if (seat.state === 'declined') return 'you have declined the chat';
  seat.state = 'here';
  seat.chat.emit({ type: 'joined', participant: agentOf(turn.name) });
  return `you joined as ${turn.name}`;
}

function decline(_turn: DeskTurn, seat: Seat): string | undefined {
  if (seat.state !== 'ringing') return 'only a ringing chat can be declined; /end ends this one';
  seat.state = 'declined';
  seat.ended = true;
  seat.chat.emit({ type: 'rejected', reason: 'The agent declined the request.', code: 'Declined' });
  return 'declined';
}

function typing(turn: DeskTurn, seat: Seat): string | undefined {
  seat.typing = !seat.typing;
  seat.chat.emit({ type: 'typing', participant: agentOf(turn.name), active: seat.typing });
  return seat.typing ? 'the visitor sees you typing' : 'the visitor sees that you stopped';
}

function transfer(turn: DeskTurn, seat: Seat, queue: string): string | undefined {
  if (queue === '') return 'say to which queue: /transfer Billing';
  const colleague = seat.colleagues.includes(GUEST) ? 'Ada Novak' : GUEST;
  seat.state = 'handed-over';
  seat.chat.emit({ type: 'transferred', state: 'requested', to: queue });
  seat.chat.emit({ type: 'left', participant: agentOf(turn.name) });
  takeOver(turn, seat, colleague, queue).catch(() => undefined);
  return `transfer to ${queue} requested`;
}

/** Rejects when the chat ends on the way. */
async function takeOver(turn: DeskTurn, seat: Seat, colleague: string, queue: string): Promise<void> {
  await turn.clock.sleep(TRANSFER_MS * turn.pace, seat.chat.over);
  seat.colleagues = [...seat.colleagues, colleague];
  seat.chat.emit({ type: 'joined', participant: agentOf(colleague) });
  seat.chat.emit({ type: 'transferred', state: 'completed', to: colleague });
  emitFrom(seat, colleague, `${colleague} from ${queue} here, I have read along.`);
  report(turn, seat, `${colleague} has taken over and answers alone; /accept brings you back`);
}

function invite(turn: DeskTurn, seat: Seat, given: string): string | undefined {
  const name = given || GUEST;
  if (name === turn.name || seat.colleagues.includes(name)) return `${name} is there already`;
  seat.colleagues = [...seat.colleagues, name];
  seat.chat.emit({ type: 'joined', participant: agentOf(name) });
  emitFrom(seat, name, `Hello, ${name} here. I am listening in.`);
  return `${name} joined; /leave ${name} lets them go`;
}

function leave(turn: DeskTurn, seat: Seat, name: string): string | undefined {
  if (name !== '' && name !== turn.name) return dismiss(turn, seat, name);
  seat.state = 'away';
  seat.chat.emit({ type: 'left', participant: agentOf(turn.name) });
  const rest = seat.colleagues.length > 0 ? `${seat.colleagues.join(', ')} stays` : 'nobody is with the visitor now';
  return `you left; ${rest}. /accept brings you back, /end ends the chat`;
}

function dismiss(_turn: DeskTurn, seat: Seat, name: string): string | undefined {
  if (!seat.colleagues.includes(name)) return `${name} is not in this chat`;
  seat.colleagues = seat.colleagues.filter((colleague) => colleague !== name);
  seat.chat.emit({ type: 'left', participant: agentOf(name) });
  return `${name} left`;
}

function idle(_turn: DeskTurn, seat: Seat): string | undefined {
  if (seat.chat.channel === 'live-chat') {
    return 'Live Chat has no word for it: there the visitor’s side measures silence (--scenario inactivity)';
  }
  seat.idle = true;
  seat.chat.emit({ type: 'session', state: 'inactive' });
  return 'the session is inactive until somebody writes';
}

function end(_turn: DeskTurn, seat: Seat): string | undefined {
  seat.ended = true;
  seat.chat.emit({ type: 'ended', by: 'agent' });
  return undefined;
}

function chats({ seats, front, tell }: DeskTurn): void {
  const current = front();
  tell({ type: 'chats', chats: seats.map(snapshot), ...(current ? { current: current.number } : {}) });
}

function switchTo(turn: DeskTurn, number: string): void {
  const seat = seatOf(turn, number);
  if (!seat) {
    turn.tell({ type: 'note', text: number === '' ? 'say which one: /switch 2' : noSuchChat(number) });
    return;
  }
  turn.bringToFront(seat);
  report(turn, seat, `chat ${seat.number} is in front now`);
}

function help({ tell }: DeskTurn): void {
  tell({ type: 'help', lines: DESK_COMMANDS.map(({ name, takes, text }) => [`/${name} ${takes}`.trim(), text]) });
}
