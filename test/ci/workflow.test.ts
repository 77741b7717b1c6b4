import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../support/recipes.ts';

const read = (path: string) => readFile(join(ROOT, path), 'utf8');

describe.each(['ci', 'release'])('the workflow %s', (name) => {
  const path = `.github/workflows/${name}.yml`;

  it('takes every action of others by its commit', async () => {
    const used = [...(await read(path)).matchAll(/uses: (\S+)/g)].map(([, action]) => action);
    expect(used.length).toBeGreaterThan(2);
    for (const action of used) expect(action).toMatch(/^(?:\.\/|[\w-]+\/[\w-]+@[0-9a-f]{40})$/);
  });

  it('may only read', async () => {
    expect(await read(path)).toMatch(/^permissions:\n {2}contents: read\n(?! )/m);
  });
});

describe('the workflow of every change', () => {
  it('runs on three systems with every version of Node that the package allows', async () => {
    const text = await read('.github/workflows/ci.yml');
    expect(text).toContain('system: [ubuntu-latest, macos-latest, windows-latest]');
    const versions = [...(/node: \[(.*)\]/.exec(text)?.[1] ?? '').matchAll(/([\d.]+)/g)].map(
      ([, version = '']) => version,
    );
    const { engines } = JSON.parse(await read('package.json'));
    const lines = (engines.node as string).split('||').map((range) => /\d+/.exec(range)?.[0]);
    expect(versions.map((version) => version.split('.')[0])).toEqual(expect.arrayContaining(lines));
    expect(versions).toHaveLength(4);
  });

  it('lets no system or version hide what another one finds', async () => {
    expect(await read('.github/workflows/ci.yml')).toContain('fail-fast: false');
  });
});
