import type { IncomingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import type { Line } from './dispatcher.ts';
import type { Dispatcher } from './undici.ts';

export interface Question {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly origin: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body?: string | Uint8Array;
}

/** Status and headers of an answer whose bytes are still arriving. Destroying `body` frees the socket. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readable;
}

const BUFFERED_BYTES = 64 * 1024;

/**
 * Sends one request and resolves with the headers of its answer. `onSent` is called when a connection has taken it.
 * The signal cuts it off at any time, also while the body is read. Rejects with undici's raw errors.
 */
export function exchange(line: Line, question: Question, signal: AbortSignal, onSent: () => void): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let controller: Dispatcher.DispatchController | undefined;
    let body: Readable | undefined;
    const leave = (release: () => void) => {
      signal.removeEventListener('abort', stop);
      release();
    };
    const stop = () => {
      reject(signal.reason);
      controller?.abort(signal.reason);
      leave(line.cut);
    };
    signal.addEventListener('abort', stop, { once: true });
    line.dispatcher.dispatch(question, {
      onRequestStart(started) {
        controller = started;
        if (signal.aborted) stop();
        else onSent();
      },
      onResponseStart(started, status, headers) {
        if (status < 200) return;
        body = createBody(started).once('close', () => leave(line.cut));
        resolve({ status, headers: flatten(headers), body });
      },
      onResponseData(started, chunk) {
        if (body?.push(chunk) === false) started.pause();
      },
      onResponseEnd() {
        body?.once('end', () => leave(line.keep)).push(null);
      },
      onResponseError(_controller, error) {
        reject(error);
        leave(line.cut);
        body?.destroy(error);
      },
    });
  });
}

/** What the reader has not taken yet waits here; beyond the limit the socket is no longer read. */
function createBody(controller: Dispatcher.DispatchController): Readable {
  const body = new Readable({
    highWaterMark: BUFFERED_BYTES,
    read: () => controller.resume(),
    destroy: (error, done) => {
      controller.abort(error ?? new Error('The answer was not read to its end'));
      done(error);
    },
  });
  // A reader that has gone away must not turn a broken socket into an uncaught error; whoever reads still sees it.
  return body.on('error', () => undefined);
}

function flatten(headers: IncomingHttpHeaders): Readonly<Record<string, string>> {
  const entries = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), [value ?? ''].flat().join(', ')]);
  return Object.fromEntries(entries);
}
