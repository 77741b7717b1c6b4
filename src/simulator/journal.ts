import type { IncomingHttpHeaders } from 'node:http';
import { raceAbort } from '../core/clock.ts';
import type { Channel } from '../core/events.ts';
import { createSecrets } from '../core/redact.ts';
import type { SimulatedRequest } from './model.ts';

/** Headers whose whole value is a secret, whatever its shape. */
const SECRET_HEADERS: ReadonlySet<string> = new Set(['authorization', 'x-liveagent-session-key', 'cookie']);
const MASK = '[redacted]';

export interface Arrival {
  readonly at: number;
  readonly channel: Channel | 'other';
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Requests in the order of arrival. A request stands in it with status 0 until its answer has begun. */
export interface Journal {
  readonly requests: readonly SimulatedRequest[];
  /** Returns the function that notes the status. */
  add(arrival: Arrival): (status: number) => void;
  waitFor(fits: (request: SimulatedRequest) => boolean, signal: AbortSignal): Promise<SimulatedRequest>;
}

interface Waiter {
  readonly fits: (request: SimulatedRequest) => boolean;
  readonly resolve: (request: SimulatedRequest) => void;
}

export function createJournal(): Journal {
  const requests: SimulatedRequest[] = [];
  const waiters = new Set<Waiter>();

  function put(index: number, request: SimulatedRequest): void {
    requests[index] = request;
    for (const waiter of waiters) {
      if (!waiter.fits(request)) continue;
      waiters.delete(waiter);
      waiter.resolve(request);
    }
  }

  return {
    requests,
    add(arrival) {
      const index = requests.length;
      const request = masked(arrival);
      put(index, request);
      return (status) => put(index, { ...request, status });
    },
    async waitFor(fits, signal) {
      const known = requests.find(fits);
      if (known) return known;
      const { promise, waiter } = pending(fits);
      waiters.add(waiter);
      return raceAbort(promise, signal).finally(() => waiters.delete(waiter));
    },
  };
}

function pending(fits: Waiter['fits']): { promise: Promise<SimulatedRequest>; waiter: Waiter } {
  let resolve: Waiter['resolve'] = () => undefined;
  const promise = new Promise<SimulatedRequest>((settle) => {
    resolve = settle;
  });
  return { promise, waiter: { fits, resolve } };
}

function masked({ at, channel, method, url, headers, body }: Arrival): SimulatedRequest {
  const { redact } = createSecrets();
  const kept = Object.entries(headers).map(([name, value]) => [
    name,
    SECRET_HEADERS.has(name) ? MASK : redact(String(value)),
  ]);
  const query = [...url.searchParams].map(([name, value]) => [name, redact(value)]);
  const request = {
    at,
    channel,
    method,
    path: redact(url.pathname),
    query: Object.fromEntries(query),
    headers: Object.fromEntries(kept),
    status: 0,
  };
  return body.length > 0 ? { ...request, body: redact(body.toString('utf8')) } : request;
}
