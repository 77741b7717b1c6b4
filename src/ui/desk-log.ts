import type { DeskChat, DeskEvent } from '../core/desk.ts';
import type { Line, Tone } from '../core/line.ts';
import { clean } from './clean.ts';
import { clockTime } from './clock-time.ts';
import { wrapLine, wrapText } from './wrap.ts';

const INDENT = 11;

const CHANNELS = { miaw: 'MIAW', 'live-chat': 'Live Chat' } as const;
const STATES: Readonly<Record<DeskChat['state'], string>> = {
  ringing: 'ringing',
  here: 'yours',
  away: 'you have left it',
  'handed-over': 'handed over',
  declined: 'declined',
  over: 'over',
};

/** What the desk of a simulated agent tells, as lines. Every line about a chat names its number. */
export function deskLines(event: DeskEvent, width: number): Line[] {
  switch (event.type) {
    case 'ringing':
      return entry(
        event,
        `is ringing (${CHANNELS[event.chat.channel]}): /accept ${event.chat.number} or /decline ${event.chat.number}`,
        'warn',
        width,
      );
    case 'visitor':
      return entry(event, `visitor   ${event.text}`, 'plain', width);
    case 'agent':
      return entry(event, `${clean(event.name)}   ${event.text}`, 'accent', width);
    case 'note':
      return entry(event, event.text, 'dim', width);
    case 'over':
      return entry(
        event,
        event.by === 'you' ? 'is over: you ended it' : 'is over: the visitor has gone',
        'warn',
        width,
      );
    case 'chats':
      return event.chats.length === 0
        ? entry({ at: event.at }, 'no chat is open', 'dim', width)
        : event.chats.flatMap((chat) =>
            entry({ at: event.at, chat }, listed(chat, chat.number === event.current), 'plain', width),
          );
    case 'help':
      return event.lines.flatMap(([command, text]) => helpEntry(command, text, width));
    default:
      return event satisfies never;
  }
}

const COMMAND_COLUMNS = 20;
/** Below this the text stands under its command, not beside it. */
const BESIDE = 60;

function helpEntry(command: string, text: string, width: number): Line[] {
  const dim = { text, tone: 'dim' } as const;
  const indent = ' '.repeat(INDENT);
  if (width >= BESIDE) return wrapLine([`${indent}${command.padEnd(COMMAND_COLUMNS)}`, dim], width);
  return [[`  ${command}`], ...wrapLine(['    ', dim], width)];
}

function listed(chat: DeskChat, isInFront: boolean): string {
  return `${CHANNELS[chat.channel]}, ${STATES[chat.state]}${isInFront ? ', in front' : ''}`;
}

function entry({ at, chat }: { at: number; chat?: DeskChat }, text: string, tone: Tone, width: number): Line[] {
  const head = chat ? `chat ${chat.number}   ` : '';
  return wrapText(head + text, width - INDENT).map((line, index) => [
    index === 0 ? { text: `${clockTime(at)}   `, tone: 'dim' } : ' '.repeat(INDENT),
    { text: line, tone },
  ]);
}
