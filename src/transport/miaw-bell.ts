/** Wakes a waiting reader for another reason than the thing it waits for. */
export interface Bell {
  ring(): void;
  /** Resolves when `other` settles or the bell was rung, also if that was before. */
  wait(other: Promise<unknown>): Promise<void>;
}

export function createBell(): Bell {
  let rung = false;
  let wake: () => void = () => undefined;
  return {
    ring() {
      rung = true;
      wake();
    },
    async wait(other) {
      if (!rung) {
        // A promise of its own for each wait: racing against one that stays pending would pile up reactions on it.
        await new Promise<void>((resolve) => {
          wake = resolve;
          other.then(
            () => resolve(),
            () => resolve(),
          );
        });
      }
      rung = false;
    },
  };
}
