/** Those who wait until something holds that events may bring about. */
export interface Changes {
  tell(): void;
  until(holds: () => boolean): Promise<void>;
}

export function createChanges(): Changes {
  const waiting = new Set<() => void>();
  return {
    tell() {
      for (const look of waiting) look();
    },
    until(holds) {
      if (holds()) return Promise.resolve();
      return new Promise((resolve) => {
        const look = () => {
          if (!holds()) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
      });
    },
  };
}
