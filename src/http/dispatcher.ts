import type { Socket } from 'node:net';
import { HandoffError } from '../core/errors.ts';
import { Agent, type buildConnector, type Dispatcher } from './undici.ts';

/** A connection for one exchange at a time. Exactly one of `keep` and `cut` takes effect, the first that is called. */
export interface Line {
  readonly dispatcher: Dispatcher;
  /** The exchange ended well: the socket may serve the next one. */
  keep(): void;
  /** It was broken off: the socket is closed. */
  cut(): void;
}

export interface Lines {
  open(): Line;
  /** Cuts every connection, also those still being made. Lines opened afterwards fail with CONNECTION_LOST. */
  destroy(): Promise<void>;
}

/** Makes the socket for an origin, within its own limit and until the signal aborts; rejects with HandoffErrors. */
export type Connect = (origin: string, signal: AbortSignal) => Promise<Socket>;

interface Owned {
  readonly agent: Agent;
  /** Stops connections that the agent is still making, of which undici would wait for the end. */
  readonly stop: AbortController;
}

const KEEP_ALIVE_MS = 4000;
/** undici's own limits are off: they are coarse, and two clocks for one wait would race for the message. */
const NO_LIMIT = { headersTimeout: 0, bodyTimeout: 0, connectTimeout: 0 };

/**
 * Lines over the sockets of `connect`. Each has an undici agent to itself, because in a shared pool undici makes a new
 * connection, for nobody, whenever an exchange is broken off, and that is how a long poll or an event stream ends.
 */
export function createLines(connect: Connect): Lines {
  const all = new Set<Owned>();
  const idle: Owned[] = [];
  let closed = false;

  function add(): Owned {
    const owned = createOwned(connect);
    all.add(owned);
    if (closed) destroyOwned(owned).catch(() => undefined);
    return owned;
  }

  return {
    open() {
      const owned = idle.pop() ?? add();
      let held = true;
      const release = (then: () => void) => {
        if (held) then();
        held = false;
      };
      const cut = () => {
        all.delete(owned);
        destroyOwned(owned).catch(() => undefined);
      };
      return { dispatcher: owned.agent, keep: () => release(() => idle.push(owned)), cut: () => release(cut) };
    },
    destroy: async () => {
      closed = true;
      idle.length = 0;
      await Promise.all([...all].map(destroyOwned));
      all.clear();
    },
  };
}

function createOwned(connect: Connect): Owned {
  const stop = new AbortController();
  const agent = new Agent({
    ...NO_LIMIT,
    // undici takes a socket back a moment after its answer; who asks again before that is to wait, not to get another.
    connections: 1,
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MS,
    connect: (target: buildConnector.Options, done: buildConnector.Callback) => {
      connect(`${target.protocol}//${target.host ?? target.hostname}`, stop.signal).then(
        (socket) => done(null, socket),
        (error: Error) => done(error, null),
      );
    },
  });
  return { agent, stop };
}

async function destroyOwned({ agent, stop }: Owned): Promise<void> {
  stop.abort(new HandoffError('CONNECTION_LOST', { message: 'The connection was closed on this side' }));
  await agent.destroy();
}
