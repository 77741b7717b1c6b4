import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { runCli, withFolder } from '../support/run-cli.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const DIST = join(ROOT, 'dist');
const MOST_BYTES = 700_000;
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const flat = (text: string) => text.replaceAll(/\s+/g, ' ').trim();

interface Packed {
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}

function pack(): Packed {
  const options = { cwd: ROOT, encoding: 'utf8', shell: process.platform === 'win32', stdio: 'pipe' } as const;
  const [packed]: Packed[] = JSON.parse(
    execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], options),
  );
  if (!packed) throw new Error('npm packed nothing');
  return packed;
}

/** The packages of which the built files hold a part, as their source maps tell. */
function bundled(): Set<string> {
  const maps = readdirSync(DIST).filter((name) => name.endsWith('.map'));
  const sources = maps.flatMap((name): string[] => JSON.parse(readFileSync(join(DIST, name), 'utf8')).sources);
  const names = sources.map((source) => /^.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1] ?? '');
  return new Set(names.filter(Boolean));
}

describe('the package', () => {
  const packed = pack();

  it('holds what it needs and nothing else', () => {
    const expected = [
      ...['bin/package.json', 'bin/sf-handoff.js', 'schemas/sf-handoff.schema.json', 'package.json'],
      ...['README.md', 'CHANGELOG.md', 'LICENSE', 'THIRD-PARTY-NOTICES.md'],
      ...['dist/source-lines.br', 'dist/causes.br', 'dist/guide.br'],
      ...readdirSync(DIST)
        .filter((name) => name.endsWith('.cjs'))
        .map((name) => `dist/${name}`),
    ];
    expect(packed.files.map(({ path }) => path).toSorted()).toEqual(expected.toSorted());
  });

  it('takes at most 700 KB when it is installed', () => {
    expect(packed.unpackedSize).toBeLessThanOrEqual(MOST_BYTES);
  });

  it('has no dependency at run time', () => {
    expect(Object.keys(packageJson)).not.toContain('dependencies');
  });

  it('links from its README only to files that the repository has', () => {
    const linked = [...read('README.md').matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path]) => path ?? '');
    expect(linked.length).toBeGreaterThan(0);
    expect(linked.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });
});

describe('the notices', () => {
  it('are as npm run notices writes them', () => {
    const written = execFileSync(process.execPath, ['.ci/notices.mjs', '--print'], { cwd: ROOT, encoding: 'utf8' });
    expect(read('THIRD-PARTY-NOTICES.md')).toBe(written);
  });

  it('give each bundled package with its version, its holders and its whole licence', () => {
    const notices = read('THIRD-PARTY-NOTICES.md');
    const names = [...bundled()];
    expect(names).toEqual(
      expect.arrayContaining(['commander', 'atomically', 'ora', '@inquirer/figures', 'cli-spinners']),
    );
    for (const name of names) {
      const folder = join(ROOT, 'node_modules', name);
      const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      const licence = readdirSync(folder).find((file) => /^licen[cs]e/i.test(file)) ?? '';
      const lines = readFileSync(join(folder, licence), 'utf8').trim().split(/\r?\n/);
      const holders = lines.filter((line) => /^\s*copyright \(c\)/i.test(line)).map(flat);
      expect(holders.length).toBeGreaterThan(0);
      expect(notices).toContain(`- ${name} ${version}: ${holders.join('; ')}\n`);
      const terms = lines.slice(lines.findLastIndex((line) => /^\s*copyright \(c\)/i.test(line)) + 1);
      expect(flat(notices)).toContain(flat(terms.join(' ')));
    }
  });
});

describe('the version', () => {
  it('stands in package.json alone', () => {
    const files = ['bin', 'src', 'build', 'bench', '.ci'].flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8', withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name)),
    );
    expect(files.filter((file) => readFileSync(file, 'utf8').includes(packageJson.version))).toEqual([]);
  });

  it('is printed alike by the entry and by the program', () =>
    withFolder(async (folder) => {
      const [entry, program] = await Promise.all([
        runCli(['--version'], folder),
        runCli(['doctor', '--version'], folder),
      ]);
      expect([entry.stdout, program.stdout]).toEqual(Array(2).fill(`${packageJson.version}\n`));
    }));
});

describe('what is left out of the bundle', () => {
  it.each(['conf', 'semver', 'ajv', '@inquirer/editor', '@inquirer/search', '@inquirer/password', 'undici'])(
    'is %s',
    (name) => {
      expect(bundled()).not.toContain(name);
    },
  );

  it('does not take the two spinners that are drawn', () => {
    const built = readdirSync(DIST).filter((name) => name === 'ora.cjs');
    const code = built.map((name) => readFileSync(join(DIST, name), 'utf8')).join('');
    expect(code).toMatch(/dots:\{interval:80/);
    expect(code).toMatch(/line:\{interval:130/);
    expect(code).not.toContain('bouncingBall');
  });
});
