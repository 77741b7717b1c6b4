// Other versions of Node from the npm registry's package `node`, each installed once into the ignored folder .nodes.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '..');
const WINDOWS = process.platform === 'win32';

/** The binaries of the newest versions in `ranges` ("20.20", "22"), or the running one where none is asked for. */
export function nodeBinaries(ranges) {
  const paths = ranges ? ranges.map(nodeBinary) : [process.execPath];
  return paths.map((path) => ({ path, version: versionOf(path) }));
}

function versionOf(path) {
  return execFileSync(path, ['--version'], { encoding: 'utf8' }).trim().slice(1);
}

function nodeBinary(range) {
  const folder = join(ROOT, '.nodes', range);
  const binary = join(folder, 'node_modules/node/bin', WINDOWS ? 'node.exe' : 'node');
  if (existsSync(binary)) return binary;
  mkdirSync(folder, { recursive: true });
  // The package fetches the binary for this machine when it is installed, which newer versions of npm ask consent for.
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, allowScripts: { node: true } }));
  try {
    const install = ['install', '--no-audit', '--no-fund', '--prefix', folder, `node@${range}`];
    execFileSync('npm', install, { stdio: ['ignore', 'ignore', 'pipe'], shell: WINDOWS });
  } catch (cause) {
    throw new Error(`Node ${range} could not be installed from the npm registry`, { cause });
  }
  if (!existsSync(binary)) throw new Error(`npm installed node@${range} without its binary ${binary}`);
  return binary;
}
