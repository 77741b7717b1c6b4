import type { PersonPowers } from '../chat/person.ts';
import { SLASH_COMMANDS } from '../chat/slash.ts';
import type { ChatSummary } from '../chat/summary.ts';
import type { Context } from '../context.ts';
import { formatDuration } from '../core/duration.ts';
import type { AgentEvent, Channel } from '../core/events.ts';
import type { Line } from '../core/line.ts';
import { createChatLog, typingText } from '../ui/chat-log.ts';
import { type ChatTerminal, openChatTerminal } from '../ui/chat-terminal.ts';
import { movedServer } from '../ui/moved-server.ts';
import { type Score, scorecard } from '../ui/scorecard.ts';
import { wrapLine } from '../ui/wrap.ts';

/** Who looks at a chat: a program reading JSON lines, a person at the terminal, or whoever reads plain lines. */
export interface ChatView {
  show(event: AgentEvent): Promise<void>;
  /** Present where a person types. */
  readonly typed?: AsyncIterable<string>;
  readonly person?: Pick<PersonPowers, 'tell' | 'ask' | 'onStroke'>;
  finish(summary: ChatSummary, score: Score): Promise<void>;
  /** Gives the terminal back; may be called twice. */
  close(): Promise<void>;
}

/** Events carry their time as ISO 8601 in UTC on the wire of `--json`. */
export function toJsonEvent(event: AgentEvent, isoTime = isoTimes()): object {
  return { ...event, at: isoTime(event.at) };
}

/** In a burst many events have the same time, so the last one is kept. */
function isoTimes(): (at: number) => string {
  let last: { readonly at: number; readonly text: string } | undefined;
  return (at) => {
    if (last?.at !== at) last = { at, text: new Date(at).toISOString() };
    return last.text;
  };
}

export function openChatView(
  context: Context,
  title: { profile: string; channel: Channel },
  person: boolean,
): ChatView {
  if (context.io.json) return jsonView(context);
  return person ? terminalView(context, title) : logView(context, title);
}

function jsonView(context: Context): ChatView {
  const { io, clock } = context;
  const isoTime = isoTimes();
  return {
    async show(event) {
      await io.printJson(toJsonEvent(event, isoTime), 'line');
      const moved = movedServer(event);
      if (moved !== undefined) await io.note([[{ text: moved, tone: 'warn' }]]);
    },
    finish: (summary) => io.printJson({ at: new Date(clock.now()).toISOString(), ...summary }, 'line'),
    close: () => Promise.resolve(),
  };
}

function heading(title: { profile: string; channel: Channel }): Line[] {
  return [
    [
      'sf-handoff test-chat   ',
      { text: `${title.profile} · ${title.channel === 'miaw' ? 'MIAW' : 'Live Chat'}`, tone: 'dim' },
    ],
    [''],
  ];
}

function logView(context: Context, title: { profile: string; channel: Channel }): ChatView {
  const { io } = context;
  const log = createChatLog({ width: io.width, unicode: io.unicode, verbose: io.verbose });
  let started = io.quiet;
  return {
    async show(event) {
      if (!started) await io.print(heading(title));
      started = true;
      await io.print(log(event));
    },
    finish: (_, score) => io.print(scorecard(score, { width: io.width, unicode: io.unicode })),
    close: () => Promise.resolve(),
  };
}

function terminalView(context: Context, title: { profile: string; channel: Channel }): ChatView {
  const { io } = context;
  const log = createChatLog({
    get width() {
      return io.width;
    },
    unicode: io.unicode,
    verbose: io.verbose,
    withoutTyping: true,
  });
  const words = SLASH_COMMANDS.map(({ name }) => `/${name}`);
  let terminal: ChatTerminal | undefined = openChatTerminal(io, context.clock, context.interrupt, words);
  const typed = terminal.typed();
  const typists = new Map<string, string>();
  let headed = false;
  terminal.waitFor('opening the chat');
  return {
    typed,
    person: {
      tell: async (lines) => terminal?.show(lines.flatMap((line) => wrapLine(line, io.width))),
      ask: (question) => terminal?.ask(question),
      onStroke: (listener) => terminal?.onStroke(listener),
    },
    async show(event) {
      if (!headed) await terminal?.show([...heading(title), ...wrapLine([{ text: HINT, tone: 'dim' }], io.width)]);
      headed = true;
      await terminal?.show(log(event));
      const waiting = waitingFor(event);
      if (waiting !== null) terminal?.waitFor(waiting);
      if (noteTypists(typists, event)) terminal?.live([...typists.values()].join(', ') || undefined);
    },
    async finish(_, score) {
      await this.close();
      await io.print(scorecard(score, { width: io.width, unicode: io.unicode }));
    },
    async close() {
      const open = terminal;
      terminal = undefined;
      await open?.close();
    },
  };
}

const HINT = '/help lists what can be typed; /end or Ctrl-C ends the chat';
const LONGEST_TAIL = 60;

/** Keeps who is writing at this moment; true where that may have changed. Of a long text its end is told. */
function noteTypists(typists: Map<string, string>, event: AgentEvent): boolean {
  const keyOf = ({ id, name, role }: { id?: string; name?: string; role: string }) => id ?? name ?? role;
  if (event.type === 'typing' && event.active) {
    const { text } = event;
    const isLong = text !== undefined && text.length > LONGEST_TAIL;
    const told = isLong ? { ...event, text: `…${text.slice(-LONGEST_TAIL)}` } : event;
    typists.set(keyOf(event.participant), typingText(told));
    return true;
  }
  if (event.type === 'message') return typists.delete(keyOf(event.from));
  if (event.type === 'left' || event.type === 'typing') return typists.delete(keyOf(event.participant));
  if (event.type !== 'ended') return false;
  typists.clear();
  return true;
}

/** What the input line should say is being waited for after this event; null where that does not change. */
function waitingFor(event: AgentEvent): string | undefined | null {
  switch (event.type) {
    case 'started':
      return 'waiting for an agent';
    case 'queued': {
      const facts = [
        event.position === undefined ? [] : [`queue position ${event.position}`],
        event.estimatedWaitSeconds ? [`about ${formatDuration(event.estimatedWaitSeconds * 1000)}`] : [],
      ].flat();
      return facts.length > 0 ? `waiting for an agent (${facts.join(', ')})` : 'waiting for an agent';
    }
    case 'joined':
      return undefined;
    case 'reconnecting':
      return 'connecting again';
    case 'reconnected':
      return undefined;
    default:
      return null;
  }
}
