// What a user would start instead, each installed into an empty folder that is removed again. Only told, there is no bar.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder, timeInTurn } from './spawning.mjs';

const PEERS = [
  ['@salesforce/cli', 'bin/run.js'],
  ['wrangler', 'bin/wrangler.js'],
  ['vercel', 'dist/vc.js'],
  ['expo-doctor', 'bin/expo-doctor.js'],
];

export async function measure() {
  const rows = [];
  for (const [name, bin] of PEERS) {
    const { path: folder, remove } = makeFolder();
    try {
      execFileSync('npm', ['install', '--prefix', folder, '--no-audit', '--no-fund', '--silent', name], {
        stdio: 'ignore',
        shell: process.platform === 'win32',
      });
      const entry = join(folder, 'node_modules', name, bin);
      if (!existsSync(entry)) throw new Error(`it has no ${bin}`);
      const node = process.execPath;
      const [bare, peer] = await timeInTurn(
        [
          [node, '-e', '0'],
          [node, entry, '--version'],
        ],
        7,
        1,
      );
      rows.push({ name: `${name} --version`, value: peer / bare });
    } catch (error) {
      rows.push({
        name: `${name} --version`,
        value: Number.NaN,
        remark: `not measured: ${error.message.split('\n')[0]}`,
      });
    } finally {
      remove();
    }
  }
  return rows;
}
