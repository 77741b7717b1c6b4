/** When the last agent left, for whoever asks whether that belongs to an end. */
export interface Leaving {
  at: number | undefined;
  /** Resolves with the next one. */
  next: Promise<void>;
  told: () => void;
}

export function createLeaving(): Leaving {
  const leaving: Leaving = { at: undefined, next: Promise.resolve(), told: () => undefined };
  expectNext(leaving);
  return leaving;
}

export function noteLeaving(leaving: Leaving, now: number): void {
  leaving.at = now;
  leaving.told();
  expectNext(leaving);
}

function expectNext(leaving: Leaving): void {
  leaving.next = new Promise<void>((resolve) => {
    leaving.told = resolve;
  });
}
