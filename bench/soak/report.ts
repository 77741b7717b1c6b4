import type { SoakResult } from './soak.ts';

/** The figures of a run as a table. */
export function report({ tally, vitals, tookMs }: SoakResult): string {
  const counts = [...tally.counts].filter(([name]) => name !== 'chats open');
  const memory = (of: (vital: SoakResult['vitals'][number]) => number | undefined) =>
    vitals.map((vital) => of(vital)?.toFixed(1) ?? '–').join(' ');
  const rows: readonly (readonly [string, string])[] = [
    ...counts.sort(([a], [b]) => order(a) - order(b) || a.localeCompare(b)).map(([name, n]) => [name, `${n}`] as const),
    ['heap after each shift, MB', memory(({ heapMb }) => heapMb)],
    ['resident memory, MB', memory(({ rssMb }) => rssMb)],
    ['handles after each shift', vitals.map(({ handles }) => handles.length).join(' ')],
    ['seconds', (tookMs / 1000).toFixed(0)],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`).join('\n');
}

const ORDER = ['chats', 'miaw', 'live-chat', 'opening', 'requests', 'texts', 'events', 'faults', 'network', 'service'];

function order(name: string): number {
  return ORDER.findIndex((start) => name.startsWith(start));
}
