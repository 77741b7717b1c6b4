import { readArguments } from './call-arguments.ts';
import { pairsIn } from './read-pairs.ts';

const START = /preChatInfo["']?\s{0,20}[:=]\s{0,20}\{/g;

/** The pre-chat values of a bot's Script node (`miawMetaInfo.preChatInfo = {…}`), as far as they are literals. */
export function readScript(text: string): Record<string, string> | undefined {
  const match = [...text.matchAll(START)][0];
  if (!match) return undefined;
  const entries = readArguments(text, match.index + match[0].length - 1).flatMap((entry) =>
    pairsIn(entry.text).slice(0, 1),
  );
  return entries.length === 0 ? undefined : Object.fromEntries(entries.map(({ key, value }) => [key, value]));
}
