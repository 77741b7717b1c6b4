import type { IncomingHttpHeaders } from 'node:http';
import { raceAbort } from '../core/clock.ts';
import type { Channel } from '../core/events.ts';
import { createSecrets } from '../core/redact.ts';
import type { SimulatedRequest } from './model.ts';

/** Headers whose whole value is a secret, whatever its shape. */
const SECRET_HEADERS: ReadonlySet<string> = new Set(['authorization', 'x-liveagent-session-key', 'cookie']);
const MASK = '[redacted]';
const MOST_KEPT = 2000;
/** In characters, which for what clients send is as good as bytes. */
const LONGEST_BODY = 8 * 1024;

interface Arrival {
  readonly at: number;
  readonly channel: Channel | 'other';
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** The latest requests in the order of arrival. A request stands in it with status 0 until its answer has begun. */
export interface Journal {
  readonly requests: readonly SimulatedRequest[];
  /** How many requests have come, those included that are kept no longer. */
  total(): number;
  /** Returns the function that notes the status. */
  add(arrival: Arrival): (status: number) => void;
  waitFor(fits: (request: SimulatedRequest) => boolean, signal: AbortSignal): Promise<SimulatedRequest>;
}

interface Waiter {
  readonly fits: (request: SimulatedRequest) => boolean;
  readonly resolve: (request: SimulatedRequest) => void;
}

/** `onAnswered` is told about every request once its status is known. */
export function createJournal(onAnswered: (request: SimulatedRequest) => void = () => undefined): Journal {
  const requests: SimulatedRequest[] = [];
  const waiters = new Set<Waiter>();
  let forgotten = 0;

  function tell(request: SimulatedRequest): void {
    for (const waiter of waiters) {
      if (!waiter.fits(request)) continue;
      waiters.delete(waiter);
      waiter.resolve(request);
    }
  }

  function answered(number: number, request: SimulatedRequest): void {
    const index = number - forgotten;
    if (index >= 0) requests[index] = request;
    tell(request);
    onAnswered(request);
  }

  return {
    requests,
    total: () => forgotten + requests.length,
    add(arrival) {
      const number = forgotten + requests.length;
      const request = masked(arrival);
      requests.push(request);
      if (requests.length > MOST_KEPT) {
        requests.shift();
        forgotten += 1;
      }
      tell(request);
      return (status) => answered(number, { ...request, status });
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
  return body.length > 0 ? { ...request, body: keptBody(headers, body, redact) } : request;
}

/** Text is masked before it is cut, as half a secret would not be known for one; of a form only its outline is kept. */
function keptBody(headers: IncomingHttpHeaders, body: Buffer, redact: (text: string) => string): string {
  const type = headers['content-type'] ?? '';
  const boundary = /^multipart\/.*?boundary="?([^";]+)"?/i.exec(type)?.[1];
  if (boundary !== undefined) return outlineOf(body, boundary);
  const text = redact(body.toString('utf8'));
  return text.length > LONGEST_BODY ? `${text.slice(0, LONGEST_BODY)}…` : text;
}

function outlineOf(body: Buffer, boundary: string): string {
  const parts = body.toString('latin1').split(`--${boundary}`);
  const heads = parts.map((part) => part.split('\r\n\r\n', 1)[0] ?? '');
  const names = heads.flatMap((head) => /^content-disposition:.*?;\s*name="?([^";\r\n]*)/im.exec(head)?.[1] ?? []);
  return `multipart, ${body.length} bytes: ${names.join(', ')}`.slice(0, LONGEST_BODY);
}
