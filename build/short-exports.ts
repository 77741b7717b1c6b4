import type { Plugin } from 'rolldown';

const EXPORT =
  /Object\.defineProperty\(exports, ("[^"]+"), \{\s*enumerable: true,\s*get: function \(\) \{\s*return ([\w$.]+);\s*\}\s*\}\);\s*/g;
const CONSTANT = /^(?:const|class|(?:async )?function\*?) ([\w$]+)/gm;
const UNUSED_HELPERS = /^const require_rolldown_runtime = require\([^)]*\);$/m;
const OTHER_EXPORTS = /^(?:\s|exports\.[\w$]+ = [\w$.]+;)*$/;

/**
 * Files of the bundle share their parts with each other through getters, 75 bytes each as they come. What never gets another value
 * needs none: in one object it takes 7 bytes, which is 13 KB of the package less. Exports stand at a file's end, so no mapped line moves.
 */
export const shortExports: Plugin = {
  name: 'short-exports',
  renderChunk(written, { fileName }) {
    // The helpers of the bundler are asked for by files, too, that use none of them.
    const code = written.split('require_rolldown_runtime').length > 2 ? written : written.replace(UNUSED_HELPERS, '');
    const constants = new Set([...code.matchAll(CONSTANT)].map(([, name]) => name));
    const found = [...code.matchAll(EXPORT)];
    const start = found[0]?.index ?? code.length;
    const others = code.slice(start).replace(EXPORT, '');
    if (!OTHER_EXPORTS.test(others) || code.slice(0, start).includes('defineProperty(exports, "'))
      this.error(`${fileName}: the exports are not written as they used to be`);
    const plain = found.filter(([, , local]) => constants.has(local)).map(([, name, local]) => `${name}: ${local}`);
    const bound = found.filter(([, , local]) => !constants.has(local)).map(([whole]) => whole);
    const assigned = plain.length > 0 ? `\nObject.assign(exports, { ${plain.join(', ')} });\n` : '';
    return { code: `${code.slice(0, start)}${bound.join('')}${others}${assigned}`, map: null };
  },
};
