import type { Clock } from '../core/clock.ts';
import { formatDuration } from '../core/duration.ts';
import type { Io } from './io.ts';
import { wrapText } from './wrap.ts';

const FRAMES = { unicode: '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏', ascii: '|/-\\' } as const;
/** Nobody types for longer without another word of it, as the vendor's own client has it. */
const LIVE_MS = 5000;

/** What stands before the input: a question, what is being waited for, or whose turn it is. Each change tells whether it is one. */
export interface ChatPrompt {
  text(): string;
  readonly asks: boolean;
  waitFor(what: string | undefined): boolean;
  ask(question: string | undefined): boolean;
  live(text: string | undefined): boolean;
  /** Time has passed. */
  tick(): boolean;
}

export function createChatPrompt(io: Io, clock: Clock): ChatPrompt {
  const frames = io.unicode ? FRAMES.unicode : FRAMES.ascii;
  const arrow = io.unicode ? '▸' : '>';
  let waiting: string | undefined;
  let question: string | undefined;
  let live: string | undefined;
  let since = clock.now();
  let liveSince = 0;
  let frame = 0;
  // Text of any origin: cleaned, and never wider than a row.
  const row = (text: string) => io.paint([{ text: wrapText(text, Math.max(1, io.width - 2))[0] ?? '', tone: 'dim' }]);
  const own = () => {
    if (question !== undefined) return `${io.paint([question])} ${arrow} `;
    if (waiting === undefined) return `you ${arrow} `;
    const spent = formatDuration(Math.floor((clock.now() - since) / 1000) * 1000);
    return `${frames[frame % frames.length] ?? ''} ${waiting}, ${spent} ${arrow} `;
  };
  return {
    text: () => (live === undefined ? own() : `${row(live)}\n${own()}`),
    get asks() {
      return question !== undefined;
    },
    waitFor(what) {
      if (what === waiting) return what === undefined;
      if (waiting === undefined || what === undefined || !sameWait(waiting, what)) since = clock.now();
      waiting = what;
      return what === undefined;
    },
    ask(wanted) {
      const changed = wanted !== question;
      question = wanted;
      return changed;
    },
    live(text) {
      liveSince = clock.now();
      const changed = text !== live;
      live = text;
      return changed;
    },
    tick() {
      frame += 1;
      const faded = live !== undefined && clock.now() - liveSince > LIVE_MS;
      if (faded) live = undefined;
      return faded || waiting !== undefined;
    },
  };
}

/** A new place in the queue is no new wait. */
function sameWait(one: string, other: string): boolean {
  return one.split(' (')[0] === other.split(' (')[0];
}
