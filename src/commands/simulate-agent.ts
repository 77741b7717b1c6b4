import type { Context } from '../context.ts';
import { HandoffError } from '../core/errors.ts';
import type { Line } from '../core/line.ts';
import { createDesk, type Desk } from '../simulator/desk.ts';
import type { SimulatorOptions } from '../simulator/model.ts';
import { openChatTerminal } from '../ui/chat-terminal.ts';
import { deskLines } from '../ui/desk-log.ts';

/** A person at the desk of the simulated agent. */
export interface AgentDesk extends AsyncDisposable {
  readonly attend: NonNullable<SimulatorOptions['attend']>;
  show(lines: readonly Line[]): Promise<void>;
  /** Resolves when the person has left with Ctrl-D or Ctrl-C. */
  finished(): Promise<void>;
}

const AGENT = 'Maria Lopez';

/** Takes the terminal. Throws INVALID_ARGUMENT where nobody is at one. */
export function openAgentDesk(agent: true | string, pace: number, context: Context): AgentDesk {
  const { io, clock, signal } = context;
  if (!io.interactive || io.json) {
    throw new HandoffError('INVALID_ARGUMENT', {
      message: '--agent needs a person at a terminal',
      hint: 'run it in a terminal of its own, or play a scenario: sf-handoff simulate --scenario happy-path',
    });
  }
  const terminal = openChatTerminal(io, clock, context.interrupt);
  terminal.waitFor(WAITING);
  let shown: Promise<void> = Promise.resolve();
  const show = (lines: readonly Line[]) => {
    shown = shown.then(() => terminal.show(lines)).catch(() => undefined);
    return shown;
  };
  const desk: Desk = createDesk({
    clock,
    pace,
    name: agent === true ? AGENT : agent,
    tell(event) {
      show(deskLines(event, io.width)).catch(() => undefined);
      terminal.waitFor(waitingFor(desk));
    },
  });
  return {
    attend: desk.attend,
    show,
    finished: () => read(terminal.typed(), desk, signal),
    async [Symbol.asyncDispose]() {
      await shown;
      await terminal.close();
    },
  };
}

const WAITING = 'waiting for a visitor';

/** What the input line should say before anybody can be talked to. */
function waitingFor(desk: Desk): string | undefined {
  const current = desk.current();
  if (!current) return WAITING;
  return current.state === 'ringing' ? `chat ${current.number} is ringing` : undefined;
}

async function read(typed: AsyncIterable<string>, desk: Desk, signal: AbortSignal): Promise<void> {
  const lines = typed[Symbol.asyncIterator]();
  const aborted = new Promise<undefined>((resolve) => {
    if (signal.aborted) resolve(undefined);
    else signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  for (;;) {
    const line = await Promise.race([lines.next(), aborted]);
    if (line === undefined || line.done) return;
    desk.type(line.value);
  }
}
