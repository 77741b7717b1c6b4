/** Takes from an iterator one by one without being bound to wait: the next value may be asked for and left lying. */
export interface Pull<T> {
  /** Resolves when there is something to take; never rejects. */
  arrival(): Promise<void>;
  /** What has arrived, or undefined if nothing has. Throws what the iterator threw. */
  take(): T | undefined;
  /** Keeps what arrives before `until` settles, to be taken in its turn. Never rejects. */
  readAhead(until: Promise<unknown>): Promise<void>;
  /** Lets the iterator end. Not waited for: one that hangs in its read ends when what it reads is closed. */
  stop(): void;
}

type Outcome<T> = { readonly value: T } | { readonly error: unknown } | 'done';

const MOST_AHEAD = 100;

export function createPull<T>(source: AsyncIterator<T, void>): Pull<T> {
  const arrived: Outcome<T>[] = [];
  let pending: Promise<void> | undefined;

  /** The next one, unless the last one has come. */
  function next(): Promise<void> {
    const last = arrived.at(-1);
    if (last !== undefined && (last === 'done' || 'error' in last)) return Promise.resolve();
    pending ??= source.next().then(
      (result) => keep(result.done ? 'done' : { value: result.value }),
      (error: unknown) => keep({ error }),
    );
    return pending;
  }

  function keep(outcome: Outcome<T>): void {
    pending = undefined;
    arrived.push(outcome);
  }

  return {
    arrival: () => (arrived.length > 0 ? Promise.resolve() : next()),
    take() {
      const first = arrived.shift();
      if (first === undefined || first === 'done') return undefined;
      if ('error' in first) throw first.error;
      return first.value;
    },
    readAhead: (until) => readAhead(until, arrived, next),
    stop() {
      source.return?.().catch(() => undefined);
    },
  };
}

async function readAhead(
  until: Promise<unknown>,
  arrived: readonly unknown[],
  next: () => Promise<void>,
): Promise<void> {
  let isOver = false;
  const settle = () => {
    isOver = true;
  };
  const settled = until.then(settle, settle);
  while (!isOver && arrived.length < MOST_AHEAD) {
    const before = arrived.length;
    await Promise.race([settled, next()]);
    // Nothing more can come.
    if (arrived.length === before) await settled;
  }
}
