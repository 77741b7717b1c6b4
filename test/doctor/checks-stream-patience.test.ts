import { expect, test } from 'vitest';
import { HandoffError } from '../../src/core/errors.ts';
import type { Http } from '../../src/core/http.ts';
import { manualClock } from '../support/manual-clock.ts';
import { doctor, miawConfig, validValues } from './local-service.ts';

/** A service on a network without waiting, whose stream opens and never says anything. */
const silentService: Http = {
  request: async () => ({ status: 200, headers: {}, body: '{"accessToken":"opaque-token"}' }),
  stream: async () => ({
    status: 200,
    headers: { 'content-type': 'text/event-stream' },
    chunks: { [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => {}) }) },
    close: () => undefined,
  }),
  resolve: async () => ({ host: '127.0.0.1', addresses: ['127.0.0.1'] }),
  connect: async () => ({ address: '127.0.0.1', port: 80 }),
  handshake: () => Promise.reject(new HandoffError('TLS_FAILED')),
  close: async () => undefined,
};

test.each([
  [10_000, 1000, 'pass'],
  [2000, 1000, 'pass'],
  [40_000, 30_000, 'warn'],
] as const)(
  'with a limit of %i ms a silent stream is given %i ms and then is a %s',
  async (timeoutMs, waited, status) => {
    const clock = manualClock();
    const options = { only: ['stream.open'], http: silentService, clock, timeoutMs };
    const running = doctor(validValues(miawConfig('http://127.0.0.1:80')), options);
    await clock.waitUntilSleeping(waited);
    clock.advance(waited);
    expect((await running)['stream.open']).toMatchObject({ status, durationMs: waited });
  },
);
