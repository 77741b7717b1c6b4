/** Takes from an iterator one by one without being bound to wait: the next value may be asked for and left lying. */
export interface Pull<T> {
  /** Resolves when there is something to take; never rejects. */
  arrival(): Promise<void>;
  /** What has arrived, or undefined if nothing has. Throws what the iterator threw. */
  take(): T | undefined;
  /** Lets the iterator end. Not waited for: one that hangs in its read ends when what it reads is closed. */
  stop(): void;
}

type Outcome<T> = { readonly value: T | undefined } | { readonly error: unknown };

export function createPull<T>(source: AsyncIterator<T, void>): Pull<T> {
  let pending: Promise<void> | undefined;
  let outcome: Outcome<T> | undefined;
  return {
    arrival() {
      pending ??= source.next().then(
        (result) => {
          outcome = { value: result.done ? undefined : result.value };
        },
        (error: unknown) => {
          outcome = { error };
        },
      );
      return pending;
    },
    take() {
      if (!outcome) return undefined;
      const arrived = outcome;
      outcome = undefined;
      pending = undefined;
      if ('error' in arrived) throw arrived.error;
      return arrived.value;
    },
    stop() {
      source.return?.().catch(() => undefined);
    },
  };
}
