import { FIELDS, type FieldName } from '../../core/config.ts';
import type { Channel } from '../../core/events.ts';
import { isIdField } from '../id-owner.ts';
import { type Candidate, RANKS } from './candidate.ts';

export interface Choice {
  readonly best: Candidate;
  /** Other texts found in the same way, each once. */
  readonly others: readonly Candidate[];
}

export type Choices = ReadonlyMap<FieldName, Choice>;

const MOST_OTHERS = 50;
const ALL_FIELDS: readonly FieldName[] = [...FIELDS['live-chat'], 'baseUrl', 'developerName'];

/** Takes for each field the surest candidate, of two equally sure ones the first. What merely looks like a value must fit the rest. */
export function choose(candidates: readonly Candidate[], channels: ReadonlySet<Channel>): Choices {
  const strong = candidates.filter(({ rank }) => rank !== 'loose' && rank !== 'invitation');
  const spoken = new Set([
    ...channels,
    ...strong.flatMap(({ field }) => (field === 'orgId' ? [] : [channelOf(field)])),
  ]);
  const [only] = spoken.size === 1 ? [...spoken] : [];
  const allowed: readonly FieldName[] = only === undefined ? ALL_FIELDS : FIELDS[only];
  const choices = ALL_FIELDS.flatMap((field) => {
    const own = candidates.filter(
      (candidate) => candidate.field === field && (allowed.includes(field) || strong.includes(candidate)),
    );
    const choice = chooseOne(own);
    return choice ? [[field, choice] as const] : [];
  });
  return new Map(choices);
}

function chooseOne(candidates: readonly Candidate[]): Choice | undefined {
  const invitations = new Set(candidates.filter(({ rank }) => rank === 'invitation').map(identityOf));
  const likely = candidates.filter(
    (candidate) => candidate.rank !== 'loose' || !invitations.has(identityOf(candidate)),
  );
  const ranked = RANKS.flatMap((rank) => likely.filter((candidate) => candidate.rank === rank));
  const [best] = ranked;
  if (!best) return undefined;
  const seen = new Set([identityOf(best)]);
  const others = ranked.filter((candidate) => {
    if (candidate.rank !== best.rank && (candidate.rank === 'loose' || candidate.rank === 'invitation')) return false;
    const identity = identityOf(candidate);
    return !seen.has(identity) && seen.add(identity);
  });
  return { best, others: others.slice(0, MOST_OTHERS) };
}

/** Equal for two ways of writing the same value. */
function identityOf({ field, text }: Pick<Candidate, 'field' | 'text'>): string {
  if (isIdField(field)) return text.slice(0, 15);
  if (field === 'developerName') return text;
  return text
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/\/.*$/, '');
}

export function channelOf(field: Exclude<FieldName, 'orgId'>): Channel {
  return field === 'baseUrl' || field === 'developerName' ? 'miaw' : 'live-chat';
}
