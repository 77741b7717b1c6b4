import { type Duplex, pipeline, type Readable } from 'node:stream';
import * as zlib from 'node:zlib';
import { HandoffError } from '../core/errors.ts';

/** More layers than this is an attack, not a service. */
const MOST_LAYERS = 3;

/**
 * The body as it was before a proxy or server compressed it, though nobody asked for that. Whatever has arrived is
 * decoded at once, so that an event stream stays live. Destroying the result destroys the body. Throws NOT_THE_SERVICE
 * for an encoding that nobody knows.
 */
export function decodeBody(body: Readable, contentEncoding: string): Readable {
  const names = contentEncoding
    .toLowerCase()
    .split(',')
    .map((name) => name.trim());
  const layers = names.filter((name) => name !== '' && name !== 'identity').reverse();
  const decoders = layers
    .slice(0, MOST_LAYERS)
    .map(decoderFor)
    .filter((decoder) => decoder !== undefined);
  if (decoders.length < layers.length) {
    body.destroy();
    throw new HandoffError('NOT_THE_SERVICE', {
      message: 'The answer is compressed in a way that was not asked for and cannot be read',
      details: { contentEncoding },
    });
  }
  return decoders.reduce<Readable>(through, body);
}

function through(source: Readable, decoder: Duplex): Readable {
  // The reader of the last stream sees every error, so there is nothing left to do with it here.
  return pipeline(source, decoder, () => undefined);
}

function decoderFor(name: string): Duplex | undefined {
  if (name === 'gzip' || name === 'x-gzip') return zlib.createGunzip();
  if (name === 'deflate') return zlib.createInflate();
  if (name === 'br') return zlib.createBrotliDecompress();
  return undefined;
}
