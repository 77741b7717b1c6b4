// Checks that all is ready for a release of the version in package.json, puts the package together, and publishes it with provenance.
// With --dry-run everything but the publishing. Run it as npm run release; .github/workflows/release.yml does so for a tag.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = process.cwd();
const DRY = process.argv.includes('--dry-run');
const { scripts: _scripts, devDependencies: _tools, ...published } = JSON.parse(read('package.json'));
const { version } = published;

function read(file) {
  return readFileSync(join(ROOT, file), 'utf8');
}

function call(program, args) {
  const options = {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  };
  return execFileSync(program, args, options).trim();
}

/** What a command prints, or nothing where it fails. */
function ask(program, args) {
  try {
    return call(program, args);
  } catch {
    return '';
  }
}

/** Where the sources of this release are: provenance proves it, and the package page finds the README's pictures by it. */
function repositoryUrl() {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: name } = process.env;
  if (server && name) return `git+${server}/${name}.git`;
  const remote = ask('git', ['remote', 'get-url', 'origin']).replace(/^git@([^:]+):/, 'https://$1/');
  // A remote may hold a login, and what stands in the package is public.
  const origin = remote.replace(/^https:\/\/[^/]*@/, 'https://');
  return origin.startsWith('https://') ? `git+${origin.replace(/(\.git)?$/, '.git')}` : undefined;
}

function changesOf(changelog, heading) {
  const parts = changelog.split(/^## /m).slice(1);
  return parts
    .find((part) => part.split(/[\s,]/)[0] === heading)
    ?.split('\n')
    .slice(1)
    .join('\n')
    .trim();
}

function problems(repository) {
  const changelog = read('CHANGELOG.md');
  const tags = (process.env.GITHUB_REF_NAME ?? ask('git', ['tag', '--points-at', 'HEAD'])).split('\n').filter(Boolean);
  const known = published.repository?.url;
  return [
    !changesOf(changelog, version) && `CHANGELOG.md has no section “## ${version}” that tells what is new`,
    changesOf(changelog, 'Unreleased') && 'CHANGELOG.md still has changes under “Unreleased”',
    tags.length === 0 && !DRY && `this commit has no tag; v${version} is needed`,
    tags.length > 0 &&
      !tags.includes(`v${version}`) &&
      `the tag is ${tags.join(', ')}, and package.json says ${version}`,
    ask('git', ['status', '--porcelain']) !== '' && 'there are changes that are not committed',
    !repository &&
      !DRY &&
      'it is not known where the sources are published: neither GitHub nor the remote “origin” tells',
    known &&
      repository &&
      known !== repository &&
      `package.json names the repository ${known}, and this is ${repository}`,
  ].filter(Boolean);
}

/** The files of the package in a folder of their own, with what only their package.json has: where they come from. */
function stage(folder, repository) {
  call('npm', ['run', 'build']);
  const [{ files }] = JSON.parse(call('npm', ['pack', '--dry-run', '--json', '--ignore-scripts']));
  for (const { path } of files) cpSync(join(ROOT, path), join(folder, path), { preserveTimestamps: true });
  const url = repository ? { repository: { type: 'git', url: repository } } : {};
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify({ ...published, ...url }, null, 2)}\n`);
  return files.length;
}

const repository = repositoryUrl();
const found = problems(repository);
const folder = mkdtempSync(join(tmpdir(), 'sf-handoff-release-'));
try {
  if (found.length > 0)
    throw new Error(`Not ready to release ${version}:\n${found.map((each) => `- ${each}`).join('\n')}`);
  const count = stage(folder, repository);
  process.stdout.write(
    `${published.name} ${version}: ${count} files, from ${repository ?? 'a repository yet unknown'}\n`,
  );
  const publish = ['publish', folder, '--provenance', '--access', 'public'];
  if (DRY) process.stdout.write(`Not done: npm ${publish.join(' ')}\n`);
  else execFileSync('npm', publish, { cwd: ROOT, stdio: 'inherit' });
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
