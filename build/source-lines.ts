import { brotliCompressSync } from 'node:zlib';
import { decode, encode, type SourceMapMappings, type SourceMapSegment } from '@jridgewell/sourcemap-codec';
import type { Plugin } from 'rolldown';

/** Where a call can stand, or a property be read of nothing: what no stack can name needs no mapping. */
const CAN_FAIL = /[\w$)\]}`]\(|\bthrow\b|\bnew |[\w$)\]]\.\w|\bawait\b/;
const PLAIN_TEXT = /`(?:[^`\\$]|\\.)*`/g;

interface FullMap {
  readonly sources: readonly string[];
  readonly mappings: string;
}

/**
 * Writes `dist/source-lines.br`: for each built file a source map of our own sources with one segment a line, by which
 * `src/core/source-lines.ts` names the lines of a reported stack. 27 KB for all; the full maps, 2.4 MB, stay out of the package.
 */
export const sourceLines: Plugin = {
  name: 'source-lines',
  generateBundle(_options, bundle) {
    const maps = Object.values(bundle).flatMap((file) =>
      file.type === 'chunk' && file.map ? [[file.fileName, thinned(file.map, file.code.split('\n'))] as const] : [],
    );
    const text = JSON.stringify(Object.fromEntries(maps.filter(([, { sources }]) => sources.length > 0)));
    this.emitFile({ type: 'asset', fileName: 'source-lines.br', source: brotliCompressSync(text) });
  },
};

function thinned(map: FullMap, code: readonly string[]) {
  const ours = map.sources.map((source, index) => ({ source: source.replace(/^\.\.\//, ''), index })).filter(isOurs);
  const numbers = new Map(ours.map(({ index }, number) => [index, number]));
  const lines = decode(map.mappings).map((segments, line) => thinnedLine(segments, code[line] ?? '', numbers));
  return { version: 3, sources: ours.map(({ source }) => source), names: [], mappings: encode(lines) };
}

const isOurs = ({ source }: { readonly source: string }) => source.startsWith('src/');

/** The first segment of each run from one source line; code that is not ours keeps a bare segment where it begins. */
function thinnedLine(segments: SourceMapMappings[number], code: string, numbers: ReadonlyMap<number, number>) {
  const runs = withoutRepeats(segments.map((segment) => renumbered(segment, numbers)));
  const worthy = runs.filter(
    (run, index) =>
      run.length === 1 ||
      CAN_FAIL.test(code.slice(run[0], runs[index + 1]?.[0] ?? code.length).replace(PLAIN_TEXT, '')),
  );
  return withoutRepeats(worthy);
}

function renumbered(segment: SourceMapSegment, numbers: ReadonlyMap<number, number>): SourceMapSegment {
  const number = segment.length > 1 ? numbers.get(segment[1] ?? -1) : undefined;
  return segment.length > 1 && number !== undefined
    ? [segment[0], number, segment[2] ?? 0, segment[3] ?? 0]
    : [segment[0]];
}

function withoutRepeats(segments: readonly SourceMapSegment[]): SourceMapSegment[] {
  return segments.filter((segment, index) => {
    const before = segments[index - 1];
    return before?.[1] !== segment[1] || before?.[2] !== segment[2] || before?.length !== segment.length;
  });
}
