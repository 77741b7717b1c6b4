// Packs the project, installs the packed file into an empty folder, and runs it there as a user would: help, validate, doctor and a
// scripted test chat on the simulator. On the running Node; with --all-nodes on the newest 20.20, 22 and 24, which come from the npm
// registry's package `node` into the ignored folder .nodes, once.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { nodeBinaries } from './nodes.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const NODES = ['20.20', '22', '24'];
const WINDOWS = process.platform === 'win32';
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

const MIAW = ['--org-id', '00D8Z000001kQ7PUAU', '--base-url', 'https://acme.my.salesforce-scrt.com'];
const CHAT = [
  'test-chat',
  '--simulate',
  '--message',
  'Where is my order?',
  '--expect',
  'joined',
  '--expect',
  'message:order',
];
const LIVE_CHAT = ['--channel', 'live-chat'];

/** What is run: the arguments, the exit code, and what must stand in the output. */
const STEPS = [
  [['--version'], 0, version],
  [['--help'], 0, 'Usage: sf-handoff'],
  [['doctor', '--help'], 0, 'Usage: sf-handoff doctor'],
  [['validate', ...MIAW, '--developer-name', 'Acme_Bot'], 0, '00D8Z000001kQ7P'],
  [['validate', ...MIAW, '--developer-name', 'Acme Bot'], 1, 'LABEL_INSTEAD_OF_NAME'],
  [['doctor', '--explain', 'DEPLOYMENT_NOT_PUBLISHED'], 0, 'Publish'],
  [['guide', 'miaw.1'], 0, 'Custom Client'],
  [['doctor', '--simulate'], 0, 'Ready to publish'],
  [['doctor', '--simulate', ...LIVE_CHAT], 0, 'passed'],
  [CHAT, 0, 'joined'],
  [[...CHAT, ...LIVE_CHAT], 0, 'joined'],
];

const say = (text) => process.stdout.write(`${text}\n`);
const npm = (args) =>
  execFileSync('npm', args, { cwd: ROOT, encoding: 'utf8', shell: WINDOWS, stdio: ['ignore', 'pipe', 'pipe'] });

function installPacked(folder) {
  npm(['run', 'build']);
  const [{ filename, unpackedSize }] = JSON.parse(
    npm(['pack', '--json', '--ignore-scripts', '--pack-destination', folder]),
  );
  mkdirSync(join(folder, 'empty'));
  // Without the network: there is nothing to fetch.
  npm(['install', '--offline', '--no-audit', '--no-fund', '--prefix', join(folder, 'empty'), join(folder, filename)]);
  say(`${filename}, ${Math.round(unpackedSize / 1000)} KB installed`);
  return join(folder, 'empty');
}

function run(node, program, args, cwd) {
  const home = join(cwd, 'home');
  // Windows cannot do without the last two.
  const { SystemRoot = '', PATHEXT = '' } = process.env;
  const path = `${dirname(node)}${delimiter}${process.env.PATH}`;
  const env = { PATH: path, HOME: home, USERPROFILE: home, LANG: 'C.UTF-8', SystemRoot, PATHEXT };
  return spawnSync(program, args, { cwd, env, encoding: 'utf8', timeout: 60_000 });
}

function tryOn(node, folder) {
  const started = Date.now();
  const entry = join(folder, 'node_modules/sf-handoff/bin/sf-handoff.js');
  for (const [args, code, words] of STEPS) {
    const { status, stdout, stderr } = run(node, node, [entry, ...args], folder);
    if (status === code && stdout.includes(words)) continue;
    throw new Error(
      `sf-handoff ${args.join(' ')} on ${node} ended with ${status}, not ${code} and “${words}”:\n${stdout}${stderr}`,
    );
  }
  // By its name, as npm links it.
  if (
    !WINDOWS &&
    !run(node, join(folder, 'node_modules/.bin/sf-handoff'), ['--version'], folder).stdout.includes(version)
  )
    throw new Error('node_modules/.bin/sf-handoff does not run');
  const { stdout } = run(node, node, ['--version'], folder);
  say(
    `${stdout.trim()}: ${STEPS.length + 1} commands as they should be, ${((Date.now() - started) / 1000).toFixed(1)} s`,
  );
}

const folder = mkdtempSync(join(tmpdir(), 'sf-handoff-package-'));
try {
  const installed = installPacked(folder);
  const nodes = nodeBinaries(process.argv.includes('--all-nodes') ? NODES : undefined);
  for (const { path } of nodes) tryOn(path, installed);
} catch (error) {
  process.stderr.write(`${error.message}\n${error.cause?.stderr ?? error.stderr ?? ''}`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
