import type { Conversation } from './miaw-state.ts';

/** Faults that break the link once; all others stay switched on for this subject. */
const CUTS: ReadonlySet<string> = new Set(['drop-stream', 'lost-poll', 'drop-affinity']);

/** Breaks something in the middle of a chat, by the name of the fault. */
export function breakSession({ subject }: Conversation, name: string): void {
  if (!CUTS.has(name)) subject.faults.add(name);
  if (CUTS.has(name) || name === 'sse-401') for (const stream of subject.streams) stream.cut();
}
