// Writes THIRD-PARTY-NOTICES.md: the licence of every package of which the built files hold a part, as their source maps tell.
// With --print the text goes to stdout instead.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '..');
const DIST = join(ROOT, 'dist');
const INNERMOST_PACKAGE = /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/;

const folders = new Set();
for (const file of readdirSync(DIST).filter((name) => name.endsWith('.map'))) {
  for (const source of JSON.parse(readFileSync(join(DIST, file), 'utf8')).sources) {
    const found = INNERMOST_PACKAGE.exec(source.replaceAll('\\', '/'));
    if (found) folders.add(resolve(DIST, found[0]));
  }
}
if (folders.size === 0) throw new Error('No source map names a package: run npm run build first');

function notice(folder) {
  const { name, version, license, author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const holder = typeof author === 'string' ? author : author?.name;
  const text = file ? readFileSync(join(folder, file), 'utf8') : `Licensed under ${license} by ${holder ?? name}.`;
  const lines = text.trim().split(/\r?\n/);
  return {
    id: `${name}@${version}`,
    text: `## ${name} ${version} (${license})\n\n${lines.map((line) => `    ${line}`.trimEnd()).join('\n')}\n`,
  };
}

const unique = new Map([...folders].map(notice).map(({ id, text }) => [id, text]));
const notices = [...unique].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text);
const head =
  'The files in `dist` hold parts of these packages. `npm run notices` writes this file from what is bundled.\n';
const text = ['# Third-party notices\n', head, ...notices].join('\n');

if (process.argv.includes('--print')) process.stdout.write(text);
else writeFileSync(join(ROOT, 'THIRD-PARTY-NOTICES.md'), text);
