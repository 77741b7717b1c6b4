/** Messages whose request is still under way, and whether the conversation has shown them meanwhile. */
export type Outbox = Map<string, Underway>;

export interface Underway {
  readonly id: string;
  seen: boolean;
  readonly whenSeen: Promise<void>;
  readonly markSeen: () => void;
}

export function beginSend(outbox: Outbox, id: string): Underway {
  let markSeen: () => void = () => undefined;
  const whenSeen = new Promise<void>((resolve) => {
    markSeen = resolve;
  });
  const underway: Underway = { id, seen: false, whenSeen, markSeen };
  outbox.set(id, underway);
  return underway;
}

/** An echo of the message, or a receipt for it: the service has taken it, whatever became of the request. */
export function noteSeen(outbox: Outbox, id: string): void {
  const underway = outbox.get(id);
  if (!underway) return;
  underway.seen = true;
  underway.markSeen();
}
