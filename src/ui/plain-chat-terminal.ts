import { createInterface } from 'node:readline';
import type { ChatTerminal } from './chat-terminal.ts';
import type { Io } from './io.ts';

/** For terminals that cannot move their cursor and for screen readers: one line below the other, typed by the terminal's own editing. */
export function openPlainChatTerminal(io: Io): ChatTerminal {
  const lines = createInterface({ input: io.streams.stdin, terminal: false });
  // Taken at once: what is typed while the chat opens is kept, and a Ctrl-D then is not missed.
  const typed = lines[Symbol.asyncIterator]();
  let said: string | undefined;
  const say = (text: string | undefined) => {
    if (text !== undefined && text !== said) void io.print([[text]]);
    said = text;
  };
  return {
    show: (block) => io.print(block),
    // What happens meanwhile is shown as it happens.
    waitFor: () => undefined,
    ask: say,
    live: say,
    // Keys are not heard before their line is complete.
    onStroke: () => undefined,
    typed: () => typed,
    close: async () => lines.close(),
  };
}
