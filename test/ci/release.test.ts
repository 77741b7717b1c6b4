import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { type Folder, makeFolder } from '../support/folder.ts';
import { cliEnv } from '../support/run-cli.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const READY = '# Changelog\n\n## Unreleased\n\n## 1.2.3, 2027-01-01\n\n- Add what is new.\n';
const ME = ['-c', 'user.name=me', '-c', 'user.email=me@example.com'];

const git = (folder: Folder, ...args: string[]) => execFileSync('git', [...ME, ...args], { cwd: folder.path });

/** A small project in a repository of its own, with one commit. */
async function project(changelog: string, origin = 'git@code.example.com:acme/tool.git'): Promise<Folder> {
  const folder = await makeFolder();
  await folder.write('package.json', {
    name: 'tool',
    version: '1.2.3',
    files: ['CHANGELOG.md'],
    scripts: { build: 'node --version' },
    devDependencies: { x: '1.0.0' },
  });
  await folder.write('CHANGELOG.md', changelog);
  git(folder, 'init', '--quiet');
  git(folder, 'remote', 'add', 'origin', origin);
  git(folder, 'add', '.');
  git(folder, 'commit', '--quiet', '--message', 'All');
  return folder;
}

function release(folder: Folder, env: Record<string, string> = {}, flags = ['--dry-run']) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, '.ci/release.mjs'), ...flags], {
    cwd: folder.path,
    encoding: 'utf8',
    env: cliEnv(folder.path, env),
  });
  return { status, stdout, stderr };
}

describe('a release', () => {
  it('is put together up to the publishing, with the repository it comes from', async () => {
    await using folder = await project(READY);
    git(folder, 'tag', 'v1.2.3');
    const { status, stdout, stderr } = release(folder);
    expect([stderr, status]).toEqual(['', 0]);
    expect(stdout).toContain('tool 1.2.3: 2 files, from git+https://code.example.com/acme/tool.git');
    expect(stdout).toMatch(/Not done: npm publish \S+ --provenance --access public/);
  });

  it.each([
    ['https://me:ghp_secret@code.example.com/acme/tool'],
    ['https://ghp_secret@code.example.com/acme/tool.git'],
    ['https://me:p@ss@code.example.com/acme/tool.git'],
  ])('names the repository without the login that the remote %s holds', async (origin) => {
    await using folder = await project(READY, origin);
    expect(release(folder).stdout).toContain('from git+https://code.example.com/acme/tool.git\n');
  });

  it('takes tag and repository from GitHub where it runs there', async () => {
    await using folder = await project(READY);
    const github = { GITHUB_SERVER_URL: 'https://code.example.com', GITHUB_REPOSITORY: 'other/tool' };
    expect(release(folder, { ...github, GITHUB_REF_NAME: 'v1.2.3' }).stdout).toContain('other/tool.git');
    expect(release(folder, { ...github, GITHUB_REF_NAME: 'v1.2.4' }).stderr).toContain('the tag is v1.2.4');
  });

  it.each([
    ['no section for the version', '# Changelog\n\n## 1.2.2\n\n- Old.\n', 'has no section “## 1.2.3”'],
    ['an empty section', '# Changelog\n\n## 1.2.3\n\n## 1.2.2\n\n- Old.\n', 'has no section “## 1.2.3”'],
    ['changes left behind', `${READY.replace('Unreleased\n', 'Unreleased\n\n- Forgotten.\n')}`, 'under “Unreleased”'],
  ])('is refused for %s', async (_what, changelog, why) => {
    await using folder = await project(changelog);
    const { status, stderr } = release(folder);
    expect([status, stderr]).toEqual([1, expect.stringContaining(why)]);
  });

  it('is refused for a tag of another version, and for changes that are not committed', async () => {
    await using folder = await project(READY);
    git(folder, 'tag', 'v1.2.4');
    await folder.write('more.txt', 'more');
    const { status, stderr } = release(folder);
    expect([status, stderr]).toEqual([1, expect.stringContaining('the tag is v1.2.4, and package.json says 1.2.3')]);
    expect(stderr).toContain('not committed');
  });

  it('is never published without a tag and a known repository', async () => {
    await using folder = await project(READY, '/srv/tool');
    const { status, stderr } = release(folder, {}, []);
    expect([status, stderr]).toEqual([1, expect.stringContaining('v1.2.3 is needed')]);
    expect(stderr).toContain('not known where the sources are published');
  });
});

describe('the release workflow', () => {
  const workflow = readFileSync(join(ROOT, '.github/workflows/release.yml'), 'utf8');

  it('runs for tags only, checks everything first, and only then may name itself to the registry', () => {
    expect(workflow).toMatch(/^on:\n {2}push:\n {4}tags: \["v\*"\]\npermissions:\n {2}contents: read\njobs:/m);
    const [check = '', publish = ''] = workflow.split(/^ {2}publish:\n {4}needs: check\n/m);
    expect(check).toContain('run: .ci/run');
    expect([check.includes('write'), publish.match(/^.*: write$|^.*run: .*$/gm)]).toEqual([
      false,
      [
        '      id-token: write',
        '      - run: npm ci --ignore-scripts --no-audit --no-fund --engine-strict',
        '      - run: npm run release',
      ],
    ]);
    expect(packageJson.scripts.release).toBe('node .ci/release.mjs');
  });
});
