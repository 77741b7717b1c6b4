import { systemClock } from '../../src/core/clock.ts';

/** What the process holds while no chat is open. */
export interface Vitals {
  /** After a collection; undefined where node was started without `--expose-gc`. */
  readonly heapMb: number | undefined;
  readonly rssMb: number;
  /** Sockets, servers, timers and what else keeps a process alive. */
  readonly handles: readonly string[];
}

const SETTLE_MS = 20;
const MOST_LOOKS = 150;
const MB = 1024 * 1024;
/** What may vary from one quiet moment to the next. */
const HEAP_SLACK = { factor: 1.1, mb: 4 } as const;
const RSS_SLACK = { factor: 1.3, mb: 40 } as const;

/** Waits a moment for sockets to close; what is left then stays. */
export async function takeVitals(expected?: readonly string[]): Promise<Vitals> {
  let handles = openHandles();
  for (let looks = 0; looks < MOST_LOOKS && expected && surplus(handles, expected).length > 0; looks += 1) {
    await systemClock.sleep(SETTLE_MS);
    handles = openHandles();
  }
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  return { heapMb: globalThis.gc ? heapUsed / MB : undefined, rssMb: rss / MB, handles };
}

/** The turns of a compressed clock come and go. */
function openHandles(): readonly string[] {
  return process.getActiveResourcesInfo().filter((kind) => kind !== 'Immediate');
}

/** What is there more often than expected. */
export function surplus(handles: readonly string[], expected: readonly string[]): readonly string[] {
  const rest = [...expected];
  return handles.filter((kind) => {
    const at = rest.indexOf(kind);
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
}

/** What has grown from the first quiet moments to the last ones, in words. */
export function growth(samples: readonly Vitals[]): readonly string[] {
  if (samples.length < 4) return [];
  const early = samples.slice(0, 2);
  const late = samples.slice(-2);
  const heap = (vitals: readonly Vitals[]) => Math.min(...vitals.map(({ heapMb }) => heapMb ?? 0));
  const rss = (vitals: readonly Vitals[]) => Math.min(...vitals.map(({ rssMb }) => rssMb));
  return [
    ...grown('the heap', heap(early), heap(late), HEAP_SLACK),
    ...grown('the resident memory', rss(early), rss(late), RSS_SLACK),
  ];
}

function grown(what: string, from: number, to: number, { factor, mb }: { factor: number; mb: number }) {
  return to <= from * factor + mb ? [] : [`${what} has grown from ${from.toFixed(1)} to ${to.toFixed(1)} MB`];
}
