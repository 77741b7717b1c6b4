import type { Io } from './io.ts';

/** Something that takes a while: a spinner on a terminal, one line elsewhere. */
export interface Progress {
  update(text: string): void;
  stop(): void;
}

/** Starts showing `text` on stderr. Nothing is drawn with `--quiet` or without a terminal, where only the first text is noted. */
export async function startProgress(io: Io, text: string): Promise<Progress> {
  if (!io.animated) {
    if (!io.json) await io.note([[{ text, tone: 'dim' }]]);
    return { update: () => undefined, stop: () => undefined };
  }
  const { default: ora } = await import('ora');
  const spinner = ora({
    text: io.paint([text]),
    stream: process.stderr,
    discardStdin: false,
    hideCursor: true,
    spinner: io.unicode ? 'dots' : 'line',
  }).start();
  return {
    update: (next) => {
      spinner.text = io.paint([next]);
    },
    stop: () => {
      spinner.stop();
    },
  };
}
