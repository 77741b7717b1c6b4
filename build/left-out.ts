import type { Plugin } from 'rolldown';

/** The one spinner with Unicode and the one without (`src/ui/progress.ts`); ora throws when asked for another. Saves 12 KB. */
const SPINNERS: ReadonlySet<string> = new Set(['dots', 'line']);

/** What inquirer's select, input and confirm draw with. Saves 5 KB. */
const FIGURES: ReadonlySet<string> = new Set(['line', 'pointer', 'tick']);

/** Leaves out tables of our packages of which we use two or three rows. */
export const withoutUnusedRows: Plugin = {
  name: 'without-unused-rows',
  transform(code, path) {
    const id = path.replaceAll('\\', '/');
    if (id.endsWith('/cli-spinners/spinners.json')) {
      const kept = Object.entries(JSON.parse(code)).filter(([name]) => SPINNERS.has(name));
      return { code: JSON.stringify(Object.fromEntries(kept)), map: null };
    }
    if (!id.endsWith('/@inquirer/figures/dist/index.js')) return undefined;
    const rows = code.replace(/^ {4}(\w+): '[^']*',.*$/gm, (row, name: string) => (FIGURES.has(name) ? row : ''));
    // No line has moved, and the map, by which the notices know the package, stays.
    return { code: rows, map: null };
  },
  generateBundle(_options, bundle) {
    const bundled = Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? Object.keys(file.modules) : []));
    for (const id of bundled.filter((path) => /[\\/]@inquirer[\\/]/.test(path))) {
      const drawn = [...(this.getModuleInfo(id)?.code ?? '').matchAll(/\bfigures\.(\w+)/g)].map(
        ([, name]) => name ?? '',
      );
      const missing = drawn.filter((name) => !FIGURES.has(name));
      if (missing.length > 0)
        this.error(`${id} draws with ${missing.join(', ')}, which is left out: add it to FIGURES`);
    }
  },
};

/** Commander loads `node:child_process` at its top for commands that are files of their own, of which we have none: 0.6 ms of every start. */
export const withoutSpawning: Plugin = {
  name: 'without-spawning',
  resolveId: (id, importer) =>
    id === 'node:child_process' && /[\\/]commander[\\/]/.test(importer ?? '') ? { id: NO_SPAWNING } : undefined,
  load: (id) => (id === NO_SPAWNING ? 'export {}' : undefined),
};

const NO_SPAWNING = '\0no-spawning';
