// Writes THIRD-PARTY-NOTICES.md: the licence of every package of which the built files hold a part, as their source maps tell. Packages
// with the same text stand under it together, each with its own copyright.
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

const TITLE = /^[\s(]*(?:the )?(?:MIT|ISC) licen[cs]e(?: \(\w+\))?[\s)]*$/i;
const HOLDER = /^\s*copyright (?:\(c\)|©|\d)/i;
const flat = (text) => text.replaceAll(/\s+/g, ' ').trim();

function notice(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const lines = file ? readFileSync(join(folder, file), 'utf8').split(/\r?\n/) : [];
  const holders = lines.filter((line) => HOLDER.test(line)).map(flat);
  if (holders.length === 0) throw new Error(`${name} comes without a licence text or a holder: look for them by hand`);
  const text = lines.filter((line) => !TITLE.test(line) && !HOLDER.test(line)).join('\n');
  return { id: `${name} ${version}`, license, holders, text: text.trim().replaceAll(/\n{3,}/g, '\n\n') };
}

/** Equal texts are known as such whatever their line breaks. */
const sections = new Map();
const sorted = [...folders].map(notice).sort((a, b) => (a.id < b.id ? -1 : 1));
for (const { id, license, holders, text } of new Map(sorted.map((each) => [each.id, each])).values()) {
  const section = sections.get(flat(text)) ?? { license, text, packages: [] };
  section.packages.push(`- ${id}: ${holders.join('; ')}`);
  sections.set(flat(text), section);
}

const head =
  'The files in `dist` hold parts of these packages. `npm run notices` writes this file from what is bundled.\n';
const bodies = [...sections.values()].map(
  ({ license, text, packages }) =>
    `## ${license}\n\n${packages.join('\n')}\n\n${text.replaceAll(/^(?=.)/gm, '    ')}\n`,
);
const text = ['# Third-party notices\n', head, ...bodies].join('\n');

if (process.argv.includes('--print')) process.stdout.write(text);
else writeFileSync(join(ROOT, 'THIRD-PARTY-NOTICES.md'), text);
