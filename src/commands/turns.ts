/** Lets at most so many pieces of work run at once; the others take their turn in the order in which they came. */
export interface Turns {
  take<T>(work: () => Promise<T>): Promise<T>;
}

export function createTurns(most: number): Turns {
  let running = 0;
  const waiting: (() => void)[] = [];
  const release = () => {
    const next = waiting.shift();
    // The turn is handed on, so that nobody can slip in between.
    if (next) next();
    else running -= 1;
  };
  return {
    async take(work) {
      if (running < most) running += 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      try {
        return await work();
      } finally {
        release();
      }
    },
  };
}
