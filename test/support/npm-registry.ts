import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { ROOT } from './recipes.ts';

/** The packed file of this very tree, in that folder. */
export function packHere(folder: string): string {
  const options = { cwd: ROOT, encoding: 'utf8', shell: process.platform === 'win32', stdio: 'pipe' } as const;
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
  const [packed] = JSON.parse(execFileSync('npm', args, options)) as { filename: string }[];
  return join(folder, packed?.filename ?? '');
}

/** A registry on loopback that knows nothing but the packed file. */
export async function serveRegistry(packed: string): Promise<{ url: string } & AsyncDisposable> {
  const bytes = await readFile(packed);
  const { name, version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
  const server = createServer((request, response) => {
    if (request.url?.endsWith('.tgz')) return response.end(bytes);
    if (request.url !== `/${name}`) return response.writeHead(404).end('{}');
    const dist = {
      tarball: `${url}/${name}.tgz`,
      integrity: `sha512-${createHash('sha512').update(bytes).digest('base64')}`,
    };
    const bin = { 'sf-handoff': 'bin/sf-handoff.js' };
    const versions = { [version]: { name, version, bin, dist } };
    return response.end(JSON.stringify({ name, 'dist-tags': { latest: version }, versions }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
