import type { ServerResponse } from 'node:http';
import type { World } from './world.ts';

const SLOW_MS = 3000;
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
