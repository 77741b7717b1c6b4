import { Agent } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { HandoffError } from '../core/errors.ts';

/** A connection for one exchange at a time. Exactly one of `keep` and `cut` takes effect, the first that is called. */
export interface Line {
  readonly agent: Agent;
  /** The exchange ended well: the socket may serve the next one. */
  keep(): void;
  /** It was broken off: the socket is closed. */
  cut(): void;
}

export interface Lines {
  open(origin: string): Line;
  /** Cuts every connection, also those still being made. Lines opened afterwards fail with CONNECTION_LOST. */
  destroy(): void;
}

/** Makes the socket for an origin, within its own limit and until the signal aborts; rejects with HandoffErrors. */
export type Connect = (origin: string, signal: AbortSignal) => Promise<Socket>;

interface Owned {
  readonly origin: string;
  readonly agent: Agent;
  /** Stops a connection that is still being made, which the agent itself would wait for. */
  readonly stop: AbortController;
}

const KEEP_ALIVE_MS = 4000;

/**
 * Lines over the sockets of `connect`, TLS and proxies included. Each has an agent to itself with at most one socket, so
 * that breaking an exchange off, which is how a long poll or an event stream ends, closes that socket and no other.
 */
export function createLines(connect: Connect): Lines {
  const all = new Set<Owned>();
  const idle: Owned[] = [];
  let closed = false;

  function add(origin: string): Owned {
    const owned = createOwned(origin, connect);
    all.add(owned);
    if (closed) destroyOwned(owned);
    return owned;
  }

  return {
    open(origin) {
      const ready = idle.findLastIndex((owned) => owned.origin === origin);
      const owned = (ready < 0 ? undefined : idle.splice(ready, 1)[0]) ?? add(origin);
      let held = true;
      const release = (then: () => void) => {
        if (held) then();
        held = false;
      };
      const cut = () => {
        all.delete(owned);
        destroyOwned(owned);
      };
      return { agent: owned.agent, keep: () => release(() => idle.push(owned)), cut: () => release(cut) };
    },
    destroy() {
      closed = true;
      idle.length = 0;
      for (const owned of all) destroyOwned(owned);
      all.clear();
    },
  };
}

function createOwned(origin: string, connect: Connect): Owned {
  const stop = new AbortController();
  // The agent takes a socket back a moment after its answer; who asks again before that is to wait, not to get another.
  const agent = new Agent({ keepAlive: true, maxSockets: 1, timeout: KEEP_ALIVE_MS });
  agent.createConnection = (_options, done) => {
    connect(origin, stop.signal).then(
      (socket) => done?.(null, socket),
      // Node reads the error alone; its types ask for a stream beside it.
      (error: Error) => (done as ((error: Error) => void) | undefined)?.(error),
    );
    return undefined as Duplex | undefined;
  };
  return { origin, agent, stop };
}

function destroyOwned({ agent, stop }: Owned): void {
  stop.abort(new HandoffError('CONNECTION_LOST', { message: 'The connection was closed on this side' }));
  agent.destroy();
}
