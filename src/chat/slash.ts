import { nearest } from '../core/nearest.ts';

export type SlashName = 'help' | 'end' | 'file' | 'choose' | 'form' | 'cancel' | 'typing' | 'status' | 'transcript';

/** What can be typed besides messages, as `/help` lists it. */
export const SLASH_COMMANDS: readonly { readonly name: SlashName; readonly usage: string; readonly text: string }[] = [
  { name: 'help', usage: '/help', text: 'this list' },
  { name: 'choose', usage: '/choose <number…>', text: 'pick from the last message with choices: /choose 2' },
  { name: 'form', usage: '/form', text: 'answer the last form, question by question' },
  { name: 'cancel', usage: '/cancel', text: 'leave the form that is being answered' },
  { name: 'file', usage: '/file <path>', text: 'send a file' },
  { name: 'typing', usage: '/typing on|off', text: 'tell the agent when you are typing, or never' },
  { name: 'status', usage: '/status', text: 'who is there, and what has happened so far' },
  { name: 'transcript', usage: '/transcript <file>', text: 'write the chat so far: text, or JSON by its ending' },
  { name: 'end', usage: '/end', text: 'end the chat; Ctrl-D and Ctrl-C do the same' },
];

export type Typed =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'command'; readonly name: SlashName; readonly argument: string }
  | { readonly kind: 'unknown'; readonly word: string; readonly near?: string };

/** A typed line without its blanks around it: a command, or a text. `//` begins a text with one slash. */
export function readTyped(line: string): Typed {
  const text = line.trim();
  if (!text.startsWith('/')) return { kind: 'text', text };
  if (text.startsWith('//')) return { kind: 'text', text: text.slice(1) };
  const [, word = '', argument = ''] = /^\/(\S*)\s*(.*)$/s.exec(text) ?? [];
  const known = SLASH_COMMANDS.find(({ name }) => name === word.toLowerCase());
  if (known) return { kind: 'command', name: known.name, argument };
  const near = nearest(
    word.toLowerCase(),
    SLASH_COMMANDS.map(({ name }) => name),
  );
  return { kind: 'unknown', word: `/${word}`, ...(near === undefined ? {} : { near: `/${near}` }) };
}
