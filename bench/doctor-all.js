// 500 profiles of 500 orgs in one run of doctor --all, against one simulator; one of them is broken and one never answers.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const BIN = join(import.meta.dirname, '../bin/sf-handoff.js');
const PROFILES = Number(process.argv[2] ?? 500);

const folder = await mkdtemp(join(tmpdir(), 'sf-handoff-bench-'));
const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;
const options = { cwd: folder, env: { ...env, SF_HANDOFF_CONFIG_DIR: folder } };
const simulator = spawn(process.execPath, [BIN, 'simulate', '--any-org', '--json', '--pace', '0'], options);
const sockets = new Set();
const mute = createServer((socket) => sockets.add(socket)).listen(0, '127.0.0.1');

try {
  await once(mute, 'listening');
  const [line] = await once(simulator.stdout, 'data');
  const { urls } = JSON.parse(line);
  await writeFile(join(folder, 'sf-handoff.json'), JSON.stringify({ profiles: profiles(urls.miaw) }));
  for (const concurrency of [1, 8, 32]) await measure(concurrency);
} finally {
  simulator.kill();
  for (const socket of sockets) socket.destroy();
  mute.close();
  await rm(folder, { recursive: true, force: true });
}

function profiles(url) {
  const entries = Array.from({ length: PROFILES }, (_, index) => {
    const orgId = `00D8Z${String(index).padStart(7, '0')}kQ7`;
    const profile = { channel: 'miaw', orgId, baseUrl: url, developerName: 'Acme_Bot' };
    if (index === 0) return ['org-0000-mute', { ...profile, baseUrl: `http://127.0.0.1:${mute.address().port}` }];
    if (index === 1) return ['org-0001-broken', { ...profile, baseUrl: 'http://127.0.0.1:1' }];
    return [`org-${String(index).padStart(4, '0')}`, profile];
  });
  return Object.fromEntries(entries.reverse());
}

async function measure(concurrency) {
  const started = performance.now();
  const flags = ['--all', '--json', '--timeout', '5s', '--concurrency', String(concurrency)];
  const child = spawn(process.execPath, [BIN, 'doctor', ...flags], options);
  const chunks = [];
  child.stdout.on('data', (chunk) => chunks.push(chunk));
  const [code] = await once(child, 'close');
  const seconds = (performance.now() - started) / 1000;
  const { runs } = JSON.parse(Buffer.concat(chunks));
  const names = runs.map((run) => run.profile);
  const ordered = names.join() === [...names].sort().join();
  const ready = runs.filter((run) => run.ok).length;
  console.log(
    `${runs.length} profiles, ${concurrency} at once: ${seconds.toFixed(1)} s, ${ready} ready, exit ${code}, ${ordered ? 'in order' : 'OUT OF ORDER'}`,
  );
}
