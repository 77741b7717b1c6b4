/** What we need of a Node stream; tests pass buffers with settable TTY. */
export interface OutputStream {
  /** `done` is called when the text is out, or cannot be. */
  write(text: string, done?: () => void): boolean;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Writes to a terminal at once, and to a pipe or file what one turn of the program has to say in one go. */
export interface Gatherer {
  /** Resolves at once, or once a slow reader has caught up. */
  write(stream: OutputStream, text: string): Promise<void>;
  /** Resolves when everything is out. */
  flush(): Promise<void>;
}

const MOST_HELD = 64 * 1024;

/** One write for each event of a chat takes four times as long as one for each network read. `redact` sees whole lines. */
export function createGatherer(redact: (text: string) => string): Gatherer {
  let held = '';
  let target: OutputStream | undefined;
  let scheduled = false;
  let catchingUp: Promise<void> | undefined;

  function put(stream: OutputStream, text: string): Promise<void> {
    const writing = writeOut(stream, redact(text));
    if (!writing) return Promise.resolve();
    catchingUp = writing;
    return writing.finally(() => {
      if (catchingUp === writing) catchingUp = undefined;
    });
  }

  function release(): Promise<void> {
    const text = held;
    held = '';
    return target && text !== '' ? put(target, text) : (catchingUp ?? Promise.resolve());
  }

  return {
    write(stream, text) {
      if (text === '') return Promise.resolve();
      if (stream !== target) void release();
      target = stream;
      if (stream.isTTY) return put(stream, text);
      held += text;
      if (held.length >= MOST_HELD) return release();
      if (!scheduled) {
        scheduled = true;
        // Runs once all that can go on without a further read has gone on.
        process.nextTick(() => {
          scheduled = false;
          void release();
        });
      }
      return catchingUp ?? Promise.resolve();
    },
    flush: release,
  };
}

/** Undefined where the stream takes more at once. Waits for a slow reader, but not for one that has gone: then `drain` would never come. */
function writeOut(stream: OutputStream, text: string): Promise<void> | undefined {
  let free = false;
  const out = new Promise<void>((resolve) => {
    free = stream.write(text, () => resolve());
  });
  return free ? undefined : out;
}
