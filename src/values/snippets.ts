import type { CrossFinding, FieldName, UnusedText } from '../core/config.ts';
import type { Channel } from '../core/events.ts';
import { blankComments } from './paste/blank-comments.ts';
import type { Candidate } from './paste/candidate.ts';
import { type Choices, channelOf, choose } from './paste/choose.ts';
import {
  fromSnippet,
  inComment,
  notLiteral,
  profileChosen,
  secretPasted,
  severalValues,
} from './paste/paste-findings.ts';
import { readProfiles } from './paste/read-profiles.ts';
import { type PasteReading, readText } from './paste/read-text.ts';
import { indexed, type SourceText, sourceText, withoutEscapes } from './paste/source-text.ts';
import { unusedEntries, unusedLines, unusedValues } from './paste/unused.ts';
import { maskSecrets } from './secrets.ts';

export interface PastedText {
  readonly text: string;
  /** Counted from 1. */
  readonly line: number;
}

/** What a pasted text holds, field by field. Nothing in it is ever run. */
export interface Paste {
  readonly channel?: Channel;
  readonly values: Readonly<Partial<Record<FieldName, PastedText>>>;
  /** Where the paste holds several values of a field: those that were not chosen. */
  readonly alternatives: Readonly<Partial<Record<FieldName, readonly PastedText[]>>>;
  readonly preChat?: Readonly<Record<string, unknown>>;
  /** Name of the profile that was read. */
  readonly name?: string;
  /** What could not be used. */
  readonly unused: readonly UnusedText[];
  readonly findings: readonly CrossFinding[];
}

/**
 * Reads anything an administrator can paste: deployment, button, Embedded Service and web snippets, the Custom Client JSON, profiles,
 * `KEY=value` lines, copied requests, a lone address or ID. Takes time linear in the length and never throws.
 */
export function readPaste(text: string): Paste {
  const safe = maskSecrets(text);
  const paste = readProfilePaste(safe) ?? readFreePaste(sourceText(safe));
  return safe === text ? paste : { ...paste, findings: [secretPasted(), ...paste.findings] };
}

function readProfilePaste(text: string): Paste | undefined {
  const profiles = readProfiles(text);
  if (!profiles) return undefined;
  const { channel, preChat, name } = profiles;
  const { lineAt } = indexed(text);
  const chosen = profiles.candidates.filter(({ rank }) => rank === 'named');
  const values = new Map(
    chosen.map((best) => [best.field, { best, others: profiles.candidates.filter((other) => isOther(other, best)) }]),
  );
  return {
    ...(channel ? { channel } : {}),
    ...(preChat ? { preChat } : {}),
    ...(name === undefined ? {} : { name }),
    ...listed(values, lineAt),
    unused: [],
    findings: profileChosen(profiles),
  };
}

function isOther(candidate: Candidate, best: Candidate): boolean {
  return candidate.field === best.field && candidate.rank === 'loose' && candidate.text !== best.text;
}

/** Reads code without its comments. Escapes are undone where that yields more, and comments read where there is nothing else. */
function readFreePaste(source: SourceText): Paste {
  const plain = attempt(source, blankComments(source.text));
  const best = source.text.includes('\\') ? surer(plain, unescaped(source)) : plain;
  if (best.choices.size > 0 || best.reading.notLiteral.length > 0 || best.reading.preChat) return finish(best, []);
  const commented = attempt(source, source.text);
  return commented.choices.size > 0 ? finish(commented, [inComment()]) : finish(plain, []);
}

function unescaped(source: SourceText): Attempt {
  const text = withoutEscapes(source);
  return attempt(text, blankComments(text.text));
}

function surer(first: Attempt, second: Attempt): Attempt {
  const sure = ({ choices }: Attempt) => [...choices.values()].filter(({ best }) => best.rank !== 'loose').length;
  return sure(second) > sure(first) ? second : first;
}

interface Attempt {
  readonly source: SourceText;
  readonly reading: PasteReading;
  readonly choices: Choices;
}

function attempt(source: SourceText, text: string): Attempt {
  const reading = readText(text);
  return { source, reading, choices: choose(reading.candidates, reading.channels) };
}

function finish({ source, reading, choices }: Attempt, before: readonly CrossFinding[]): Paste {
  const { lineAt } = source;
  const { channel = channelOfChoices(choices, reading.channels), preChat } = reading;
  const isNothing = choices.size === 0 && preChat === undefined && reading.notLiteral.length === 0;
  return {
    ...(channel ? { channel } : {}),
    ...(preChat ? { preChat } : {}),
    ...listed(choices, lineAt),
    unused: isNothing ? unusedLines(source) : unusedOf(source, reading, choices),
    findings: [
      ...before,
      ...severalValues(choices, lineAt),
      ...notLiteral(reading.notLiteral, choices, lineAt),
      ...fromSnippet(choices, reading.sites),
    ],
  };
}

function unusedOf(source: SourceText, reading: PasteReading, choices: Choices): UnusedText[] {
  if (reading.understood) return unusedEntries(source, reading.understood, choices);
  return unusedValues(source, reading.loose, reading.notLiteral, choices);
}

function listed(choices: Choices, lineAt: (offset: number) => number): Pick<Paste, 'values' | 'alternatives'> {
  const place = ({ text, offset }: Candidate): PastedText => ({ text, line: lineAt(offset) });
  const entries = [...choices];
  return {
    values: Object.fromEntries(entries.map(([field, { best }]) => [field, place(best)])),
    alternatives: Object.fromEntries(
      entries.filter(([, { others }]) => others.length > 0).map(([field, { others }]) => [field, others.map(place)]),
    ),
  };
}

/** The channel, where the fields found and the kind of snippet agree on one. */
function channelOfChoices(choices: Choices, channels: ReadonlySet<Channel>): Channel | undefined {
  const spoken = new Set([
    ...channels,
    ...[...choices.keys()].flatMap((field) => (field === 'orgId' ? [] : [channelOf(field)])),
  ]);
  return spoken.size === 1 ? [...spoken][0] : undefined;
}
