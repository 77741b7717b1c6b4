import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

interface Packed {
  readonly files: readonly { readonly path: string }[];
}

describe('the package', () => {
  it('holds what it needs and nothing else', () => {
    const options = { cwd: ROOT, encoding: 'utf8', shell: process.platform === 'win32' } as const;
    const [packed]: Packed[] = JSON.parse(
      execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { ...options, stdio: 'pipe' }),
    );
    const paths = packed?.files.map(({ path }) => path) ?? [];
    const chunks = readdirSync(join(ROOT, 'dist')).filter((name) => name.endsWith('.cjs'));
    const linked = [...read('README.md').matchAll(/\]\((docs\/[^)#]+)/g)].map((match) => match[1]);
    const expected = [
      ...['bin/package.json', 'bin/sf-handoff.js', 'schemas/sf-handoff.schema.json', 'package.json'],
      ...['README.md', 'CHANGELOG.md', 'LICENSE', 'THIRD-PARTY-NOTICES.md'],
      ...chunks.map((name) => `dist/${name}`),
      ...linked,
    ];
    expect(paths.toSorted()).toEqual([...new Set(expected)].toSorted());
  });

  it('has a notice for each package in the bundle, as npm run notices writes it', () => {
    const written = execFileSync(process.execPath, ['.ci/notices.mjs', '--print'], { cwd: ROOT, encoding: 'utf8' });
    expect(read('THIRD-PARTY-NOTICES.md')).toBe(written);
    for (const name of ['commander', 'chalk', 'conf', 'ora']) expect(written).toContain(`\n## ${name} `);
  });

  it('has no dependency at run time', () => {
    expect(JSON.parse(read('package.json'))).not.toHaveProperty('dependencies');
  });
});
