import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands in front of a service and keeps what opens something there: tokens, keys, and ids of sessions. */
export interface RecordingProxy extends AsyncDisposable {
  readonly url: string;
  readonly secrets: ReadonlySet<string>;
}

const OPENING = /"(?:accessToken|key|affinityToken|fileToken|uploadServletUrl|auth_link_key)"\s*:\s*"([^"]{6,})"/g;

export async function recordSecrets(target: string): Promise<RecordingProxy> {
  const secrets = new Set<string>();
  const server = createServer((incoming, response) => {
    forward(incoming, response, target, (body) => {
      for (const match of body.matchAll(OPENING)) secrets.add(match[1] ?? '');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    secrets,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function forward(
  incoming: IncomingMessage,
  response: ServerResponse,
  target: string,
  read: (body: string) => void,
): void {
  const { method, headers } = incoming;
  const outgoing = request(new URL(incoming.url ?? '/', target), { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    let body = '';
    answer.on('data', (chunk: Buffer) => {
      body += chunk.toString('utf8');
      read(body);
    });
    answer.pipe(response);
    response.on('close', () => answer.destroy());
  });
  outgoing.on('error', () => response.destroy());
  incoming.pipe(outgoing);
}
