import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { constants, createGzip } from 'node:zlib';

type Headers = OutgoingHttpHeaders;

/** Compresses whatever is answered, as some proxies do though nobody asked for it. An event stream stays live. */
export function compressAnswers(response: ServerResponse): void {
  const gzip = createGzip({ flush: constants.Z_SYNC_FLUSH });
  const { end } = response;
  const write = response.write.bind(response);
  gzip.on('data', (chunk: Buffer) => void (response.destroyed || write(chunk)));
  gzip.once('end', () => void (response.destroyed || end.call(response, undefined, 'utf8')));
  response.once('close', () => gzip.destroy());
  onHead(response, (status, headers) => {
    if (status === 204) return headers;
    Object.assign(response, {
      write: (chunk: string | Uint8Array, done?: () => void) => gzip.write(chunk, done),
      end: (chunk?: string | Uint8Array) => (chunk === undefined ? gzip.end() : gzip.end(chunk)),
    });
    const rest = Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'content-length');
    return { ...Object.fromEntries(rest), 'content-encoding': 'gzip' };
  });
}

/** Says of every answer that it is compressed, which it is not: a proxy has unpacked it and left the header. */
export function claimCompression(response: ServerResponse): void {
  onHead(response, (status, headers) => (status === 204 ? headers : { ...headers, 'content-encoding': 'gzip' }));
}

function onHead(response: ServerResponse, change: (status: number, headers: Headers) => Headers): void {
  const writeHead = response.writeHead.bind(response);
  const changed = (status: number, headers: Headers = {}) => writeHead(status, change(status, headers));
  Object.assign(response, { writeHead: changed });
}
