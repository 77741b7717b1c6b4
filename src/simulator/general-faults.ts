import type { ServerResponse } from 'node:http';
import type { World } from './world.ts';

const SLOW_MS = 3000;
const SKEW_MS = 3 * 3_600_000;
const NO_SUCH_PAGE = '<html><head><title>Page Not Found</title></head><body>URL No Longer Exists</body></html>';
const SIGN_ON_PAGE =
  '<!DOCTYPE html><html><head><title>Sign on to the network</title></head>' +
  '<body><form action="/login"><input name="user"></form></body></html>';

/**
 * Faults that hold for both protocols. True when the request has been answered here; a server error is left to
 * `fail`, which speaks as the service concerned does.
 */
export async function breakRequest(world: World, response: ServerResponse, fail: () => void): Promise<boolean> {
  const { faults, clock, signal } = world;
  if (faults.has('slow')) await clock.sleep(SLOW_MS, signal);
  if (faults.has('clock-skew')) response.setHeader('date', new Date(clock.now() + SKEW_MS).toUTCString());
  if (faults.has('login-redirect')) {
    response.setHeader('location', 'https://login.salesforce.com/?ec=302&startURL=%2F');
    return answer(response, 302, 'text/html;charset=UTF-8', '');
  }
  if (faults.has('core-host')) return answer(response, 404, 'text/html;charset=UTF-8', NO_SUCH_PAGE);
  if (faults.has('empty-404')) return answer(response, 404, 'application/json', '{}');
  if (faults.has('html')) return answer(response, 200, 'text/html;charset=UTF-8', SIGN_ON_PAGE);
  if (faults.has('empty-error')) return answer(response, 400, undefined, '');
  if (!faults.has('http-500')) return false;
  fail();
  return true;
}

function answer(response: ServerResponse, status: number, type: string | undefined, body: string): true {
  response.writeHead(status, type ? { 'content-type': type } : { 'content-length': '0' });
  response.end(body);
  return true;
}
