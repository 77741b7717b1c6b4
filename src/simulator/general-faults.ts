import type { ServerResponse } from 'node:http';
import type { World } from './world.ts';

const SLOW_MS = 3000;
const SIGN_ON_PAGE =
  '<!DOCTYPE html><html><head><title>Sign on to the network</title></head>' +
  '<body><form action="/login"><input name="user"></form></body></html>';

/** Faults that hold for both protocols. True when the request has been answered here. */
export async function breakRequest(world: World, response: ServerResponse): Promise<boolean> {
  const { faults, clock, signal } = world;
  if (faults.has('slow')) await clock.sleep(SLOW_MS, signal);
  if (faults.has('html')) return answer(response, 200, 'text/html;charset=UTF-8', SIGN_ON_PAGE);
  if (faults.has('empty-error')) return answer(response, 400, undefined, '');
  if (!faults.has('http-500')) return false;
  const body = { message: 'Something went wrong. Try again later.', code: 'INTERNAL_SERVER_ERROR' };
  return answer(response, 500, 'application/json', JSON.stringify(body));
}

function answer(response: ServerResponse, status: number, type: string | undefined, body: string): true {
  response.writeHead(status, type ? { 'content-type': type } : {});
  response.end(body);
  return true;
}
