import { brotliCompressSync } from 'node:zlib';
import type { Plugin } from 'rolldown';
import { CAUSE_GROUPS } from '../src/doctor/causes/groups.ts';
import { GUIDE } from '../src/guide/steps.ts';

/** Files whose one export is plain text in lists, read by few commands. Packed they take 20 KB of the package and not 53. */
const TEXTS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  '/src/doctor/causes/groups.ts': { CAUSE_GROUPS },
  '/src/guide/steps.ts': { GUIDE },
};

export const packedTexts: Plugin = {
  name: 'packed-texts',
  load(id) {
    const found = Object.entries(TEXTS).find(([file]) => id.replaceAll('\\', '/').endsWith(file));
    if (!found) return undefined;
    const exported = Object.entries(found[1]).map(([name, value]) => {
      const packed = brotliCompressSync(JSON.stringify(value)).toString('base64');
      return `export const ${name} = JSON.parse(brotliDecompressSync(Buffer.from('${packed}', 'base64')));`;
    });
    return { code: ["import { brotliDecompressSync } from 'node:zlib';", ...exported].join('\n'), moduleType: 'js' };
  },
};
