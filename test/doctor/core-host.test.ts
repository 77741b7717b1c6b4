import { describe, expect, test } from 'vitest';
import { messagingHint } from '../../src/doctor/core-host.ts';
import { createCa, createLeaf, openHttp, serveTls } from '../http/local-servers.ts';
import { doctor, miawConfig, validValues } from './local-service.ts';

const HOST = 'acme.my.salesforce.com';
const MENDED = 'enter https://acme.my.salesforce-scrt.com as Organization Base URL';
const ca = await createCa('Acme Root');

/** The org's core host, which answers everything alike. */
async function askCoreHost(status: number, headers: Record<string, string>, body: string) {
  await using server = await serveTls(await createLeaf(ca, HOST), (_, response) =>
    response.writeHead(status, headers).end(body),
  );
  await using http = await openHttp({ ca: ca.cert, connectTo: [`${HOST}:443:127.0.0.1:${server.port}`] });
  const results = await doctor(validValues(miawConfig(`https://${HOST}`)), { http });
  return Object.values(results).filter(({ status }) => status === 'fail' || status === 'warn');
}

describe('the core host of an org in place of its messaging host', () => {
  test.each([
    ['with a page', { 'content-type': 'text/html' }, '<html><title>Page Not Found</title></html>'],
    ['with an empty object', { 'content-type': 'application/json' }, '{}'],
  ])('that answers 404 %s is told once, with the host to use', async (_, headers, body) => {
    expect(await askCoreHost(404, headers, body)).toMatchObject([
      { id: 'service.token', cause: 'NOT_FOUND', step: 'miaw.2', hint: expect.stringContaining(MENDED) },
    ]);
  });

  test('that redirects to its login is told once, with the host to use', async () => {
    expect(await askCoreHost(302, { location: `https://${HOST}/login` }, '')).toMatchObject([
      { id: 'network.http', cause: 'REDIRECTED', step: 'miaw.2', hint: expect.stringContaining(MENDED) },
    ]);
  });
});

test.each([
  ['https://acme--uat.sandbox.my.salesforce.com', 'https://acme--uat.sandbox.my.salesforce-scrt.com'],
  ['https://acme.lightning.force.com', 'https://acme.my.salesforce-scrt.com'],
])('%s leads to %s', (url, messaging) => {
  expect(messagingHint(url)).toContain(`enter ${messaging} as`);
});

test.each([null, 'http://127.0.0.1:8080', 'https://acme.my.salesforce-scrt.com', 'https://www.example.com'])(
  '%s leads nowhere else',
  (url) => {
    expect(messagingHint(url)).toBeUndefined();
  },
);
