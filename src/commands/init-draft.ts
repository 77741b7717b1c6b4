import { inferChannel } from '../config/project-file.ts';
import { FIELDS, type FieldName, type GivenValue, type GivenValues, type Validation } from '../core/config.ts';
import type { Channel } from '../core/events.ts';
import { normaliseValue } from '../values/normalise.ts';
import { holdsSecret } from '../values/secrets.ts';
import type { Paste } from '../values/snippets.ts';
import { type ValidateOptions, validateValues } from '../values/validate.ts';
import type { PastedDeployment } from './init-deployments.ts';

/** What the wizard knows so far. Nothing in it is judged. */
export interface Draft {
  readonly channel: Channel;
  readonly given: GivenValues;
}

export interface Move {
  readonly from: FieldName;
  readonly to: FieldName;
  readonly text: string;
}

export function judge(draft: Draft, options: ValidateOptions): Validation {
  return validateValues({ ...draft.given, channel: draft.channel }, options);
}

/** A channel that the paste belongs to and the draft does not; undefined where they agree or the paste does not say. */
export function otherChannelOf(draft: Draft, paste: Paste): Channel | undefined {
  const channel = paste.channel ?? inferChannel(paste.values);
  const own = FIELDS[draft.channel].some((field) => field !== 'orgId' && paste.values[field]);
  return channel !== undefined && channel !== draft.channel && !own ? channel : undefined;
}

/** The draft with what was pasted laid over it: one deployment of the paste, and what belongs to the paste as a whole. */
export function withPaste(draft: Draft, paste: Paste, deployment: PastedDeployment | undefined): Draft {
  const values: Partial<Record<FieldName, GivenValue>> = { ...draft.given.values };
  for (const field of FIELDS[draft.channel]) {
    const found = deployment?.values[field];
    if (found) values[field] = { text: found.text, source: { kind: 'paste', name: '-', line: found.line } };
  }
  const preChat = paste.preChat ? { preChat: { ...draft.given.preChat, ...paste.preChat } } : {};
  const chosen = new Set(['SEVERAL_VALUES', 'SEVERAL_ORGS', 'PROFILE_CHOSEN']);
  const findings = paste.findings.filter(({ code }) => !chosen.has(code));
  return { ...draft, given: { ...draft.given, values, unused: paste.unused, findings, ...preChat } };
}

/** The draft with one answer in it. A secret is not kept, not even to be shown again. */
export function withAnswer(draft: Draft, field: FieldName, text: string): Draft {
  const values = { ...draft.given.values, [field]: { text: text.trim(), source: { kind: 'prompt' as const } } };
  return holdsSecret(text) ? draft : { ...draft, given: { ...draft.given, values } };
}

export function withoutFields(draft: Draft, fields: readonly FieldName[]): Draft {
  const entries = Object.entries(draft.given.values).filter(([field]) => !fields.some((gone) => gone === field));
  return { ...draft, given: { ...draft.given, values: Object.fromEntries(entries) } };
}

/** The draft for the other channel: what both have in common stays. */
export function withChannel(draft: Draft, channel: Channel): Draft {
  const foreign = FIELDS[draft.channel].filter((field) => !FIELDS[channel].some((kept) => kept === field));
  return draft.channel === channel ? draft : { ...withoutFields(draft, foreign), channel };
}

/** Values that stand in a field that cannot use them and belong in another one that lacks a usable value. */
export function movesOf(draft: Draft, options: ValidateOptions): Move[] {
  const { findings } = judge(draft, options);
  const finding = findings.find(({ code }) => code === 'VALUES_SWAPPED' || code === 'VALUE_MISPLACED');
  if (!finding) return [];
  const usable = (field: FieldName, text: string) =>
    normaliseValue(field, text, { channel: draft.channel, ...options }).value !== null;
  const textOf = (field: FieldName) => draft.given.values[field]?.text ?? '';
  const lost = finding.fields.filter((field) => !usable(field, textOf(field)));
  const moves = lost.flatMap((to) =>
    lost
      .filter((from) => from !== to && textOf(from) !== '' && usable(to, textOf(from)))
      .map((from) => ({ from, to, text: textOf(from) })),
  );
  // Nearly every word could be a Developer Name: it takes what no other field wants.
  const sure = moves.filter(({ to }) => to !== 'developerName');
  return [...sure, ...moves.filter((move) => !sure.includes(move) && !sure.some(({ from }) => from === move.from))];
}

export function withMoves(draft: Draft, moves: readonly Move[]): Draft {
  const emptied = withoutFields(
    draft,
    moves.map(({ from }) => from),
  );
  const moved = moves.flatMap(({ from, to }) => {
    const value = draft.given.values[from];
    return value ? [[to, value] as const] : [];
  });
  return { ...emptied, given: { ...emptied.given, values: { ...emptied.given.values, ...Object.fromEntries(moved) } } };
}
