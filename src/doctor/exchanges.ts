import type { Clock } from '../core/clock.ts';
import { asHandoffError } from '../core/errors.ts';
import type { Http, HttpRequest } from '../core/http.ts';
import { excerptOf, safePath } from './excerpt.ts';

/** One step on the network without anything in it that opens anything: no header values, no request body, no free text. */
export interface Exchange {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly kind: 'resolve' | 'connect' | 'handshake' | 'request' | 'stream';
  readonly method?: string;
  readonly host: string;
  readonly path?: string;
  readonly sentHeaders?: readonly string[];
  readonly sentBytes?: number;
  readonly status?: number;
  readonly headers?: readonly string[];
  readonly bodyBytes?: number;
  readonly body?: string;
  /** What a rung below HTTP has found. */
  readonly found?: unknown;
  readonly error?: { readonly code: string; readonly message: string };
  readonly durationMs: number;
}

type Told = Omit<Exchange, 'at' | 'durationMs' | 'error'>;

/** The same network, with an account of everything that goes through it. */
export function recorded(http: Http, clock: Clock, into: Exchange[]): Http {
  const keep = async <T>(about: Told, work: () => Promise<T>, told: (result: T) => Partial<Told>): Promise<T> => {
    const at = clock.now();
    const end = (more: Partial<Exchange>) => into.push({ at, ...about, ...more, durationMs: clock.now() - at });
    try {
      const result = await work();
      end(told(result));
      return result;
    } catch (thrown) {
      const { code, message } = asHandoffError(thrown);
      end({ error: { code, message } });
      throw thrown;
    }
  };
  const rung =
    <T>(kind: Told['kind'], ask: (url: string, signal?: AbortSignal) => Promise<T>) =>
    (url: string, signal?: AbortSignal) =>
      keep(
        { kind, host: hostOf(url) },
        () => ask(url, signal),
        (found) => ({ found }),
      );
  return {
    ...http,
    resolve: rung('resolve', http.resolve),
    connect: rung('connect', http.connect),
    handshake: rung('handshake', http.handshake),
    request: (request) =>
      keep(
        aboutOf('request', request),
        () => http.request(request),
        ({ status, headers, body }) => ({
          status,
          headers: Object.keys(headers),
          bodyBytes: Buffer.byteLength(body),
          body: excerptOf(body),
        }),
      ),
    stream: (request) =>
      keep(
        aboutOf('stream', request),
        () => http.stream(request),
        ({ status, headers }) => ({ status, headers: Object.keys(headers) }),
      ),
  };
}

function aboutOf(kind: 'request' | 'stream', { method = 'GET', url, headers = {}, body }: HttpRequest): Told {
  return {
    kind,
    method,
    host: hostOf(url),
    path: safePath(url),
    sentHeaders: Object.keys(headers).map((name) => name.toLowerCase()),
    ...(body === undefined ? {} : { sentBytes: Buffer.byteLength(body) }),
  };
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : '';
}
