/** The visitor's messages, waiting to be answered in order. */
export interface Inbox {
  put(text: string): void;
  /** Rejects with the signal's reason once the chat is over. */
  next(): Promise<string>;
}

export function createInbox(over: AbortSignal): Inbox {
  const waiting: string[] = [];
  const readers: ((text: string) => void)[] = [];
  return {
    put(text) {
      const reader = readers.shift();
      if (reader) reader(text);
      else waiting.push(text);
    },
    next() {
      return new Promise((resolve, reject) => {
        if (over.aborted) return reject(over.reason);
        const text = waiting.shift();
        if (text !== undefined) return resolve(text);
        const stop = () => reject(over.reason);
        over.addEventListener('abort', stop, { once: true });
        readers.push((late) => {
          over.removeEventListener('abort', stop);
          resolve(late);
        });
      });
    },
  };
}
