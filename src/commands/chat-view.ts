import type { ChatSummary } from '../chat/summary.ts';
import type { Context } from '../context.ts';
import type { AgentEvent, Channel } from '../core/events.ts';
import type { Line } from '../core/line.ts';
import { createChatLog } from '../ui/chat-log.ts';
import { type ChatTerminal, openChatTerminal } from '../ui/chat-terminal.ts';
import { movedServer } from '../ui/moved-server.ts';
import { type Score, scorecard } from '../ui/scorecard.ts';

/** Who looks at a chat: a program reading JSON lines, a person at the terminal, or whoever reads plain lines. */
export interface ChatView {
  show(event: AgentEvent): Promise<void>;
  /** Present where a person types. */
  readonly typed?: AsyncIterable<string>;
  finish(summary: ChatSummary, score: Score): Promise<void>;
  /** Gives the terminal back; may be called twice. */
  close(): Promise<void>;
}

/** Events carry their time as ISO 8601 in UTC on the wire of `--json`. */
export function toJsonEvent(event: AgentEvent): object {
  return { ...event, at: new Date(event.at).toISOString() };
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
  return {
    async show(event) {
      await io.printJson(toJsonEvent(event), 'line');
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
  const log = createChatLog({ width: io.width, unicode: io.unicode, verbose: io.verbose });
  let terminal: ChatTerminal | undefined = openChatTerminal(io, context.clock, context.interrupt);
  const typed = terminal.typed();
  let headed = false;
  terminal.waitFor('opening the chat');
  return {
    typed,
    async show(event) {
      if (!headed) await terminal?.show([...heading(title), [{ text: '/end or Ctrl-C ends the chat', tone: 'dim' }]]);
      headed = true;
      await terminal?.show(log(event));
      const waiting = waitingFor(event);
      if (waiting !== null) terminal?.waitFor(waiting);
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

/** What the input line should say is being waited for after this event; null where that does not change. */
function waitingFor(event: AgentEvent): string | undefined | null {
  switch (event.type) {
    case 'started':
    case 'queued': {
      const position =
        event.type === 'queued' && event.position !== undefined ? ` (queue position ${event.position})` : '';
      return `waiting for an agent${position}`;
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
