import { formatDuration } from '../core/duration.ts';
import type { AgentEvent, MessageEvent, Participant } from '../core/events.ts';
import type { Line, Span, Tone } from '../core/line.ts';
import { clean } from './clean.ts';
import { clockTime } from './clock-time.ts';
import { movedServer } from './moved-server.ts';
import { columnsOf, wrapText } from './wrap.ts';

export interface ChatLogOptions {
  readonly width: number;
  readonly unicode: boolean;
  readonly verbose: boolean;
  /** Typing is shown somewhere else. */
  readonly withoutTyping?: true;
}

/** Turns events into lines, remembering who is typing and when the chat began so that a line says only what is new. */
export type ChatLog = (event: AgentEvent) => Line[];

const INDENT = 11;

export function createChatLog(options: ChatLogOptions): ChatLog {
  const memory: Memory = { startedAt: undefined, typing: new Map(), sent: new Map() };
  return (event) => {
    const entry = describe(event, memory, options);
    return entry === undefined ? [] : layOut(event.at, entry, options);
  };
}

interface Memory {
  startedAt: number | undefined;
  /** Who is typing, and the words told so far. */
  readonly typing: Map<string, string>;
  readonly sent: Map<string, string>;
}

/** One entry: who or what, the words, and a mark at the end. */
interface Entry {
  readonly head?: string;
  readonly text: string;
  readonly mark?: string;
  readonly tone: Tone;
}

function describe(event: AgentEvent, memory: Memory, options: ChatLogOptions): Entry | undefined {
  switch (event.type) {
    case 'connecting':
      return note(`connecting to ${event.host}`);
    case 'started':
      memory.startedAt = event.at;
      return note(`conversation ${event.conversationId} started`);
    case 'queued':
      return note(describeQueue(event.position, event.estimatedWaitSeconds));
    case 'joined':
      return {
        text: `${nameOf(event.participant)}${roleMark(event.participant)} joined${since(event.at, memory, event.participant)}`,
        tone: 'accent',
      };
    case 'left':
      return { text: `${nameOf(event.participant)}${roleMark(event.participant)} left`, tone: 'accent' };
    case 'message':
      memory.typing.delete(nameOf(event.from));
      return describeMessage(event, options);
    case 'sent':
      memory.sent.set(event.id, event.text);
      return { head: 'you', text: event.text, mark: options.unicode ? '✓ sent' : 'sent', tone: 'bold' };
    case 'receipt':
      return note(describeReceipt(event, memory, options));
    case 'typing':
      return options.withoutTyping ? undefined : describeTyping(event, memory);
    case 'transferred':
      return {
        text: `transfer${event.to ? ` to ${event.to}` : ''} ${event.state}`,
        tone: event.state === 'failed' ? 'warn' : 'accent',
      };
    default:
      return describeState(event, options);
  }
}

type StateEvent = Extract<
  AgentEvent,
  { type: 'session' | 'rejected' | 'reconnecting' | 'reconnected' | 'ended' | 'error' | 'unknown' }
>;

function describeState(event: StateEvent, options: ChatLogOptions): Entry | undefined {
  switch (event.type) {
    case 'session':
      return note(SESSION_WORDS[event.state]);
    case 'rejected':
      return { text: `no agent will take this chat: ${event.reason}`, mark: event.code, tone: 'fail' };
    case 'reconnecting':
      return {
        text: `connection lost (${event.reason}); trying again in ${formatDuration(event.delayMs)}, attempt ${event.attempt}`,
        tone: 'warn',
      };
    case 'reconnected':
      return { text: 'connected again', tone: 'ok' };
    case 'ended':
      return { text: `${ENDED_WORDS[event.by]}${event.reason ? ` (${event.reason})` : ''}`, tone: 'accent' };
    case 'error':
      return { text: `${event.error.message}; ${event.error.hint}`, mark: event.error.code, tone: 'fail' };
    case 'unknown': {
      const moved = movedServer(event);
      if (moved !== undefined) return { text: moved, tone: 'warn' };
      return options.verbose ? note(`${event.wireType} ${JSON.stringify(event.raw) ?? ''}`) : undefined;
    }
    default:
      return event satisfies never;
  }
}

const SESSION_WORDS = {
  waiting: 'waiting for an agent',
  active: 'the session is active',
  inactive: 'the session has gone inactive',
  ended: 'the session has ended',
} as const;

const ENDED_WORDS = {
  agent: 'the agent ended the chat',
  visitor: 'the chat was ended from this side',
  system: 'the chat has ended',
} as const;

function note(text: string): Entry {
  return { text, tone: 'dim' };
}

/** On one line in any case: a line break in a name could pass for an event of its own. */
function ownName(participant: Participant): string {
  return clean(participant.name ?? '').trim();
}

