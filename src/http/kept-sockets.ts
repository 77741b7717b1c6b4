import type { Socket } from 'node:net';
import type { Clock } from '../core/clock.ts';
import type { Route } from './route.ts';

/** How far a connection has come: TCP alone, or ready for HTTP. */
type Stage = 'bare' | 'ready';

/** What one rung has made serves the next one, and the last the first request, so that no connection is made twice. */
export interface KeptSockets {
  put(route: Route, stage: Stage, socket: Socket): void;
  /** Undefined where there is none that may still be used. */
  take(route: Route, stage: Stage): Socket | undefined;
  close(): void;
}

/** Servers close connections on which nothing is asked; one that is older is not relied on. */
const USABLE_MS = 2000;

export function createKeptSockets(clock: Clock): KeptSockets {
  const kept = new Map<string, { readonly socket: Socket; readonly since: number }>();
  const take = (key: string) => {
    const found = kept.get(key);
    kept.delete(key);
    return found;
  };
  return {
    put(route, stage, socket) {
      take(keyOf(route, stage))?.socket.destroy();
      kept.set(keyOf(route, stage), { socket, since: clock.now() });
    },
    take(route, stage) {
      const found = take(keyOf(route, stage));
      if (!found) return undefined;
      const { socket, since } = found;
      const age = clock.now() - since;
      if (age >= 0 && age <= USABLE_MS && socket.readable && socket.writable && !socket.destroyed) return socket;
      socket.destroy();
      return undefined;
    },
    close() {
      for (const { socket } of kept.values()) socket.destroy();
      kept.clear();
    },
  };
}

function keyOf({ host, port, secure }: Route, stage: Stage): string {
  return `${stage} ${secure ? 'https' : 'http'}://${host}:${port}`;
}
