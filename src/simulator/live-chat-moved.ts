import type { ReceivedRequest, World } from './world.ts';

/** Both names reach the same simulator: one plays the server the org has left, the other the one it is on now. */
const TWIN: Readonly<Record<string, string>> = { localhost: '127.0.0.1' };

/** The base URL that `SwitchServer` names to a client of this host, or nothing where the org is at home. */
export function movedTo(world: World, request: ReceivedRequest): string | undefined {
  const left = new URL(world.baseUrl);
  const twin = TWIN[left.hostname] ?? 'localhost';
  const atTwin = askedHost(request) === twin;
  const port = left.port === '' ? '' : `:${left.port}`;
  if (world.faults.has('switch-loop')) return `${left.protocol}//${atTwin ? left.hostname : twin}${port}/chat`;
  return world.faults.has('switch-server') && !atTwin ? `${left.protocol}//${twin}${port}/chat` : undefined;
}

/** True on a server that still opens sessions for an org that has left it. */
export function isDeserted(world: World, request: ReceivedRequest): boolean {
  return movedTo(world, request) !== undefined;
}

function askedHost({ headers }: ReceivedRequest): string {
  return (headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
}