function nameOf(participant: Participant): string {
  return ownName(participant) || (participant.role === 'system' ? 'Salesforce' : `the ${participant.role}`);
}

function roleMark(participant: Participant): string {
  return ownName(participant) ? ` (${participant.role})` : '';
}

function since(at: number, memory: Memory, participant: Participant): string {
  if (memory.startedAt === undefined || participant.role !== 'agent') return '';
  return `, after ${formatDuration(at - memory.startedAt)}`;
}

function describeQueue(position: number | undefined, waitSeconds: number | undefined): string {
  const parts = [
    position === undefined ? undefined : `position ${position}`,
    !waitSeconds ? undefined : `about ${formatDuration(waitSeconds * 1000)} to wait`,
  ].filter((part) => part !== undefined);
  return parts.length > 0 ? `in the queue, ${parts.join(', ')}` : 'in the queue';
}

function describeMessage(event: MessageEvent, options: ChatLogOptions): Entry {
  const bullet = options.unicode ? '•' : '-';
  const untold = (name: string) => !event.text.includes(name);
  const choices = (event.options ?? []).map((option) => option.title);
  const files = (event.attachments ?? []).filter((file) => untold(file.name));
  const questions = (event.inputs ?? []).filter((input) => untold(input.label));
  const listed = [
    ...(choices.some(untold) ? choices.map((title, index) => `  ${index + 1}. ${title}`) : []),
    ...files.map((file) => `  ${bullet} ${[file.name, file.mimeType, file.url].filter(Boolean).join(' · ')}`),
    ...questions.map((input) => `  ${bullet} ${input.label}${input.required ? ' (required)' : ''}`),
  ];
  const marks = [
    event.automated ? 'standard response' : undefined,
    event.format === 'text' ? undefined : event.format.replaceAll('-', ' '),
  ];
  return {
    head: event.from.role === 'visitor' ? 'you (elsewhere)' : nameOf(event.from),
    text: [event.text, ...listed].filter(Boolean).join('\n'),
    mark: marks.filter(Boolean).join(', '),
    tone: 'plain',
  };
}

function describeReceipt(
  event: Extract<AgentEvent, { type: 'receipt' }>,
  memory: Memory,
  options: ChatLogOptions,
): string {
  const ticks = options.unicode ? `${event.state === 'read' ? '✓✓' : '✓'} ` : '';
  const by = event.by?.name ? ` by ${nameOf(event.by)}` : '';
  const text = memory.sent.get(event.messageId);
  return `${ticks}${event.state}${by}${text === undefined ? '' : `: ${shorten(text)}`}`;
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39).replace(/\p{Surrogate}$/u, '')}…` : text;
}

/** Once until something is said; a stream of words is not told again with each of them, for the message brings it whole. */
function describeTyping(event: Extract<AgentEvent, { type: 'typing' }>, memory: Memory): Entry | undefined {
  if (!event.active) return undefined;
  const name = nameOf(event.participant);
  const told = memory.typing.get(name);
  const words = event.text ?? '';
  memory.typing.set(name, words || (told ?? ''));
  if (words === '') return told === undefined ? note(typingText(event)) : undefined;
  return told && words.startsWith(told) ? undefined : note(typingText(event));
}

/** Who is typing, in words. */
export function typingText({ participant, text }: Extract<AgentEvent, { type: 'typing' }>): string {
  const name = nameOf(participant);
  return text ? `${name} is writing: ${text}` : `${name} is typing …`;
}

function layOut(at: number, entry: Entry, options: ChatLogOptions): Line[] {
  const head = entry.head ? `${entry.head}   ` : '';
  const first = wrapText(`${head}${entry.text}`, options.width - INDENT);
  const mark: Span[] = entry.mark ? [{ text: `   ${entry.mark}`, tone: 'dim' }] : [];
  const last = first.length - 1;
  const fits = columnsOf(first[last] ?? '') + columnsOf(entry.mark ?? '') + 3 <= options.width - INDENT;
  const lines: Line[] = first.map((text, index) => [
    index === 0 ? { text: `${clockTime(at)}   `, tone: 'dim' as const } : ' '.repeat(INDENT),
    ...body(text, index === 0 ? (entry.head ?? '') : '', entry.tone),
    ...(index === last && fits ? mark : []),
  ]);
  return fits || mark.length === 0 ? lines : [...lines, [' '.repeat(INDENT - 3), ...mark]];
}

function body(text: string, head: string, tone: Tone): Span[] {
  if (head === '' || !text.startsWith(head)) return [{ text, tone: tone === 'bold' ? 'plain' : tone }];
  return [{ text: head, tone: 'bold' }, text.slice(head.length)];
}
