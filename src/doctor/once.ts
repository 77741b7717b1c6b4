/** A question that is asked at most once; everybody who asks gets the same answer, or the same rejection. */
export interface Once<T> {
  (): Promise<T>;
  asked(): boolean;
}

/** A rejection that nobody waits for any more does not count as unhandled. */
export function once<T>(ask: () => Promise<T>): Once<T> {
  let answer: Promise<T> | undefined;
  const question = () => {
    if (!answer) {
      answer = ask();
      answer.catch(() => undefined);
    }
    return answer;
  };
  return Object.assign(question, { asked: () => answer !== undefined });
}
