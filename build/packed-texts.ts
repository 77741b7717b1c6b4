import { brotliCompressSync } from 'node:zlib';
import type { Plugin } from 'rolldown';
import { CAUSE_GROUPS } from '../src/doctor/causes/groups.ts';
import { GUIDE } from '../src/guide/steps.ts';

interface Text {
  readonly source: string;
  readonly name: string;
  readonly value: unknown;
  readonly file: string;
}

/** Sources whose one export is plain text in lists, read by few commands. Packed they take 15 KB of the package and not 53. */
const TEXTS: readonly Text[] = [
  { source: '/src/doctor/causes/groups.ts', name: 'CAUSE_GROUPS', value: CAUSE_GROUPS, file: 'causes.br' },
  { source: '/src/guide/steps.ts', name: 'GUIDE', value: GUIDE, file: 'guide.br' },
];

export const packedTexts: Plugin = {
  name: 'packed-texts',
  load(id) {
    const text = TEXTS.find(({ source }) => id.replaceAll('\\', '/').endsWith(source));
    return text ? { code: reading(text), moduleType: 'js' } : undefined;
  },
  generateBundle() {
    for (const { value, file } of TEXTS)
      this.emitFile({ type: 'asset', fileName: file, source: brotliCompressSync(JSON.stringify(value)) });
  },
};

const reading = ({ name, file }: Text) => `
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
export const ${name} = JSON.parse(brotliDecompressSync(readFileSync(join(import.meta.dirname, '${file}'))).toString());
`;
