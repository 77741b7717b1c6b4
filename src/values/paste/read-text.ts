import type { Channel } from '../../core/events.ts';
import type { Candidate, NotLiteral } from './candidate.ts';
import { isChannelKey } from './field-keys.ts';
import { type CallReading, readCalls } from './read-calls.ts';
import { readLines } from './read-lines.ts';
import { type LooseValue, readLoose } from './read-loose.ts';
import { pairsIn, readComputed, readPairs } from './read-pairs.ts';
import { readRequests } from './read-requests.ts';
import { readScript } from './read-script.ts';

/** Everything that all readers found in one text. */
export interface PasteReading {
  readonly candidates: readonly Candidate[];
  readonly notLiteral: readonly NotLiteral[];
  readonly loose: readonly LooseValue[];
  readonly sites: CallReading['sites'];
  readonly channels: ReadonlySet<Channel>;
  readonly channel?: Channel;
  readonly preChat?: Readonly<Record<string, string>>;
  /** Offsets of the lines that were understood; only where the text is a list of lines. */
  readonly understood?: ReadonlySet<number>;
}

const CODE =
  /(?<!\w)(?:liveagent|embedded_svc|embeddedservice_bootstrap|initESW|preChatInfo)(?!\w)|<script|<\/|\/>|={|=>|function\s?\(|\\["']|^\s{0,40}[{[]/i;

/** Lets every reader look at the text. Code and lists of values are told apart first: a line of code is no list entry. */
export function readText(text: string): PasteReading {
  const isCode = CODE.test(text);
  const pairs = pairsIn(text);
  const calls = readCalls(text, pairs);
  const lines = isCode ? undefined : readLines(text);
  const loose = readLoose(text);
  const named = [...readPairs(pairs), ...(lines?.candidates ?? []), ...readRequests(text)];
  const web = isWebPaste(text);
  const channel = channelNamed(lines?.channel ?? pairs.find(({ key }) => isChannelKey(key))?.value);
  const preChat = readScript(text);
  return {
    candidates: [
      ...named.map((candidate) =>
        web && candidate.field === 'developerName' && !isLabelled(candidate, text)
          ? { ...candidate, isWeb: true }
          : candidate,
      ),
      ...calls.candidates,
      ...loose.flatMap(({ candidate }) => (candidate ? [candidate] : [])),
    ],
    notLiteral: isCode ? [...calls.notLiteral, ...readComputed(text)] : [],
    loose,
    sites: calls.sites,
    channels: calls.channels,
    ...(channel ? { channel } : {}),
    ...(preChat ? { preChat } : {}),
    ...(lines && !isSingleWord(text) ? { understood: lines.understood } : {}),
  };
}

function isWebPaste(text: string): boolean {
  return /embeddedservice_bootstrap|scrt2url|siteEndpoint/i.test(text);
}

/** The Custom Client configuration spells the key with a capital, code does not. */
function isLabelled({ offset }: Candidate, text: string): boolean {
  return /DeveloperName["']?\s{0,9}[:=]\s{0,9}["']?$/.test(text.slice(Math.max(0, offset - 40), offset));
}

function channelNamed(name: string | undefined): Channel | undefined {
  return name === 'live-chat' || name === 'miaw' ? name : undefined;
}

function isSingleWord(text: string): boolean {
  return !/\S\s+\S/.test(text.slice(0, 4000));
}
