import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { startSimulator } from '../../src/simulator/start-simulator.ts';

const CONFIG = '/embeddedservice/v1/embedded-service-config?orgId=00D8Z000001kQ7P&esConfigName=Acme_Bot';

/** An answer as it is on the wire; fetch would unpack it. */
async function ask(url: string) {
  const [response] = (await once(request(url).end(), 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return { status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) };
}

describe('an answer that is compressed', () => {
  test('says so, and is', async () => {
    await using simulator = await startSimulator({ faults: ['gzip'] });
    const { headers, body } = await ask(`${simulator.urls.miaw}${CONFIG}`);
    expect(headers).toMatchObject({ 'content-encoding': 'gzip' });
    expect(headers).not.toHaveProperty('content-length');
    expect(JSON.parse(gunzipSync(body).toString())).toHaveProperty('embeddedServiceConfig');
  });

  test('stays empty where it has no body', async () => {
    await using simulator = await startSimulator({ faults: ['gzip'] });
    const { status, headers, body } = await ask(
      `${simulator.urls.miaw}${CONFIG.replace('embedded-service-config', 'businesshours')}`,
    );
    expect([status, headers['content-encoding'], body.length]).toEqual([204, undefined, 0]);
  });

  test('is a refusal as well, and an answer to a foreign path', async () => {
    await using simulator = await startSimulator({ faults: ['gzip', 'unknown-deployment'] });
    for (const path of [CONFIG, '/nowhere']) {
      const { status, body } = await ask(`${simulator.urls.miaw}${path}`);
      expect([status, gunzipSync(body).length > 0]).toEqual([404, true]);
    }
  });
});

test('an answer that only claims to be compressed is damaged for who believes it', async () => {
  await using simulator = await startSimulator({ faults: ['bad-gzip'] });
  const { headers, body } = await ask(`${simulator.urls.miaw}${CONFIG}`);
  expect(headers['content-encoding']).toBe('gzip');
  expect(() => gunzipSync(body)).toThrow();
});
