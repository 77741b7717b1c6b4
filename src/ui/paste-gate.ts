import { PassThrough } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import type { Clock } from '../core/clock.ts';

const START = '\u001b[200~';
const END = '\u001b[201~';
const CTRL_C = '\u0003';
const CTRL_D = '\u0004';
const MARKS_ON = '\u001b[?2004h';
const MARKS_OFF = '\u001b[?2004l';
/** Where a terminal does not mark a paste, it is over when nothing more has come for this long. */
const PAUSE_MS = 150;

interface Keyboard extends NodeJS.ReadableStream {
  setRawMode?(mode: boolean): unknown;
}

interface GateOptions {
  readonly keyboard: Keyboard;
  readonly screen: { write(text: string): unknown };
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** A question that is typed takes a paste of one line as typed; one that is chosen from takes none. */
  readonly typed: boolean;
  onPaste(text: string): void;
  /** Ctrl-C, also right behind an answer, Ctrl-D, or the end of the input. */
  onEnd(): void;
}

/** The keyboard of one question, with what is pasted taken out of it: no line break of a paste ever counts as an answer. */
export interface PasteGate {
  readonly input: NodeJS.ReadStream;
  close(): void;
}

export function openPasteGate(options: GateOptions): PasteGate {
  const { keyboard, screen } = options;
  const input = new PassThrough();
  const sorter = createSorter(options, (text) => input.write(text));
  const decoder = new StringDecoder('utf8');
  const onData = (chunk: Buffer | string) => sorter.take(typeof chunk === 'string' ? chunk : decoder.write(chunk));
  keyboard.on('data', onData);
  keyboard.on('end', options.onEnd);
  keyboard.resume();
  screen.write(MARKS_ON);
  const raw = { isTTY: true, setRawMode: (mode: boolean) => keyboard.setRawMode?.(mode) };
  return {
    input: Object.assign(input, raw) as unknown as NodeJS.ReadStream,
    close() {
      sorter.close();
      keyboard.off('data', onData);
      keyboard.off('end', options.onEnd);
      keyboard.pause();
      screen.write(MARKS_OFF);
    },
  };
}

interface Sorter {
  take(text: string): void;
  close(): void;
}

type Sorting = Pick<GateOptions, 'typed' | 'clock' | 'signal' | 'onPaste' | 'onEnd'>;

/** Tells what is typed, and goes on, from what is pasted: by the terminal's marks, else because it came all at once. */
export function createSorter(options: Sorting, type: (text: string) => void): Sorter {
  let held = '';
  let marked: string | undefined;
  let block: string | undefined;
  let closed = false;
  const deliver = (text: string) => {
    const plain = text.replace(/\r\n?/g, '\n');
    if (options.typed && !plain.trim().includes('\n')) type(plain.trim());
    else if (plain.trim() !== '') options.onPaste(plain);
  };
  const gather = (text: string) => {
    block = (block ?? '') + text;
    const { length } = block;
    options.clock.sleep(PAUSE_MS, options.signal).then(
      () => {
        if (!closed && block?.length === length) deliver(block);
      },
      () => undefined,
    );
  };
  const mark = (text: string) => {
    marked = (marked ?? '') + text;
    const end = marked.indexOf(END);
    if (end < 0) return;
    const [pasted, rest] = [marked.slice(0, end), marked.slice(end + END.length)];
    marked = undefined;
    deliver(pasted);
    if (rest !== '') take(rest);
  };
  const take = (chunk: string) => {
    if (closed) return;
    if (chunk === CTRL_C || (marked === undefined && chunk.includes(CTRL_C))) return options.onEnd();
    if (marked !== undefined) return mark(chunk);
    if (block !== undefined) return gather(chunk);
    const text = held + chunk;
    held = '';
    const start = text.indexOf(START);
    if (start >= 0) {
      typeOn(text.slice(0, start));
      return mark(text.slice(start + START.length));
    }
    held = /\u001b\[20{0,2}$/.exec(text)?.[0] ?? '';
    const whole = text.slice(0, text.length - held.length);
    return isBlock(whole, options.typed) ? gather(whole) : typeOn(whole);
  };
  const typeOn = (text: string) => {
    if (text === CTRL_D) options.onEnd();
    else if (text !== '') type(text);
  };
  return {
    take,
    close() {
      closed = true;
    },
  };
}

/** Nobody types a line break with more behind it at once, nor a whole word where one moves by arrows. */
function isBlock(text: string, typed: boolean): boolean {
  if (text.startsWith('\u001b')) return false;
  return /[\r\n][\r\n]*[^\r\n]/.test(text) || (!typed && text.trim().length > 3);
}
