import { clearScreenDown, createInterface, cursorTo, type Interface, moveCursor } from 'node:readline';
import type { Clock } from '../core/clock.ts';
import type { Line } from '../core/line.ts';
import { type ChatPrompt, createChatPrompt } from './chat-prompt.ts';
import type { Io } from './io.ts';
import { openPlainChatTerminal } from './plain-chat-terminal.ts';
import { columnsOf } from './wrap.ts';

const FRAME_MS = 120;
/** Lines that come in one moment are drawn together. */
const BATCH_MS = 16;
/** Whoever tells more than this before it is drawn is made to wait, so that the keyboard is heard in between. */
const MOST_PENDING = 200;
const HISTORY = 200;

/** The input line at the bottom of a test chat, with everything else appearing above it. */
export interface ChatTerminal {
  /** Resolves at once, but for a burst that has to be drawn first. */
  show(lines: readonly Line[]): Promise<void>;
  /** What is being waited for; undefined when somebody is there to talk to. */
  waitFor(what: string | undefined): void;
  /** A question that the next line answers; undefined takes it away. */
  ask(question: string | undefined): void;
  /** One line above the input that comes and goes, such as who is typing. */
  live(text: string | undefined): void;
  /** Calls `listener` at every key of a line that is neither empty, nor a command, nor an answer. */
  onStroke(listener: () => void): void;
  /** What the person types, line by line; ends with Ctrl-D. */
  typed(): AsyncIterable<string>;
  close(): Promise<void>;
}

/** Takes the terminal. `words` are completed by Tab. */
export function openChatTerminal(
  io: Io,
  clock: Clock,
  onInterrupt: () => void,
  words: readonly string[] = [],
): ChatTerminal {
  if (!io.movable) return openPlainChatTerminal(io);
  const output = io.streams.stdout as NodeJS.WriteStream;
  const lines = openLines(io, words);
  const prompt = createChatPrompt(io, clock);
  const draw = () => lines.setPrompt(prompt.text());
  draw();
  // Taken at once: what is typed while the chat opens is kept, and a Ctrl-D then is not missed.
  const typed = lines[Symbol.asyncIterator]();
  const closing = new AbortController();
  lines.on('close', () => closing.abort());
  lines.on('SIGINT', onInterrupt);
  const strokes = listenForStrokes(io, lines, () => prompt.asks);
  // After Ctrl-D the interface is closed; a prompt would wake its input again, or throw.
  const prompting = () => {
    draw();
    if (!closing.signal.aborted) lines.prompt(true);
  };
  lines.on('line', (line) => {
    forgetInput(output, rowsOf(lines.getPrompt() + line, output));
    // Without a prompt there, what is shown next would count the rows of one and erase as many.
    prompting();
  });
  const screen = createScreen(io, clock, lines, prompting);
  const spinning = spin(clock, prompt, prompting, closing.signal);
  const change = (work: () => boolean) => {
    if (work()) prompting();
  };
  return {
    show: screen.show,
    waitFor: (what) => change(() => prompt.waitFor(what)),
    ask: (question) => change(() => prompt.ask(question)),
    live: (text) => change(() => prompt.live(text)),
    onStroke: strokes.listen,
    typed: () => typed,
    async close() {
      closing.abort();
      strokes.stop();
      await spinning;
      await screen.close();
      lines.close();
    },
  };
}

function openLines(io: Io, words: readonly string[]): Interface {
  return createInterface({
    input: io.streams.stdin,
    output: io.streams.stdout as NodeJS.WriteStream,
    terminal: true,
    historySize: HISTORY,
    removeHistoryDuplicates: true,
    completer: (line: string) => [words.filter((word) => line !== '' && word.startsWith(line)), line],
  });
}

function listenForStrokes(io: Io, lines: Interface, isAsked: () => boolean) {
  const input = io.streams.stdin;
  let listener: () => void = () => undefined;
  // Readline hears the key first, so its line holds it already.
  const heard = () => {
    if (lines.line.trim() !== '' && !lines.line.startsWith('/') && !isAsked()) listener();
  };
  // A terminal that was closed: the signal that comes with it ends the chat.
  const gone = () => lines.close();
  input.on('keypress', heard);
  input.on('error', gone);
  return {
    listen(wanted: () => void) {
      listener = wanted;
    },
    stop: () => void input.off('keypress', heard),
  };
}

/** What is shown above the input: gathered for a moment, then drawn in one go. */
function createScreen(io: Io, clock: Clock, lines: Interface, prompting: () => void) {
  const output = io.streams.stdout as NodeJS.WriteStream;
  let pending: Line[] = [];
  let drawn = 0;
  let drawing: Promise<void> | undefined;
  const drawNow = () => {
    const block = pending.map((line) => `${io.paint(line)}\n`).join('');
    pending = [];
    drawn = clock.now();
    output.cork?.();
    const rows = leaveInputLine(lines, output);
    // The reader climbs as many rows as its input took before it draws itself again.
    const taken = output.write(block + '\n'.repeat(rows));
    prompting();
    output.uncork?.();
    return taken ? Promise.resolve() : new Promise<void>((resolve) => output.write('', () => resolve()));
  };
  const drawSoon = async () => {
    await clock.sleep(Math.min(BATCH_MS, Math.max(0, drawn + BATCH_MS - clock.now())));
    drawing = undefined;
    if (pending.length > 0) await drawNow();
  };
  return {
    show(entries: readonly Line[]): Promise<void> {
      pending.push(...entries);
      if (pending.length > 0) drawing ??= drawSoon();
      return pending.length > MOST_PENDING && drawing ? drawing : Promise.resolve();
    },
    async close() {
      await drawing;
      leaveInputLine(lines, output);
    },
  };
}

/** Takes back a line that was just entered: it comes again as an event, once the service has accepted it. */
function forgetInput(output: NodeJS.WriteStream, rows: number): void {
  moveCursor(output, 0, -rows);
  cursorTo(output, 0);
  clearScreenDown(output);
}

function rowsOf(text: string, output: NodeJS.WriteStream): number {
  const width = output.columns || 80;
  return text.split('\n').reduce((rows, line) => rows + Math.max(1, Math.ceil(columnsOf(line) / width)), 0);
}

/** Moves to the first row of the input, clears from there on, and tells how many rows below the first it took. */
function leaveInputLine(lines: Interface, output: NodeJS.WriteStream): number {
  const { rows } = lines.getCursorPos();
  moveCursor(output, 0, -rows);
  cursorTo(output, 0);
  clearScreenDown(output);
  return rows;
}

async function spin(clock: Clock, prompt: ChatPrompt, prompting: () => void, closed: AbortSignal): Promise<void> {
  while (!closed.aborted) {
    if (prompt.tick()) prompting();
    await clock.sleep(FRAME_MS, closed).catch(() => undefined);
  }
}
