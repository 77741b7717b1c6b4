import type { IncomingHttpHeaders, ServerResponse } from 'node:http';

const METHODS = 'GET, POST, DELETE, OPTIONS';
const HEADERS = [
  'authorization',
  'content-type',
  'x-org-id',
  'last-event-id',
  'cache-control',
  'accept',
  'x-liveagent-api-version',
  'x-liveagent-affinity',
  'x-liveagent-session-key',
  'x-liveagent-sequence',
].join(', ');
const DAY_SECONDS = '86400';

/** Lets pages of any origin call, and read every answer; a preflight may name whatever headers it wants. */
export function allowAnyOrigin(headers: IncomingHttpHeaders, response: ServerResponse): void {
  const asked = headers['access-control-request-headers'];
  response.setHeader('access-control-allow-origin', headers.origin ?? '*');
  response.setHeader('access-control-allow-methods', METHODS);
  response.setHeader('access-control-allow-headers', asked ?? HEADERS);
  response.setHeader('access-control-expose-headers', 'retry-after, content-disposition');
  response.setHeader('access-control-max-age', DAY_SECONDS);
  response.setHeader('vary', 'origin, access-control-request-headers');
}
