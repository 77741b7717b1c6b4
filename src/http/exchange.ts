import { type ClientRequest, type IncomingMessage, request as startRequest } from 'node:http';
import type { Readable } from 'node:stream';
import type { Line } from './lines.ts';

export interface Question {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly host: string;
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

/**
 * Sends one request and resolves with the headers of its answer. `onSent` is called when a connection has taken it.
 * The signal cuts it off at any time, also while the body is read. Rejects with Node's raw errors.
 */
export function exchange(line: Line, question: Question, signal: AbortSignal, onSent: () => void): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = start(line, question, reject);
    if (!asked) return line.cut();
    const leave = (release: () => void) => {
      signal.removeEventListener('abort', stop);
      release();
    };
    const stop = () => {
      reject(signal.reason);
      asked.destroy(signal.reason);
      leave(line.cut);
    };
    signal.addEventListener('abort', stop, { once: true });
    asked
      .once('socket', onSent)
      .on('error', (error) => {
        reject(error);
        leave(line.cut);
      })
      .once('close', () => leave(line.cut))
      .once('response', (answer) => {
        // A reader that has gone away must not turn a broken socket into an uncaught error; whoever reads still sees it.
        answer.on('error', () => undefined).once('end', () => leave(line.keep));
        resolve({ status: answer.statusCode ?? 0, headers: flatten(answer), body: answer });
      });
    if (signal.aborted) stop();
    else asked.end(question.body);
  });
}

/** Undefined, and `reject` called, where the question itself cannot be sent. */
function start(line: Line, question: Question, reject: (error: unknown) => void): ClientRequest | undefined {
  const { method, host, path, headers } = question;
  try {
    return startRequest({ agent: line.agent, method, path, headers: { host, ...headers } });
  } catch (error) {
    reject(error);
    return undefined;
  }
}

function flatten({ headers }: IncomingMessage): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]));
}
